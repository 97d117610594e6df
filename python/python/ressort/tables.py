"""Tables of annotations, which every library that speaks Arrow can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._ressort import Arrow

__all__ = ["Table", "Tables"]

_NAMES = ("documents", "mentions", "entities", "topics", "cooccurrences", "counts", "errors")


class Table:
    """One table. It speaks Arrow: ``polars.DataFrame(table)``, ``pyarrow.table(table)``, and DuckDB reads it by its
    name in a query."""

    __slots__ = ("_arrow", "name")

    #: ``documents``, ``mentions`` …
    name: str

    def __init__(self, name: str, arrow: Arrow) -> None:
        self.name = name
        self._arrow = arrow

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """An ``ArrowArrayStream``, by the Arrow PyCapsule interface."""
        return self._arrow.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        """Number of rows."""
        return len(self._arrow)

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return [name for name, _ in self._arrow.columns()]

    def to_polars(self) -> polars.DataFrame:
        """As a frame of polars."""
        import polars

        return polars.DataFrame(self)

    def to_pyarrow(self) -> pyarrow.Table:
        """As a table of pyarrow."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """As a frame of pandas (by way of pyarrow), with days as ``datetime64``."""
        return self.to_pyarrow().to_pandas(date_as_object=False)

    def __repr__(self) -> str:
        columns = ", ".join(f"{name}: {kind}" for name, kind in self._arrow.columns())
        return f"<Table {self.name}: {len(self)} rows; {columns}>"


class Tables:
    """The tables of a run: the rows and columns that the program writes as Parquet files."""

    __slots__ = _NAMES

    #: One row per text.
    documents: Table
    #: One row per mention.
    mentions: Table
    #: One row per entity that is mentioned.
    entities: Table
    #: One row per document and topic.
    topics: Table
    #: One row per pair of entities that stand in one document.
    cooccurrences: Table
    #: One row per entity or topic and month.
    counts: Table
    #: One row per thing that went wrong.
    errors: Table

    def __init__(self, tables: list[tuple[str, Arrow]]) -> None:
        for name, arrow in tables:
            setattr(self, name, Table(name, arrow))

    def __iter__(self) -> Iterator[Table]:
        return (getattr(self, name) for name in _NAMES)

    def to_polars(self) -> dict[str, polars.DataFrame]:
        """All tables by name, as frames of polars."""
        return {table.name: table.to_polars() for table in self}

    def to_pyarrow(self) -> dict[str, pyarrow.Table]:
        """All tables by name, as tables of pyarrow."""
        return {table.name: table.to_pyarrow() for table in self}

    def to_pandas(self) -> dict[str, pandas.DataFrame]:
        """All tables by name, as frames of pandas."""
        return {table.name: table.to_pandas() for table in self}

    def __repr__(self) -> str:
        rows = ", ".join(f"{table.name}: {len(table)}" for table in self)
        return f"<Tables {rows}>"
