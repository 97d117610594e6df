"""A component of spaCy: ``nlp.add_pipe("ressort")``, found without an import where both are installed.

>>> import spacy
>>> nlp = spacy.blank("de")
>>> _ = nlp.add_pipe("ressort", config={"date": "2025-10-08"})
>>> doc = nlp("Der Bundesdigitalminister sprach mit dem BMDS.")
>>> [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents]
[('Bundesdigitalminister', 'office', 'office:bund/digitales'), ('BMDS', 'ministry', 'ministry:bund/digitales')]
>>> doc.ents[0]._.ressort_holder
'politician:karsten-wildberger'

**The day of a document**, as of which names are read, is the first of these that is given:

1. ``doc._.ressort_date``, set before the component runs;
2. the context of ``nlp.pipe(…, as_tuples=True)``, where it is a dict with ``"date"``:
   ``nlp.pipe([(text, {"date": "2025-10-08"})], as_tuples=True)``;
3. ``date`` of the configuration, for all documents.

**Spans and characters.** A mention ends where the name ends (*OZG* in *OZG-Umsetzung*), a span of spaCy with its
token. So a span takes in all tokens that its mention touches; ``span._.ressort_start`` and ``ressort_end`` keep the
exact characters. Where two mentions touch the same token, the longer span stays (``spacy.util.filter_spans``).
``doc._.ressort_mentions`` has every mention with its characters, whatever became of its span.

Everything is kept in ``doc.user_data`` as plain values, so it goes through ``Doc.to_bytes``,
``DocBin(store_user_data=True)`` and ``nlp.pipe(n_process=…)``.
"""

# Without `from __future__ import annotations`: spaCy checks configurations against the types themselves.
import datetime
import io
import itertools
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from . import _ressort
from ._html import _HUES
from .document import Document, layer_names
from .errors import DateError, InputError, OptionError
from .pipeline import DateLike, Pipeline, _paths, default

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.util import filter_spans
except ImportError as error:
    raise ImportError("ressort.spacy needs spaCy: pip install 'ressort[spacy]'") from error

__all__ = ["COLORS", "KINDS", "Ressort", "make_ressort"]

#: Labels that spans can have: the kinds of mentions.
KINDS = tuple(_HUES)

#: A colour for each label, for ``displacy.render(doc, style="ent", options={"colors": COLORS})``.
COLORS = {kind.upper(): f"hsl({hue}, 70%, 85%)" for kind, hue in _HUES.items()}

#: What a span carries as ``span._.ressort_…``, with the names of :class:`ressort.Mention`.
FIELDS = (
    "start",
    "end",
    "surface",
    "name",
    "via",
    "holder",
    "modifier",
    "land",
    "region",
    "confidence",
    "candidates",
    "evidence",
    "flags",
)

_DATE, _MENTIONS, _TOPICS, _AS_OF = "ressort_date", "ressort_mentions", "ressort_topics", "ressort_as_of"


def _get_date(doc: Doc) -> datetime.date | None:
    return _as_date(doc.user_data.get(_DATE))


def _set_date(doc: Doc, date: DateLike | None) -> None:
    # As text: `user_data` has to be serialised, and MessagePack has no days.
    doc.user_data[_DATE] = None if date is None else _ressort.day(date)


def _get_as_of(doc: Doc) -> datetime.date | None:
    return _as_date(doc.user_data.get(_AS_OF))


def _get_mentions(doc: Doc) -> list[dict[str, Any]]:
    return _records(doc, _MENTIONS)


def _get_topics(doc: Doc) -> list[dict[str, Any]]:
    return _records(doc, _TOPICS)


def _records(doc: Doc, name: str) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in record.items()} for record in doc.user_data.get(name, ())]


def _plain(value: Any) -> Any:
    # MessagePack gives tuples back as lists, or not, as it is read.
    return tuple(value) if isinstance(value, list) else value


