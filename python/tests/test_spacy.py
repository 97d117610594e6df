"""The component of spaCy."""

from __future__ import annotations

import datetime
import doctest
import multiprocessing
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

if "RESSORT_REQUIRE_SPACY" not in os.environ:
    pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'ressort[spacy]'")

import ressort
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, DocBin
from spacy.training import Example, biluo_tags_to_offsets, offsets_to_biluo_tags

TEXT = "Der Bundesdigitalminister sprach 😀 mit dem BMDS über die OZG-Umsetzung in Thüringen."
ENTS = [
    ("Bundesdigitalminister", "office", "office:bund/digitales"),
    ("BMDS", "ministry", "ministry:bund/digitales"),
    ("OZG-Umsetzung", "law", "law:ozg"),
    ("Thüringen", "land", "land:th"),
]


def part(nlp: Language, name: str = "ressort") -> Any:
    """A component, of which spaCy's types know only that it can be called."""
    return nlp.get_pipe(name)


def german(**config: Any) -> Language:
    nlp = spacy.blank("de")
    nlp.add_pipe("ressort", config={"date": "2025-10-08", **config})
    return nlp


def ents(doc: Doc) -> list[tuple[str, str, str]]:
    return [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents]


def test_it_is_found_without_an_import() -> None:
    code = "import spacy; nlp = spacy.blank('de'); nlp.add_pipe('ressort'); print(nlp('Das BMDS.').ents[0].kb_id_)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "ministry:bund/digitales\n", done.stderr


def test_entities_with_what_is_known_of_them() -> None:
    doc = german()(TEXT)
    assert ents(doc) == ENTS
    office, _, law, _ = doc.ents
    assert office._.ressort_holder == "politician:karsten-wildberger"
    assert office._.ressort_via == "role" and office._.ressort_modifier is None
    assert office._.ressort_name == "Bundesminister für Digitales und Staatsmodernisierung"
    assert "holder-on-day" in office._.ressort_evidence and 0 < office._.ressort_confidence < 1
    # The span ends with the token, the mention before the hyphen.
    assert (law.text, law._.ressort_surface) == ("OZG-Umsetzung", "OZG")
    assert TEXT[law._.ressort_start : law._.ressort_end] == "OZG"
    assert doc._.ressort_as_of == datetime.date(2025, 10, 8)


def test_mentions_and_topics_are_those_of_the_package() -> None:
    text = TEXT + " Glasfaser, Breitband und Mobilfunk werden ausgebaut."
    doc, document = german()(text), ressort.annotate(text, "2025-10-08")
    assert (
        doc._.ressort_mentions == [mention._asdict() for mention in document.mentions] and len(document.mentions) == 4
    )
    assert doc._.ressort_topics == [topic._asdict() for topic in document.topics] and document.topics


def test_two_mentions_in_one_token_lose_nothing() -> None:
    nlp = german()
    doc = part(nlp)(Doc(nlp.vocab, words=["Sachsen/Thüringen", "und", "Bayern"], spaces=[True, True, False]))
    assert [ent.text for ent in doc.ents] == ["Sachsen/Thüringen", "Bayern"]
    assert [mention["entity"] for mention in doc._.ressort_mentions] == ["land:sn", "land:th", "land:by"]
    for mention in doc._.ressort_mentions:
        assert doc.text[mention["start"] : mention["end"]] == mention["surface"]
    grouped = part(german(span_group="ressort"))(Doc(nlp.vocab, words=["Sachsen/Thüringen"], spaces=[False]))
    assert [span._.ressort_surface for span in grouped.spans["ressort"]] == ["Sachsen"]


def test_a_span_group_leaves_entities_alone() -> None:
    doc = german(span_group="politics")(TEXT)
    assert len(doc.ents) == 0
    assert [(span.text, span.label_, span.kb_id_) for span in doc.spans["politics"]] == ENTS
    assert doc.spans["politics"][0]._.ressort_holder == "politician:karsten-wildberger"


def test_kinds_and_layers_are_chosen() -> None:
    assert ents(german(kinds=["land", "law"])(TEXT)) == ENTS[2:]
    doc = german(layers=["topics"])("Glasfaser, Breitband, Mobilfunk und Netze werden ausgebaut.")
    assert len(doc.ents) == 0 and doc._.ressort_topics
    assert german(layers=["mentions"])("Glasfaser, Breitband, Mobilfunk und Netze.")._.ressort_topics == []


def test_a_gazetteer_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("id\tkind\tname\nbody:amt-x\tbody\tZentralamt für Quatsch\n")
    assert ents(german(gazetteers=[str(own)])("Das Zentralamt für Quatsch."))[0][2] == "body:amt-x"


