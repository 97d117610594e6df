"""Expressions of polars: ``pl.col("text").ressort.mentions()``, in eager and in lazy frames.

They are there after ``import ressort.polars``, and after ``import ressort`` where polars was imported before it.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from .pipeline import DateLike, Pipeline, default

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MENTIONS", "TOPICS", "RessortExpr"]

#: Type of :meth:`RessortExpr.mentions`: for each text a list of mentions, with the columns of the table ``mentions``.
MENTIONS = pl.List(
    pl.Struct(
        {
            "start": pl.UInt32,
            "end": pl.UInt32,
            "start_byte": pl.UInt32,
            "end_byte": pl.UInt32,
            "sentence": pl.UInt32,
            "surface": pl.String,
            "kind": pl.String,
            "entity": pl.String,
            "name": pl.String,
            "via": pl.String,
            "holder": pl.String,
            "modifier": pl.String,
            "land": pl.String,
            "region": pl.String,
            "confidence": pl.Float64,
            "context": pl.String,
            "candidates": pl.String,
            "evidence": pl.String,
            "flags": pl.String,
        }
    )
)

#: Type of :meth:`RessortExpr.topics`: for each text a list of topics, with the columns of the table ``topics``.
TOPICS = pl.List(
    pl.Struct(
        {
            "topic": pl.String,
            "label": pl.String,
            "score": pl.Float64,
            "rank": pl.UInt32,
            "terms": pl.String,
        }
    )
)


@pl.api.register_expr_namespace("ressort")
class RessortExpr:
    """What ressort does with a column of texts."""

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def mentions(self, date: pl.Expr | DateLike | None = None, *, pipeline: Pipeline | None = None) -> pl.Expr:
        """The mentions of each text, as a list of structs (:data:`MENTIONS`); null where the text is null.

        >>> import polars as pl, ressort.polars
        >>> df = pl.DataFrame({"text": ["Das BMDS lädt ein."], "day": [None]})
        >>> found = df.select(pl.col("text").ressort.mentions(date=pl.col("day")).explode().struct.field("entity"))
        >>> found.item()
        'ministry:bund/digitales'

        Args:
            date: An expression with the day of each text, or one day for all.
            pipeline: A pipeline in place of the built-in one.
        """
        return _lists(self._expr, date, pipeline, topics=False)

    def topics(self, date: pl.Expr | DateLike | None = None, *, pipeline: Pipeline | None = None) -> pl.Expr:
        """The topics of each text, as a list of structs (:data:`TOPICS`); null where the text is null."""
        return _lists(self._expr, date, pipeline, topics=True)


def _lists(expr: pl.Expr, date: pl.Expr | DateLike | None, pipeline: Pipeline | None, *, topics: bool) -> pl.Expr:
    dtype = TOPICS if topics else MENTIONS

    def of(texts: pl.Series, dates: Any) -> pl.Series:
        native = (pipeline or default())._native
        return pl.Series(texts.name, native.lists(texts, dates, topics))

    if not isinstance(date, pl.Expr):
        # Now, and not when the query runs.
        day = None if date is None else _day(date)
        return expr.map_batches(lambda texts: of(texts, day), return_dtype=dtype, is_elementwise=True)

    def of_both(columns: Sequence[pl.Series]) -> pl.Series:
        texts, dates = columns
        if len(dates) == 1 and len(texts) != 1:
            dates = dates.new_from_index(0, len(texts))
        return of(texts, dates)

    return pl.map_batches([expr, date], of_both, return_dtype=dtype, is_elementwise=True)


def _day(date: DateLike) -> datetime.date | None:
    from . import _ressort
    from .errors import DateError

    try:
        day = _ressort.day(date)
    except DateError as error:
        raise DateError(
            f"{error}; for a column write pl.col({date!r})" if isinstance(date, str) else str(error)
        ) from None
    return None if day is None else datetime.date.fromisoformat(day)
