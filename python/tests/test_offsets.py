"""Offsets count code points, as Python does, in any text."""

from __future__ import annotations

import unicodedata

import ressort
from hypothesis import given, settings
from hypothesis import strategies as st

NAMES = [
    "BMDS",
    "Bayern",
    "Thüringer Landtag",
    "Bundesministerium für Verkehr",
    "der Bundesdigitalminister",
    "Baden-Württemberg",
    "Onlinezugangsgesetz",
    "Digitali\u00adsierung",
    "Bundes\u00administerium der Finanzen",
    "Volker Wissing",
]
ODD = [
    "😀",
    "👩‍👩‍👧‍👦",
    "🇩🇪",
    "\u00ad",
    "\r\n",
    "\r",
    "\n",
    "\u2028",
    "\ufeff",
    "\u0301",
    "e\u0301",
    "ſ",
    "ß",
    "\x00",
    "\u200b",
    "„",
    "“",
    "𝔅",
    "ï¬",
]
#: Names between all sorts of characters, composed or decomposed.
texts = st.builds(
    lambda parts, form: unicodedata.normalize(form, " ".join(parts)) if form else "".join(parts),
    st.lists(st.sampled_from(NAMES) | st.sampled_from(ODD) | st.text(max_size=8), max_size=12),
    st.sampled_from(["NFC", "NFD", "", "NFKC"]),
)
days = st.none() | st.dates()


def check(document: ressort.Document) -> None:
    text, octets = document.text, document.text.encode()
    end = 0
    for mention in document.mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        assert octets[mention.start_byte : mention.end_byte] == mention.surface.encode()
        sentence = document.sentences[mention.sentence]
        assert sentence.start <= mention.start and mention.end <= sentence.end
        end = mention.end
    at = 0
    for token in document.tokens:
        assert not text[at : token.start].strip() and text[token.start : token.end] == token.text != ""
        at = token.end
    assert not text[at:].strip()


@settings(max_examples=300, deadline=None)
@given(texts, days)
def test_offsets_of_any_text(text: str, day: object) -> None:
    document = ressort.annotate(text, date=day)  # type: ignore[arg-type]
    assert document.text == text
    check(document)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.none() | texts, max_size=6))
def test_a_column_says_what_single_texts_say(column: list[str | None]) -> None:
    rows = ressort.default().annotate_column(column, dates="2025-10-08").mentions.to_pyarrow().to_pylist()
    for number, text in enumerate(column):
        single = ressort.annotate(text, date="2025-10-08").mentions if text is not None else ()
        of_column = [row for row in rows if row["doc_id"] == str(number)]
        assert [(row["start"], row["end"], row["surface"], row["entity"], row["confidence"]) for row in of_column] == [
            (mention.start, mention.end, mention.surface, mention.entity, mention.confidence) for mention in single
        ]


def test_names_are_found_between_odd_characters() -> None:
    for odd in ("😀", "👩‍👩‍👧‍👦 ", "e\u0301 ", "\r\n", "\u2028", "𝔅 "):
        [mention] = ressort.annotate(f"{odd} BMDS {odd}").mentions
        assert mention.surface == "BMDS"
    decomposed = unicodedata.normalize("NFD", "Das Bundesministerium für Verkehr und Thüringen.")
    assert [mention.entity for mention in ressort.annotate(decomposed).mentions] == ["ministry:bund/verkehr", "land:th"]
    [mention] = ressort.annotate("Das Bundes\u00adminis\u00adterium der Finan\u00adzen").mentions
    assert mention.surface == "Bundes\u00adminis\u00adterium der Finan\u00adzen"


def test_lone_surrogates_are_replaced_and_nothing_moves() -> None:
    text = "\ud83d Das BMDS \ude00\udfff und Bayern\ud800"
    document = ressort.annotate(text)
    assert document.text == "\ufffd Das BMDS \ufffd\ufffd und Bayern\ufffd"
    assert [text[mention.start : mention.end] for mention in document.mentions] == ["BMDS", "Bayern"]
    rows = ressort.default().annotate_column([text, "Bayern"]).mentions.to_pyarrow().to_pylist()
    assert [row["surface"] for row in rows] == ["BMDS", "Bayern", "Bayern"]
