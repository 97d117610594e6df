"""The pipeline: built once, used again and again, by any number of threads."""

from __future__ import annotations

import datetime
import json
import os
import threading
from collections.abc import Iterable
from typing import Any, Protocol, TypeAlias

from . import _ressort
from .document import Document, layer_names
from .errors import InputError
from .tables import Tables

__all__ = ["ArrowColumn", "DateLike", "Pipeline", "default"]

#: A day: ``"2025-10-09"``, a date, or a datetime, of which the time of day is passed over.
DateLike: TypeAlias = str | datetime.date
_Path: TypeAlias = str | os.PathLike[str]


class ArrowColumn(Protocol):
    """A column of any library that speaks Arrow: polars, pyarrow, pandas, a DuckDB result with one column …"""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class Pipeline:
    """All stages with their gazetteers and model.

    Building one takes about a tenth of a second, so build it once. It can be used from many threads at the same time,
    and other Python threads run while it works.

    >>> from ressort import Pipeline
    >>> pipeline = Pipeline(layers=["mentions"])
    >>> [mention.surface for mention in pipeline.annotate("Bayern und das BMDS").mentions]
    ['Bayern', 'BMDS']

    Args:
        gazetteers: Files of your own (TSV or CSV), beside the built-in ones.
        layers: What to look for: any of ``mentions`` and ``topics``; tokens and sentences are always there.
        model: A topic model or taxonomy of your own in place of the built-in one.
        anaphors: Whether general words (*der Freistaat*) stand for names said before.
        any_language: Look for names and topics in texts that are not in German, too.
        embedded: Whether the built-in gazetteers are used.

    Raises:
        GazetteerError: A gazetteer has mistakes; the message says file, line and remedy of each.
        ModelError: The model cannot be used.
        OptionError: A layer does not exist.
    """

    __slots__ = ("_native", "_options")

    def __init__(
        self,
        gazetteers: Iterable[_Path] | _Path = (),
        *,
        layers: Iterable[str] | str = ("mentions", "topics"),
        model: _Path | None = None,
        anaphors: bool = True,
        any_language: bool = False,
        embedded: bool = True,
    ) -> None:
        if isinstance(gazetteers, (str, os.PathLike)):
            gazetteers = [gazetteers]
        names = layer_names(layers)
        self._options: dict[str, Any] = {
            "gazetteers": _paths(gazetteers, "gazetteers"),
            "embedded": bool(embedded),
            "model": None if model is None else _paths([model], "model")[0],
            "mentions": "mentions" in names,
            "topics": "topics" in names,
            "anaphors": bool(anaphors),
            "any_language": bool(any_language),
        }
        self._native = _ressort.Native(**self._options)

    def annotate(
        self, text: str, date: DateLike | None = None, *, id: str | None = None, title: str | None = None
    ) -> Document:
        """Finds what is in one text.

        Args:
            text: The text.
            date: Its day; names and offices are read as of this day.
            id: An identifier, passed through.
            title: A headline, passed through.

        Raises:
            InputError: ``text`` is no ``str``.
            DateError: ``date`` is no day.
        """
        return Document(self._native.annotate(text, date, id, title))

    def annotate_column(
        self,
        texts: ArrowColumn | Iterable[str | None],
        dates: ArrowColumn | Iterable[DateLike | None] | DateLike | None = None,
        ids: ArrowColumn | Iterable[str | int | None] | None = None,
        *,
        titles: ArrowColumn | Iterable[str | None] | None = None,
        threads: int | None = None,
    ) -> Tables:
        """Finds what is in a column of texts, on all cores.

        The rows stand in the order of the texts, whatever the number of threads. A text that is null keeps its row in
        ``documents``, without mentions. Texts in other languages than German are left alone unless the pipeline was
        built with ``any_language=True``.

        Args:
            texts: A column of polars, pyarrow, pandas or any other library that speaks Arrow (string, large string,
                string view, categories), or a list of ``str``.
            dates: One day for all, or a column with a day for each: dates, timestamps (the day is that of their time
                zone), or texts (``YYYY-MM-DD``); null where it is not known.
            ids: An identifier for each text, for ``doc_id``; the number of the row where there is none.
            titles: A headline for each text, passed through.
            threads: How many threads work; one per core if not given.

        Raises:
            InputError: That is no column of texts, or the lengths differ.
            DateError: A date is none; ``row`` says which.
        """
        return Tables(self._native.tables(texts, dates, ids, titles, threads))

    def lookup(self, name: str, date: DateLike | None = None) -> list[dict[str, Any]]:
        """What a name can mean on a day, best reading first; without a day, what it means latest.

        >>> from ressort import Pipeline
        >>> Pipeline(layers=["mentions"]).lookup("Bundesdigitalminister", "2023-11-20")[0]["holder"]
        'politician:volker-wissing'
        """
        readings: list[dict[str, Any]] = json.loads(self._native.lookup(name, date))
        return readings

    @property
    def settings(self) -> dict[str, Any]:
        """What its annotations depend on: hashes of gazetteers and model, and what is switched on."""
        settings: dict[str, Any] = json.loads(self._native.settings())
        return settings

    def __reduce__(self) -> tuple[Any, ...]:
        # Other processes build it again from the same files.
        return (_rebuilt, (self._options,))

    def __repr__(self) -> str:
        layers = [name for name in ("mentions", "topics") if self._options[name]]
        return f"<Pipeline {', '.join(layers) or 'tokens, sentences'}>"


def _rebuilt(options: dict[str, Any]) -> Pipeline:
    pipeline = Pipeline.__new__(Pipeline)
    pipeline._options = options
    pipeline._native = _ressort.Native(**options)
    return pipeline


def _paths(paths: Iterable[_Path], what: str) -> list[str]:
    try:
        return [os.fspath(path) for path in paths]
    except TypeError:
        raise InputError(f"{what}: {paths!r} is no path and no list of paths; give str or Path") from None


_DEFAULT: Pipeline | None = None
_LOCK = threading.Lock()


def default() -> Pipeline:
    """The pipeline with the built-in gazetteers and model, which is built when it is first needed."""
    global _DEFAULT
    if _DEFAULT is None:
        with _LOCK:
            if _DEFAULT is None:
                _DEFAULT = Pipeline()
    return _DEFAULT
