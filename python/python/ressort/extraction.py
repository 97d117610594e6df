"""Whole archives into files, as the program does it."""

from __future__ import annotations

import dataclasses
import datetime
import os
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from . import _ressort
from .document import layer_names
from .errors import OptionError
from .pipeline import DateLike, Pipeline, _Path, _paths, default

__all__ = ["Summary", "extract"]


@dataclasses.dataclass(frozen=True)
class Summary:
    """What a run did."""

    documents: int
    #: Rows of the table ``errors``.
    failures: int
    mentions: int
    entities: int
    #: Documents that are duplicates of others.
    duplicates: int
    #: Documents in other languages.
    not_german: int
    text_bytes: int
    #: The first and the last day of the documents.
    days: tuple[datetime.date, datetime.date] | None
    #: The files written.
    paths: tuple[Path, ...]
    #: The first things that went wrong; all of them are in the table ``errors``.
    messages: tuple[str, ...]
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict."""
        return dataclasses.asdict(self)

    def __str__(self) -> str:
        lines = [f"{self.documents} documents, {self.mentions} mentions of {self.entities} entities"]
        if self.days is not None:
            lines.append(f"from {self.days[0]} to {self.days[1]}")
        if self.failures:
            lines.append(f"{self.failures} things went wrong, as: {self.messages[0]}" if self.messages else "")
        return "\n".join(line for line in lines if line)


def extract(
    paths: Iterable[_Path] | _Path,
    out: _Path,
    *,
    formats: Iterable[str] | str = ("parquet", "csv"),
    partition: str | None = None,
    resume: bool = False,
    update: bool = False,
    split: str = "auto",
    date: DateLike | None = None,
    text_column: str | None = None,
    date_column: str | None = None,
    title_column: str | None = None,
    id_column: str | None = None,
    layers: Iterable[str] | str = ("mentions", "topics"),
    with_text: bool = False,
    gazetteers: Iterable[_Path] | _Path = (),
    model: _Path | None = None,
    anaphors: bool = True,
    any_language: bool = False,
    pipeline: Pipeline | None = None,
    threads: int | None = None,
    segment_rows: int | None = None,
) -> Summary:
    """Reads files, folders and archives and writes tables into the folder ``out``, as ``ressort extract`` does.

    Memory stays bounded, whatever the size of the archive. Ctrl-C finishes what is under way and raises
    ``KeyboardInterrupt``; the same call with ``resume=True`` goes on from there.

    Args:
        paths: Files, folders, archives, patterns.
        out: The folder for the tables.
        formats: Any of parquet, csv, jsonl, arrow, xlsx.
        partition: ``year`` or ``month``: divide documents, mentions and topics by the day of the documents.
        resume: Go on where a run into the same folder was interrupted.
        update: Keep the rows of the last run for inputs that have not changed since.
        split: ``auto``, or ``none``: a page that lists several items stays one document.
        date: Day of documents without one of their own.
        text_column, date_column, title_column, id_column: Columns of tables (CSV, Parquet) that are read.
        layers: What to look for, and what the JSON objects hold: tokens, sentences, mentions, topics, text.
        with_text: Put the text into the JSON objects.
        gazetteers, model, anaphors, any_language: As for :class:`Pipeline`.
        pipeline: A pipeline in place of these four.
        threads: Threads that annotate; one per core if not given.
        segment_rows: Rows after which a stretch of the run is written and safe.

    Raises:
        InputError: Nothing could be read.
        OptionError: A format, layer or other option does not exist.
        OutputError: The folder cannot be written, or there is nothing to go on with.
    """
    given = {"gazetteers": gazetteers != (), "model": model is not None, "anaphors": not anaphors}
    given["any_language"] = any_language
    names = list(layer_names(layers))
    if with_text and "text" not in names:
        names.append("text")
    if pipeline is not None and any(given.values()):
        both = ", ".join(name for name, is_given in given.items() if is_given)
        raise OptionError(f"pipeline and {both}: the pipeline has these of its own; give one of the two")
    settings: dict[str, Any] = {
        "formats": _names(formats),
        "partition": partition,
        "layers": ",".join(names),
        "resume": bool(resume),
        "update": bool(update),
        "split": split,
        "date": date,
        "text_column": text_column,
        "date_column": date_column,
        "title_column": title_column,
        "id_column": id_column,
        "threads": threads,
        "segment_rows": segment_rows,
    }
    if pipeline is None:
        pipeline = _pipeline_for(names, any(given.values()), gazetteers, model, anaphors, any_language)
    inputs = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    target = _paths([out], "out")[0]
    summary = _ressort.extract(pipeline._native, _paths(inputs, "paths"), target, settings)
    for warning in summary.pop("warnings"):
        warnings.warn(warning, RuntimeWarning, stacklevel=2)
    if summary["days"] is not None:
        first, last = summary["days"]
        summary["days"] = (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
    summary["paths"] = tuple(Path(path) for path in summary["paths"])
    summary["messages"] = tuple(summary["messages"])
    return Summary(**summary)


def _pipeline_for(
    names: list[str],
    special: bool,
    gazetteers: Iterable[_Path] | _Path,
    model: _Path | None,
    anaphors: bool,
    any_language: bool,
) -> Pipeline:
    if not special and "mentions" in names and "topics" in names:
        return default()
    return Pipeline(gazetteers, layers=names, model=model, anaphors=anaphors, any_language=any_language)


def _names(formats: Iterable[str] | str) -> list[str]:
    names = formats.split(",") if isinstance(formats, str) else list(formats)
    for name in names:
        if not isinstance(name, str):
            raise OptionError(f"formats: {name!r} is no format: one of parquet, csv, jsonl, arrow, xlsx")
    if not names:
        raise OptionError("formats: give at least one of parquet, csv, jsonl, arrow, xlsx")
    return [name.strip() for name in names]
