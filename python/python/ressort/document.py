"""A document and what was found in it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import OptionError

if TYPE_CHECKING:
    from ._ressort import Annotated

__all__ = ["Document", "Mention", "Sentence", "Token", "Topic"]

#: Names of the layers of a document.
LAYERS = ("tokens", "sentences", "mentions", "topics", "text")


class Mention(NamedTuple):
    """A name, office or reference in the text.

    ``text[start:end] == surface``: offsets count code points, as Python does. ``start_byte`` and ``end_byte`` count
    bytes of the text in UTF-8.
    """

    start: int
    end: int
    start_byte: int
    end_byte: int
    #: Number of its sentence, from 0.
    sentence: int
    #: The name as it stands in the text, without article.
    surface: str
    #: ``ministry``, ``politician``, ``land`` …
    kind: str
    #: Id of what it is linked to, as ``ministry:bund/digitales``; ``None`` where the text does not decide.
    entity: str | None
    #: Name of the entity on the day.
    name: str | None
    #: How it was recognised: ``name``, ``abbreviation``, ``role``, ``surname`` …
    via: str
    #: For an office: who held it on the day.
    holder: str | None
    #: That it is not meant as of now: ``former``, ``designated`` …
    modifier: str | None
    #: Code of the Land that the entity is or belongs to.
    land: str | None
    #: ``kicker``, ``title`` or ``body``.
    region: str
    #: How sure it is, 0 to 1.
    confidence: float
    #: What it could be, where ``entity`` is ``None``.
    candidates: tuple[str, ...]
    #: Why it was accepted.
    evidence: tuple[str, ...]
    #: How it stands: ``quoted``, ``speaker`` …
    flags: tuple[str, ...]

    def __str__(self) -> str:
        surface = " ".join(self.surface.split())
        if self.entity is None:
            link = " or ".join(self.candidates) if self.candidates else "undecided"
        else:
            link = self.entity
        parts = [f"{surface} [{self.kind}] {link}"]
        if self.name is not None and self.name != surface:
            parts.append(f"({self.name})")
        if self.holder is not None:
            parts.append(f"held by {self.holder}")
        if self.modifier is not None:
            parts.append(self.modifier)
        return " ".join(parts)


class Topic(NamedTuple):
    """What the document is about."""

    #: Id, as ``area/verkehr``.
    topic: str
    #: Name for people: ``Verkehr``.
    label: str
    #: Probability, 0 to 1.
    score: float
    #: The terms of the text that spoke most for it.
    terms: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.score:.2f} {self.label} ({', '.join(self.terms)})"


class Sentence(NamedTuple):
    """A sentence, heading or list item; offsets count code points."""

    start: int
    end: int
    text: str


class Token(NamedTuple):
    """A word, number or mark; offsets count code points."""

    start: int
    end: int
    text: str
    #: ``word``, ``abbreviation``, ``number``, ``punctuation`` …
    kind: str


class Document:
    """A text with its mentions, topics, sentences and tokens.

    >>> import ressort
    >>> document = ressort.annotate("Das BMDS lädt ein.", date="2025-10-08")
    >>> document.mentions[0].entity
    'ministry:bund/digitales'
    >>> document.text[document.mentions[0].start : document.mentions[0].end]
    'BMDS'

    In a notebook it shows the text with its mentions highlighted; ``print(document)`` shows them in brackets.
    """

    __slots__ = (
        "_full",
        "_native",
        "_sentences",
        "_tokens",
        "as_of",
        "as_of_source",
        "date",
        "id",
        "language",
        "mentions",
        "text",
        "title",
        "topics",
    )

    #: Identifier, as it was given.
    id: str
    #: The text that all offsets refer to.
    text: str
    #: Headline, as it was given.
    title: str | None
    #: Day of the document, as it was given.
    date: datetime.date | None
    #: Day as of which names were read; ``None``: their latest meaning.
    as_of: datetime.date | None
    #: Where that day is from: ``document``, ``holders``, ``text`` or ``latest``.
    as_of_source: str
    #: Language as a two-letter code, where it can be told.
    language: str | None
    #: In reading order; they neither nest nor overlap.
    mentions: tuple[Mention, ...]
    #: Best first.
    topics: tuple[Topic, ...]

    def __init__(self, native: Annotated) -> None:
        day, source = native.as_of
        self._native: Annotated | None = native
        self._full: dict[str, Any] | None = None
        self._sentences: tuple[Sentence, ...] | None = None
        self._tokens: tuple[Token, ...] | None = None
        self.id = native.id
        self.text = native.text
        self.title = native.title
        self.date = _day(native.date)
        self.as_of = _day(day)
        self.as_of_source = source
        self.language = native.language
        self.mentions = tuple(Mention._make(fields) for fields in native.mentions())
        self.topics = tuple(Topic._make(fields) for fields in native.topics())

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences in reading order; every token lies in exactly one."""
        if self._sentences is None:
            pairs = [] if self._native is None else self._native.sentences()
            self._sentences = tuple(Sentence(start, end, self.text[start:end]) for start, end in pairs)
        return self._sentences

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Tokens in reading order; between them lies white space only."""
        if self._tokens is None:
            found = [] if self._native is None else self._native.tokens()
            self._tokens = tuple(Token(start, end, self.text[start:end], kind) for start, end, kind in found)
        return self._tokens

    def to_dict(self, layers: Iterable[str] | str = ("mentions", "topics")) -> dict[str, Any]:
        """The JSON object that the program writes, with these layers: any of tokens, sentences, mentions, topics,
        text."""
        chosen = layer_names(layers)
        if self._full is None:
            text = "{}" if self._native is None else self._native.json(",".join(LAYERS))
            self._full = json.loads(text)
        left_out = {name for name in LAYERS if name not in chosen}
        if "mentions" in left_out:
            left_out.add("as_of")
        # A copy through and through: what the caller changes is the caller's.
        full: dict[str, Any] = {name: value for name, value in self._full.items() if name not in left_out}
        copy: dict[str, Any] = json.loads(json.dumps(full))
        return copy

    def to_json(self, layers: Iterable[str] | str = ("mentions", "topics")) -> str:
        """The same as a line of JSON."""
        return json.dumps(self.to_dict(layers), ensure_ascii=False, separators=(",", ":"))

    def __len__(self) -> int:
        """Length of the text in code points."""
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash((self.id, self.text, self.date))

    def _key(self) -> tuple[object, ...]:
        return (self.id, self.text, self.title, self.date, self.mentions, self.topics)

    def __repr__(self) -> str:
        start = self.text if len(self.text) <= 60 else self.text[:59] + "…"
        parts = [repr(start)]
        if self.date is not None:
            parts.append(f"date={self.date}")
        for count, one, many in ((len(self.mentions), "mention", "mentions"), (len(self.topics), "topic", "topics")):
            parts.append(f"{count} {one if count == 1 else many}")
        return f"<Document {', '.join(parts)}>"

    def __str__(self) -> str:
        parts, at = [], 0
        for mention in self.mentions:
            parts.append(f"{self.text[at : mention.start]}[{mention.surface}]")
            at = mention.end
        parts.append(self.text[at:])
        lines = ["".join(parts)]
        if self.mentions:
            lines.append("")
            lines.extend(f"  {mention}" for mention in self.mentions)
        if self.topics:
            lines.append("")
            lines.extend(f"  {topic}" for topic in self.topics)
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from ._html import document_html

        return document_html(self)

    def __reduce__(self) -> tuple[Any, ...]:
        self.to_dict()
        slots = ("as_of", "as_of_source", "date", "id", "language", "mentions", "text", "title", "topics")
        state = {name: getattr(self, name) for name in slots}
        state.update(_full=self._full, _sentences=self.sentences, _tokens=self.tokens, _native=None)
        return (_restored, (state,))


def _restored(state: dict[str, Any]) -> Document:
    document = Document.__new__(Document)
    for name, value in state.items():
        setattr(document, name, value)
    return document


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


def layer_names(layers: Iterable[str] | str) -> tuple[str, ...]:
    """Names of layers as a tuple; names that do not exist raise :class:`OptionError`."""
    try:
        given = layers.split(",") if isinstance(layers, str) else list(layers)
    except TypeError:
        raise OptionError(f"layers: {layers!r} is no list of names; name some of {', '.join(LAYERS)}") from None
    names = []
    for name in given:
        if not isinstance(name, str) or name.strip() not in LAYERS:
            raise OptionError(f"{name!r} is no layer: name some of {', '.join(LAYERS)}")
        names.append(name.strip())
    return tuple(names)