def test_the_day_of_a_document() -> None:
    nlp = german()
    text = "Der Bundesdigitalminister sprach."

    def holder(doc: Doc) -> str:
        return str(doc.ents[0]._.ressort_holder).split(":")[1]

    assert holder(nlp(text)) == "karsten-wildberger"
    for day in ("2023-11-20", datetime.date(2023, 11, 20), datetime.datetime(2023, 11, 20, 8)):
        doc = nlp.make_doc(text)
        doc._.ressort_date = day
        assert holder(nlp(doc)) == "volker-wissing"
        assert doc._.ressort_date == datetime.date(2023, 11, 20)
        [(doc, context)] = nlp.pipe([(text, {"date": day, "key": 7})], as_tuples=True)
        assert holder(doc) == "volker-wissing" and context == {"date": day, "key": 7}
    # What stands in the document comes before the context, other contexts mean nothing.
    doc = nlp.make_doc(text)
    doc._.ressort_date = "2025-10-08"
    [(doc, _)] = nlp.pipe([(doc, {"date": "2023-11-20"})], as_tuples=True)
    assert holder(doc) == "karsten-wildberger"
    for other in (7, "2023-11-20", None, {"date": None}, {}):
        [(doc, _)] = nlp.pipe([(text, other)], as_tuples=True)
        assert holder(doc) == "karsten-wildberger"


def test_wrong_days_and_options_are_told() -> None:
    nlp = german()
    with pytest.raises(ressort.DateError, match="'gestern' is no date"):
        nlp.make_doc("x")._.ressort_date = "gestern"
    with pytest.raises(ressort.DateError, match=r'context\["date"\] of a document: .*is no date'):
        list(nlp.pipe([("x", {"date": "gestern"})], as_tuples=True))
    for config, kind, message in (
        ({"date": "gestern"}, ressort.DateError, "is no date"),
        ({"kinds": ["Ministerium"]}, ressort.OptionError, "'Ministerium' is no kind: name some of ministry"),
        ({"layers": ["entities"]}, ressort.OptionError, "is no layer"),
        ({"threads": 0}, ressort.OptionError, "give 1 or more"),
        ({"kinds": 7}, Exception, "kinds"),
    ):
        with pytest.raises(kind, match=message):
            german(**config)


