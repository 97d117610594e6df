"""Frames of the caller's own library, by way of narwhals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import InputError
from .pipeline import DateLike, Pipeline, default
from .tables import Table

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame

__all__ = ["Frames", "annotate_frame"]


class Frames(NamedTuple):
    """The tables of a run as frames of one library; see :class:`ressort.Tables`."""

    documents: Any
    mentions: Any
    entities: Any
    topics: Any
    cooccurrences: Any
    counts: Any
    errors: Any


def annotate_frame(
    df: IntoFrame,
    *,
    text: str,
    date: str | DateLike | None = None,
    id: str | None = None,
    title: str | None = None,
    pipeline: Pipeline | None = None,
    threads: int | None = None,
) -> Frames:
    """Finds what is in a column of a frame; the tables are frames of the same library (a lazy frame is collected).

    >>> import polars, ressort
    >>> df = polars.DataFrame({"text": ["Das BMDS lädt ein."], "day": ["2025-10-08"]})
    >>> ressort.annotate_frame(df, text="text", date="day").mentions["entity"].to_list()
    ['ministry:bund/digitales']

    Args:
        df: A frame of polars, pandas, pyarrow, Modin, cuDF, or a relation of DuckDB (which gives tables of pyarrow).
        text: The column with the texts.
        date: The column with their days, or one day for all (``"2025-10-08"`` or a date).
        id: The column with identifiers, for ``doc_id``; the number of the row where there is none.
        title: The column with headlines.
        pipeline: A pipeline in place of the built-in one.
        threads: How many threads work; one per core if not given.

    Raises:
        InputError: That is no frame, or a column does not exist.
        DateError: A date is none; ``row`` says which.
    """
    import narwhals.stable.v2 as nw

    try:
        frame = nw.from_native(df)
    except TypeError as error:
        kind = type(df).__name__
        raise InputError(f"df: {kind} is no frame; give one of polars, pandas, pyarrow or DuckDB") from error
    known = frame.collect_schema().names()

    def checked(column: str, what: str) -> str:
        if column in known:
            return column
        raise InputError(f"{what}: there is no column {column!r}; the frame has {', '.join(map(repr, known))}")

    columns = {"texts": checked(text, "text")}
    dates: Any = None
    if isinstance(date, str) and (date in known or not date[:1].isdigit()):
        columns["dates"] = checked(date, "date")
    else:
        dates = date
    if id is not None:
        columns["ids"] = checked(id, "id")
    if title is not None:
        columns["titles"] = checked(title, "title")
    chosen = frame.select(*(nw.col(column) for column in dict.fromkeys(columns.values())))
    eager = chosen.collect() if isinstance(chosen, nw.LazyFrame) else chosen
    parts = {name: eager.get_column(column).to_native() for name, column in columns.items()}
    tables = (pipeline or default()).annotate_column(
        parts["texts"],
        parts.get("dates", dates),
        parts.get("ids"),
        titles=parts.get("titles"),
        threads=threads,
    )
    backend = eager.implementation

    def native(table: Table) -> Any:
        if backend is nw.Implementation.PANDAS:
            return table.to_pandas()
        return nw.from_arrow(table, backend=backend).to_native()

    return Frames(*(native(table) for table in tables))