class _Field:
    """A getter of `span._.ressort_…`: processes that are not forked are sent it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, span: Span) -> Any:
        return _plain(span.doc.user_data.get(_key(self.name, span)))


def _key(name: str, span: Span) -> Any:
    # Where spaCy itself keeps the values of extensions.
    return ("._.", f"ressort_{name}", span.start_char, span.end_char)


def _as_date(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


def _register() -> None:
    for field in FIELDS:
        Span.set_extension(f"ressort_{field}", getter=_Field(field), force=True)
    Doc.set_extension(_DATE, getter=_get_date, setter=_set_date, force=True)
    Doc.set_extension(_AS_OF, getter=_get_as_of, force=True)
    Doc.set_extension(_MENTIONS, getter=_get_mentions, force=True)
    Doc.set_extension(_TOPICS, getter=_get_topics, force=True)


_register()


class Ressort:
    """The component, made by ``nlp.add_pipe("ressort", config={…})``; see :func:`make_ressort` for its options."""

    def __init__(
        self,
        name: str = "ressort",
        *,
        gazetteers: Iterable[str | os.PathLike[str]] = (),
        layers: Iterable[str] = ("mentions", "topics"),
        model: str | os.PathLike[str] | None = None,
        anaphors: bool = True,
        any_language: bool = False,
        embedded: bool = True,
        kinds: Iterable[str] | None = None,
        span_group: str | None = None,
        overwrite_ents: bool = True,
        date: DateLike | None = None,
        threads: int | None = None,
    ) -> None:
        if threads is not None and threads < 1:
            raise OptionError(f"threads: {threads} threads do nothing; give 1 or more, or None for one per core")
        self.name = name
        self._settings: dict[str, Any] = {
            "layers": list(layer_names(layers)),
            "anaphors": bool(anaphors),
            "any_language": bool(any_language),
            "embedded": bool(embedded),
            "kinds": _kinds(kinds),
            "span_group": span_group,
            "overwrite_ents": bool(overwrite_ents),
            "date": None if date is None else _ressort.day(date),
        }
        self._threads = threads
        self._gazetteers = [Path(path) for path in _paths(gazetteers, "gazetteers")]
        self._model = None if model is None else Path(_paths([model], "model")[0])
        # What files hold, where they do not lie on a disk (`from_bytes`), by their names.
        self._contents: dict[str, bytes] | None = None
        self._pipeline: Pipeline | None = None
        # A saved pipeline names the files of the machine it was made on, and has copies of them: `from_disk` follows.
        if all(path.exists() for path in self._files()):
            self.pipeline  # noqa: B018 - mistakes in gazetteers are told now

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline behind it."""
        if self._pipeline is None:
            self._pipeline = self._built()
        return self._pipeline

    def __call__(self, doc: Doc) -> Doc:
        """Annotates one document."""
        return self._set(doc, self.pipeline.annotate(doc.text, self._date_of(doc)))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Annotates documents as they come, on all cores, in their order."""
        pipeline = self.pipeline
        with ThreadPoolExecutor(self._threads or os.cpu_count() or 1, "ressort") as pool:
            docs_left = iter(stream)
            while docs := list(itertools.islice(docs_left, batch_size)):
                # The interpreter lock is released while a thread annotates.
                documents = pool.map(
                    pipeline.annotate, [doc.text for doc in docs], [self._date_of(doc) for doc in docs]
                )
                for doc, document in zip(docs, documents, strict=True):
                    yield self._set(doc, document)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Writes the options, with copies of gazetteers and model: the folder can be moved to another machine."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ressort.json").write_text(json.dumps(self._state(), indent=2) + "\n", encoding="utf-8")
        _write(folder, self._read())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "Ressort":
        """Reads what :meth:`to_disk` wrote."""
        folder = Path(path)
        state = json.loads((folder / "ressort.json").read_text(encoding="utf-8"))
        self._restore(state)
        self._gazetteers = [folder / name for name in state["gazetteers"]]
        self._model = None if state["model"] is None else folder / state["model"]
        self._contents = None
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The same as bytes."""
        out = io.BytesIO()
        contents = self._read()
        head = {**self._state(), "sizes": {name: len(content) for name, content in contents.items()}}
        out.write(json.dumps(head).encode() + b"\n")
        for content in contents.values():
            out.write(content)
        return out.getvalue()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "Ressort":
        """Reads what :meth:`to_bytes` gave."""
        source = io.BytesIO(data)
        state = json.loads(source.readline())
        self._restore(state)
        self._contents = {name: source.read(size) for name, size in state["sizes"].items()}
        self._gazetteers = [Path(name) for name in state["gazetteers"]]
        self._model = None if state["model"] is None else Path(state["model"])
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        # `n_process`, where processes are not forked, pickles components.
        return (_unpickled, (self.name, self._threads, self.to_bytes()))

    def __repr__(self) -> str:
        target = "doc.ents" if self._settings["span_group"] is None else f"doc.spans[{self._settings['span_group']!r}]"
        return f"<ressort {', '.join(self._settings['layers'])} to {target}>"

    def _set(self, doc: Doc, document: Document) -> Doc:
        kinds = self._settings["kinds"]
        mentions = [mention for mention in document.mentions if kinds is None or mention.kind in kinds]
        plain = []
        spans: list[Span] = []
        for mention in mentions:
            plain.append(mention._asdict())
            span = doc.char_span(
                mention.start,
                mention.end,
                label=mention.kind,
                kb_id=mention.entity or "",
                alignment_mode="expand",
            )
            if span is not None:
                spans.append(span)
        by_span = {id(span): fields for span, fields in zip(spans, plain, strict=True)}
        kept = filter_spans(spans)
        for span in kept:
            for name in FIELDS:
                doc.user_data[_key(name, span)] = by_span[id(span)][name]
        doc.user_data[_MENTIONS] = plain
        doc.user_data[_TOPICS] = [topic._asdict() for topic in document.topics]
        doc.user_data[_AS_OF] = None if document.as_of is None else document.as_of.isoformat()
        group = self._settings["span_group"]
        if group is not None:
            doc.spans[group] = kept
        elif "mentions" in self._settings["layers"]:
            doc.set_ents(self._with_others(doc, kept))
        return doc

    def _with_others(self, doc: Doc, ours: list[Span]) -> list[Span]:
        """Our entities, and those of other components where they are out of each other's way."""
        others = list(doc.ents)
        if not others:
            return ours
        first, second = (ours, others) if self._settings["overwrite_ents"] else (others, ours)
        taken = {token for span in first for token in range(span.start, span.end)}
        free = [span for span in second if taken.isdisjoint(range(span.start, span.end))]
        return sorted([*first, *free], key=lambda span: span.start)

    def _date_of(self, doc: Doc) -> DateLike | None:
        date: str | None = doc.user_data.get(_DATE)
        if date is not None:
            return date
        context: Any = doc._context
        if isinstance(context, Mapping) and context.get("date") is not None:
            try:
                return _ressort.day(context["date"])
            except DateError as error:
                raise DateError(f'context["date"] of a document: {error}') from None
        fixed: str | None = self._settings["date"]
        return fixed

    def _files(self) -> list[Path]:
        return [*self._gazetteers, *([] if self._model is None else [self._model])]

    def _built(self) -> Pipeline:
        options = {name: self._settings[name] for name in ("layers", "anaphors", "any_language", "embedded")}
        if not self._files() and options == _USUAL:
            return default()
        if self._contents is None:
            return Pipeline(self._gazetteers, model=self._model, **options)
        with tempfile.TemporaryDirectory(prefix="ressort-") as folder:
            _write(Path(folder), self._contents)
            model = None if self._model is None else Path(folder) / self._model
            return Pipeline([Path(folder) / path for path in self._gazetteers], model=model, **options)

    def _names(self) -> list[str]:
        """Names of the copies, each in a folder of its own: files of several folders may have the same name."""
        return [f"{number}/{path.name}" for number, path in enumerate(self._files())]

    def _read(self) -> dict[str, bytes]:
        if self._contents is not None:
            return dict(zip(self._names(), self._contents.values(), strict=True))
        try:
            return {name: path.read_bytes() for name, path in zip(self._names(), self._files(), strict=True)}
        except OSError as error:
            raise InputError(f"{error.filename}: {error.strerror}; its content is saved with the component") from error

    def _state(self) -> dict[str, Any]:
        names = self._names()
        count = len(self._gazetteers)
        model = names[count] if self._model is not None else None
        return {"version": _ressort.__version__, **self._settings, "gazetteers": names[:count], "model": model}

    def _restore(self, state: dict[str, Any]) -> None:
        self._settings = {name: state[name] for name in self._settings}
        self._pipeline = None