def test_mistakes_in_gazetteers_are_told(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("id\tkind\tname\nbody:amt-x\tnonsense\tAmt\n")
    with pytest.raises(ressort.GazetteerError, match=r"own\.tsv:2"):
        german(gazetteers=[str(own)])
    missing = german(gazetteers=[str(tmp_path / "none.tsv")])
    with pytest.raises(ressort.GazetteerError, match=r"none\.tsv"):
        missing("Bayern")
    with pytest.raises(ressort.InputError, match=r"none\.tsv: No such file"):
        missing.to_bytes()


def test_a_stream_gives_what_single_documents_give() -> None:
    nlp = german()
    texts = [f"{number}. {TEXT}" if number % 3 else "" for number in range(100)]
    docs = list(nlp.pipe(iter(texts), batch_size=7))
    assert [doc.text for doc in docs] == texts
    assert [ents(doc) for doc in docs] == [ents(nlp(text)) for text in texts]
    assert next(iter(nlp.pipe(iter(texts)))).text == ""  # a generator that is left early


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_several_processes(method: str, tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("id\tkind\tname\nbody:amt-x\tbody\tZentralamt für Quatsch\n")
    code = f"""
import multiprocessing, spacy
if __name__ == "__main__":
    multiprocessing.set_start_method({method!r})
    nlp = spacy.blank("de")
    nlp.add_pipe("ressort", config={{"gazetteers": [{str(own)!r}]}})
    texts = [("Das Zentralamt für Quatsch und der Bundesdigitalminister.", {{"date": "2023-11-20"}})] * 8
    for doc, _ in nlp.pipe(texts, as_tuples=True, n_process=2, batch_size=2):
        ids = [ent.kb_id_ for ent in doc.ents]
        print(ids, doc.ents[1]._.ressort_holder, doc._.ressort_as_of, len(doc._.ressort_mentions))
"""
    script = tmp_path / "several.py"
    script.write_text(code)
    assert method in multiprocessing.get_all_start_methods()
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    line = "['body:amt-x', 'office:bund/verkehr'] politician:volker-wissing 2023-11-20 2"
    assert done.stdout.splitlines() == [line] * 8, done.stderr


def test_a_saved_pipeline_can_be_moved(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for number, folder in enumerate(folders):
        folder.mkdir()
        (folder / "own.tsv").write_text(f"id\tkind\tname\nbody:amt-{number}\tbody\tZentralamt {number}\n")
    nlp = german(gazetteers=[str(folder / "own.tsv") for folder in folders], kinds=["body"], span_group="amt")
    saved = nlp.to_bytes()
    copied = pickle.dumps(nlp.get_pipe("ressort"))
    nlp.to_disk(tmp_path / "saved")
    for folder in folders:
        (folder / "own.tsv").unlink()
    (tmp_path / "saved").rename(tmp_path / "moved")

    text = "Das Zentralamt 0 und das Zentralamt 1 in Bayern."
    loaded = spacy.load(tmp_path / "moved")
    loaded.to_disk(tmp_path / "again")
    unpickled = spacy.blank("de")
    unpickled.add_pipe("ressort")
    unpickled._components[0] = ("ressort", pickle.loads(copied))
    bytes_ = spacy.blank("de")
    bytes_.add_pipe("ressort")
    bytes_.from_bytes(saved)
    again = spacy.blank("de").from_bytes(bytes_.to_bytes(), exclude=["ressort"])
    again.add_pipe("ressort")
    part(again).from_bytes(part(bytes_).to_bytes())
    for one in (loaded, spacy.load(tmp_path / "again"), unpickled, bytes_, again):
        doc = one(text)
        assert [span.kb_id_ for span in doc.spans["amt"]] == ["body:amt-0", "body:amt-1"]
        assert len(doc.ents) == 0 and doc._.ressort_as_of == datetime.date(2025, 10, 8)


def test_documents_go_through_a_doc_bin(tmp_path: Path) -> None:
    nlp = german()
    doc = nlp(TEXT)
    doc._.ressort_date = datetime.date(2025, 10, 8)
    DocBin(docs=[doc], store_user_data=True).to_disk(tmp_path / "train.spacy")
    [back] = DocBin().from_disk(tmp_path / "train.spacy").get_docs(spacy.blank("de").vocab)
    for one in (back, Doc(nlp.vocab).from_bytes(doc.to_bytes())):
        assert ents(one) == ENTS
        assert one.ents[0]._.ressort_holder == "politician:karsten-wildberger"
        assert one.ents[0]._.ressort_evidence == doc.ents[0]._.ressort_evidence
        assert one._.ressort_mentions == doc._.ressort_mentions
        assert one._.ressort_date == datetime.date(2025, 10, 8)


def test_examples_for_training() -> None:
    nlp = german()
    doc = nlp(TEXT)
    example = Example(nlp.make_doc(TEXT), doc)
    assert [(span.text, span.label_) for span in example.get_aligned_spans_y2x(doc.ents)] == [ent[:2] for ent in ENTS]
    tags = example.get_aligned_ner()
    offsets = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
    assert tags == offsets_to_biluo_tags(doc, offsets) and tags.count("U-ministry") == 1
    assert [tuple(span) for span in biluo_tags_to_offsets(doc, tags)] == offsets
    assert all(token.ent_iob_ in "BIO" for token in doc)


def test_a_matcher_finds_entities_by_their_ids() -> None:
    nlp = german()
    matcher = Matcher(nlp.vocab)
    matcher.add("ministry", [[{"LOWER": "dem"}, {"ENT_KB_ID": "ministry:bund/digitales", "ENT_TYPE": "ministry"}]])
    doc = nlp(TEXT)
    assert [doc[start:end].text for _, start, end in matcher(doc)] == ["dem BMDS"]


def test_displacy_shows_them() -> None:
    import ressort.spacy

    html = displacy.render(
        german()(TEXT), style="ent", page=True, jupyter=False, options={"colors": ressort.spacy.COLORS}
    )
    assert html.count("<mark") == 4 and "hsl(330, 70%, 85%)" in html and "office:bund/digitales" in html
    assert [kind.upper() for kind in ressort.spacy.KINDS] == list(ressort.spacy.COLORS)
    grouped = german(span_group="sc")(TEXT)
    assert displacy.render(grouped, style="span", jupyter=False).count("office:bund/digitales") == 1


def test_entities_of_other_components() -> None:
    patterns = [{"label": "TOP", "pattern": "OZG-Umsetzung in Thüringen"}, {"label": "WORD", "pattern": "sprach"}]
    for overwrite, expected in ((True, [*ENTS[:1], ("sprach", "WORD", ""), *ENTS[1:]]), (False, None)):
        nlp = spacy.blank("de")
        nlp.add_pipe("entity_ruler")
        part(nlp, "entity_ruler").add_patterns(patterns)
        nlp.add_pipe("ressort", config={"date": "2025-10-08", "overwrite_ents": overwrite})
        found = ents(nlp(TEXT))
        kept = [ENTS[0], ("sprach", "WORD", ""), ENTS[1], ("OZG-Umsetzung in Thüringen", "TOP", "")]
        assert found == (expected if overwrite else kept)


def test_what_the_component_assigns_is_declared() -> None:
    nlp = german()
    assigns = nlp.get_pipe_meta("ressort").assigns
    assert "doc.ents" in assigns and "span._.ressort_holder" in assigns
    assert (nlp.analyze_pipes() or {})["problems"] == {"ressort": []}


def test_without_spacy_it_says_what_to_install() -> None:
    code = "import sys; sys.modules['spacy'] = None\nimport ressort.spacy"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ressort.spacy needs spaCy: pip install 'ressort[spacy]'" in done.stderr


def test_the_examples_of_the_docstrings() -> None:
    import ressort.spacy

    assert doctest.testmod(ressort.spacy).failed == 0
