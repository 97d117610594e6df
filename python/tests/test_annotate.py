"""One text."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
import ressort

TEXT = "Bayerns Digitalminister Mehring sprach mit dem BMDS über <b>Glasfaser</b> & Breitband."


@pytest.fixture(scope="module")
def document() -> ressort.Document:
    return ressort.annotate(TEXT, date="2025-10-08", id="a", title="Gespräch")


def test_mentions_are_linked_as_of_the_day() -> None:
    text = "Der Bundesdigitalminister lädt ein."
    for day, holder in (("2023-11-20", "politician:volker-wissing"), ("2025-10-08", "politician:karsten-wildberger")):
        [mention] = ressort.annotate(text, date=day).mentions
        assert (mention.kind, mention.via, mention.holder) == ("office", "role", holder)


def test_a_mention_has_all_fields(document: ressort.Document) -> None:
    mention = document.mentions[-1]
    assert mention.surface == "BMDS" == document.text[mention.start : mention.end]
    assert document.text.encode()[mention.start_byte : mention.end_byte].decode() == "BMDS"
    assert (mention.kind, mention.entity, mention.via) == ("ministry", "ministry:bund/digitales", "abbreviation")
    assert (mention.region, mention.sentence, mention.holder, mention.modifier) == ("body", 0, None, None)
    assert 0.5 < mention.confidence <= 1.0
    assert mention.evidence and all(isinstance(reason, str) for reason in mention.evidence)
    assert document.mentions[0].land == "by"


def test_what_was_given_is_passed_through(document: ressort.Document) -> None:
    assert (document.id, document.title, document.text) == ("a", "Gespräch", TEXT)
    assert document.date == document.as_of == datetime.date(2025, 10, 8)
    assert document.as_of_source == "document"
    assert len(document) == len(TEXT)


@pytest.mark.parametrize(
    "date", ["2025-10-08", "2025-10-08T12:30:00+02:00", datetime.date(2025, 10, 8), datetime.datetime(2025, 10, 8, 23)]
)
def test_days_come_as_text_or_date(date: str | datetime.date) -> None:
    assert ressort.annotate("Das BMDS.", date=date).date == datetime.date(2025, 10, 8)


def test_no_date_is_the_latest_reading() -> None:
    document = ressort.annotate("Das BMDS.")
    assert (document.date, document.as_of, document.as_of_source) == (None, None, "latest")


def test_sentences_and_tokens_cover_the_text(document: ressort.Document) -> None:
    [sentence] = document.sentences
    assert sentence.text == TEXT[sentence.start : sentence.end] == TEXT
    at = 0
    for token in document.tokens:
        assert not TEXT[at : token.start].strip() and TEXT[token.start : token.end] == token.text
        at = token.end
    assert at == len(TEXT)
    assert {"word", "punctuation", "html_tag"} <= {token.kind for token in document.tokens}


def test_topics_have_labels_and_terms() -> None:
    text = (
        "Die Krankenkassen zahlen mehr für Krankenhäuser, Ärzte und Pflege; das Gesundheitsministerium senkt Beiträge."
    )
    topic = ressort.annotate(text).topics[0]
    assert (topic.topic, topic.label) == ("area/gesundheit", "Gesundheit")
    assert topic.terms and all(term in text for term in topic.terms)


def test_it_prints_well(document: ressort.Document) -> None:
    assert repr(document).startswith("<Document 'Bayerns Digitalminister Mehring")
    assert "date=2025-10-08" in repr(document)
    lines = str(document).splitlines()
    assert lines[0].startswith("[Bayerns] [Digitalminister] [Mehring] sprach mit dem [BMDS] über <b>")
    assert any(line.strip() == "BMDS [ministry] ministry:bund/digitales" or "BMDS [ministry]" in line for line in lines)


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.text: list[str] = []
        self.marks = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.stack.append(tag)
        self.marks += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.stack and "small" not in self.stack:
            self.text.append(data)


def test_the_notebook_view_is_well_formed_and_escaped(document: ressort.Document) -> None:
    html = _Html()
    html.feed(document._repr_html_())
    assert html.stack == [] and html.marks == len(document.mentions)
    assert TEXT in "".join(html.text)
    evil = '</div><script>alert("BMDS")</script><img src=x onerror=alert(1)> BMDS'
    page = ressort.annotate(evil)._repr_html_()
    assert "<script" not in page and "<img" not in page


def test_the_view_knows_light_and_dark(document: ressort.Document) -> None:
    page = document._repr_html_()
    assert "prefers-color-scheme: dark" in page and 'data-jp-theme-light="false"' in page


def test_documents_can_be_copied_sent_and_compared(document: ressort.Document) -> None:
    sent = pickle.loads(pickle.dumps(document))
    assert sent == document == copy.deepcopy(document) and hash(sent) == hash(document)
    assert sent.tokens == document.tokens and sent.sentences == document.sentences
    assert sent.to_dict(["tokens", "mentions"]) == document.to_dict(["tokens", "mentions"])
    assert document != ressort.annotate(TEXT)


def test_a_dict_is_a_copy(document: ressort.Document) -> None:
    document.to_dict()["mentions"].clear()
    assert document.to_dict()["mentions"]


@pytest.mark.parametrize(
    "layers", ["mentions,topics", "tokens,sentences", "tokens,sentences,mentions,topics,text", "topics"]
)
def test_a_dict_is_the_object_of_the_program(program: str, tmp_path: Path, layers: str) -> None:
    texts = [(TEXT, "2025-10-08"), ("Das 😀 BMDS am 3. März 2024.", None), ("", None), ("The quick brown fox.", None)]
    file = tmp_path / "texts.jsonl"
    with file.open("w") as out:
        for text, date in texts:
            record = {"id": "x", "text": text} | ({"date": date} if date else {})
            out.write(json.dumps(record) + "\n")
    done = subprocess.run([program, "extract", file, "--layers", layers], capture_output=True, text=True, check=False)
    printed = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(printed) == len(texts)
    for (text, date), theirs in zip(texts, printed, strict=True):
        ours = ressort.annotate(text, date=date, id="x").to_dict(layers)
        for field in ("id", "source", "item"):
            assert field in ours
            theirs[field] = ours[field]
        assert ours == theirs
        assert list(ours) == list(theirs)


def test_lookup_is_that_of_the_program(program: str) -> None:
    command = [program, "gazetteer", "lookup", "Digitalminister", "--date", "2024-01-01", "--format", "json"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert ressort.lookup("Digitalminister", "2024-01-01") == json.loads(printed)
    assert ressort.lookup("Quatschministerium") == []


def test_layers_switch_stages_off() -> None:
    text = "Das BMDS fördert Glasfaser und Breitband, Mobilfunk und Netze, und Bayern auch."
    assert ressort.Pipeline(layers=["topics"]).annotate(text).mentions == ()
    assert ressort.Pipeline(layers="mentions").annotate(text).topics == ()


def test_other_languages_are_left_alone_unless_wanted() -> None:
    text = "The cabinet has adopted the draft of a law that the BMDS is to be the basis for, and it is new."
    assert ressort.annotate(text).language == "en" and ressort.annotate(text).mentions == ()
    assert len(ressort.Pipeline(any_language=True).annotate(text).mentions) == 1


def test_a_gazetteer_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    file.write_text("id\tkind\tname\nbody:amt-x\tbody\tZentralamt für Quatsch\n")
    pipeline = ressort.Pipeline([file])
    assert pipeline.annotate("das Zentralamt für Quatsch").mentions[0].entity == "body:amt-x"
    assert pickle.loads(pickle.dumps(pipeline)).settings == pipeline.settings
    assert any("own.tsv" in name for name in pipeline.settings["gazetteers"])


def test_general_words_can_be_left_alone() -> None:
    text = "Bayern baut aus. Der Freistaat fördert Glasfaser."
    assert len(ressort.annotate(text).mentions) == 2
    assert len(ressort.Pipeline(anaphors=False).annotate(text).mentions) == 1