_USUAL = {"layers": ["mentions", "topics"], "anaphors": True, "any_language": False, "embedded": True}


@Language.factory(
    "ressort",
    assigns=[
        "doc.ents",
        "doc.spans",
        "token.ent_iob",
        "token.ent_type",
        "token.ent_kb_id",
        *(f"span._.ressort_{field}" for field in FIELDS),
        *(f"doc._.{name}" for name in (_MENTIONS, _TOPICS, _AS_OF)),
    ],
    default_config={
        "gazetteers": [],
        "layers": ["mentions", "topics"],
        "model": None,
        "anaphors": True,
        "any_language": False,
        "embedded": True,
        "kinds": None,
        "span_group": None,
        "overwrite_ents": True,
        "date": None,
        "threads": None,
    },
)
def make_ressort(
    nlp: Language,
    name: str,
    gazetteers: list[str],
    layers: list[str],
    model: str | None,
    anaphors: bool,
    any_language: bool,
    embedded: bool,
    kinds: list[str] | None,
    span_group: str | None,
    overwrite_ents: bool,
    date: str | None,
    threads: int | None,
) -> Ressort:
    """The factory behind ``nlp.add_pipe("ressort", config={…})``.

    Args:
        nlp: The pipeline of spaCy.
        name: The component's name.
        gazetteers: Files of your own, beside the built-in ones; they are saved with the component.
        layers: Any of ``mentions`` (entities) and ``topics`` (``doc._.ressort_topics``).
        model: A topic model of your own.
        anaphors: Whether general words (*der Freistaat*) stand for names said before.
        any_language: Look for names in texts that are not in German, too.
        embedded: Whether the built-in gazetteers are used.
        kinds: Kinds of mentions that are wanted (:data:`KINDS`); all where there are none given.
        span_group: Name of the span group for mentions; ``None``: they become ``doc.ents``.
        overwrite_ents: Whether entities of components before it give way where they overlap with ours; the others stay.
        date: A day for documents without one of their own.
        threads: Threads of ``nlp.pipe``; one per core if not given.

    Raises:
        GazetteerError: A gazetteer has mistakes. One that does not exist is told with the first document, as a
            pipeline loaded from a disk brings its own.
        OptionError: A layer or kind does not exist.
        DateError: ``date`` is no day.
    """
    return Ressort(
        name,
        gazetteers=gazetteers,
        layers=layers,
        model=model,
        anaphors=anaphors,
        any_language=any_language,
        embedded=embedded,
        kinds=kinds,
        span_group=span_group,
        overwrite_ents=overwrite_ents,
        date=date,
        threads=threads,
    )


def _unpickled(name: str, threads: int | None, data: bytes) -> Ressort:
    return Ressort(name, threads=threads).from_bytes(data)


def _write(folder: Path, contents: dict[str, bytes]) -> None:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _kinds(kinds: Iterable[str] | None) -> list[str] | None:
    if kinds is None:
        return None
    given = [kinds] if isinstance(kinds, str) else list(kinds)
    for kind in given:
        if kind not in KINDS:
            raise OptionError(f"{kind!r} is no kind: name some of {', '.join(KINDS)}")
    return given
