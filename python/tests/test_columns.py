"""Columns of every library that speaks Arrow."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import ressort

TEXTS = [
    "Das BMDS lädt ein. 😀 Bayern auch.",
    None,
    "",
    "Der Bundesdigitalminister sprach in Thüringen über Glasfaser, Breitband, Mobilfunk und Netze.",
    "x" * 200 + " BMDS",
]
DAYS = [datetime.date(2025, 10, 8), None, datetime.date(2024, 1, 1), datetime.date(2023, 11, 20), None]


def rows(tables: ressort.Tables) -> dict[str, list[dict[str, Any]]]:
    return {table.name: table.to_pyarrow().to_pylist() for table in tables}


@pytest.fixture(scope="module")
def expected() -> dict[str, list[dict[str, Any]]]:
    return rows(ressort.default().annotate_column(TEXTS, DAYS))


def _duckdb(texts: list[str | None]) -> Any:
    given = pa.table({"text": pa.array(texts, pa.string())})  # noqa: F841 (DuckDB sees it)
    return duckdb.sql("select text from given")


COLUMNS: dict[str, Callable[[list[str | None]], Any]] = {
    "list": list,
    "tuple": tuple,
    "generator": lambda texts: (text for text in texts),
    "polars": pl.Series,
    "polars_chunks": lambda texts: pl.concat(
        [pl.Series(texts[:2], dtype=pl.String), pl.Series(texts[2:])], rechunk=False
    ),
    "polars_sliced": lambda texts: pl.Series(["davor", *texts, "danach"]).slice(1, len(texts)),
    "polars_categories": lambda texts: pl.Series(texts, dtype=pl.Categorical),
    "polars_frame": lambda texts: pl.DataFrame({"text": texts}),
    "pyarrow": lambda texts: pa.array(texts, pa.string()),
    "pyarrow_large": lambda texts: pa.array(texts, pa.large_string()),
    "pyarrow_view": lambda texts: pa.array(texts, pa.string_view()),
    "pyarrow_dictionary": lambda texts: pa.array(texts, pa.string()).dictionary_encode(),
    "pyarrow_chunks": lambda texts: pa.chunked_array([pa.array(texts[:3]), pa.array(texts[3:])]),
    "pyarrow_table": lambda texts: pa.table({"text": texts}),
    "pandas": lambda texts: pd.Series(texts, dtype="str"),
    "pandas_arrow": lambda texts: pd.Series(texts, dtype=pd.ArrowDtype(pa.string())),
    "pandas_object": lambda texts: pd.Series(texts, dtype=object),
    "pandas_categories": lambda texts: pd.Series(texts, dtype="category"),
    "numpy": lambda texts: pd.Series(texts, dtype=object).to_numpy(),
    "duckdb": _duckdb,
}


@pytest.mark.parametrize("make", COLUMNS.values(), ids=COLUMNS.keys())
def test_any_column_gives_the_same_rows(make: Callable[[list[str | None]], Any], expected: dict[str, Any]) -> None:
    assert rows(ressort.default().annotate_column(make(TEXTS), DAYS)) == expected


def test_a_null_keeps_its_row(expected: dict[str, Any]) -> None:
    documents = expected["documents"]
    assert [row["doc_id"] for row in documents] == ["0", "1", "2", "3", "4"]
    assert [row["mentions"] for row in documents] == [2, 0, 0, 2, 1]
    assert [row["date"] for row in documents] == DAYS
    assert documents[1]["chars"] == 0 and documents[1]["duplicate_of"] is None
    assert [row["doc_id"] for row in expected["mentions"]] == ["0", "0", "3", "3", "4"]
    assert expected["mentions"][2]["holder"] == "politician:volker-wissing"


DATES: dict[str, Callable[[list[Any]], Any]] = {
    "text": lambda days: [None if day is None else str(day) for day in days],
    "datetime": lambda days: [
        None if day is None else datetime.datetime(day.year, day.month, day.day, 23, 59) for day in days
    ],
    "polars": pl.Series,
    "polars_text": lambda days: pl.Series([None if day is None else str(day) for day in days]),
    "polars_datetime": lambda days: pl.Series(days).cast(pl.Datetime("ms")),
    "date32": lambda days: pa.array(days, pa.date32()),
    "date64": lambda days: pa.array(days, pa.date64()),
    "seconds": lambda days: pa.array(days, pa.date32()).cast(pa.timestamp("s")),
    "nanoseconds": lambda days: pa.array(days, pa.date32()).cast(pa.timestamp("ns")),
    "view": lambda days: pa.array([None if day is None else f"{day}T12:00:00" for day in days], pa.string_view()),
    "pandas": lambda days: pd.to_datetime(pd.Series(days)),
    "pandas_object": lambda days: pd.Series(days, dtype=object),
    "pandas_list": lambda days: list(pd.to_datetime(pd.Series(days))),
    "numpy": lambda days: pd.to_datetime(pd.Series(days)).to_numpy(),
}


@pytest.mark.parametrize("make", DATES.values(), ids=DATES.keys())
def test_days_come_in_many_forms(make: Callable[[list[Any]], Any], expected: dict[str, Any]) -> None:
    assert rows(ressort.default().annotate_column(TEXTS, make(DAYS))) == expected


def test_a_point_in_time_is_the_day_of_its_zone() -> None:
    late = datetime.datetime(2025, 10, 8, 22, 30, tzinfo=datetime.timezone.utc)
    for zone, day in (("UTC", 8), ("Europe/Berlin", 9), ("+02:00", 9), ("-05:00", 8)):
        dates = pa.array([late], pa.timestamp("us", tz=zone))
        [row] = rows(ressort.default().annotate_column(["Das BMDS."], dates))["documents"]
        assert row["date"] == datetime.date(2025, 10, day)


def test_one_day_for_all() -> None:
    documents = rows(ressort.default().annotate_column(TEXTS, "2025-10-08"))["documents"]
    assert {(row["date"], row["date_source"]) for row in documents} == {(datetime.date(2025, 10, 8), "given")}


def test_ids_and_titles_are_passed_through() -> None:
    texts = ["Das BMDS.", "Bayern.", "Hessen.", "Das BMDS"]
    tables = ressort.default().annotate_column(texts, ids=["a", None, "a", "b"], titles=["T", None, "", "U"])
    documents = rows(tables)["documents"]
    assert [row["doc_id"] for row in documents] == ["a", "1", "a~2", "b"]
    assert [row["title"] for row in documents] == ["T", None, "", "U"]
    numbered = ressort.default().annotate_column(texts, ids=pa.array([7, 8, 9, 10]))
    assert [row["doc_id"] for row in rows(numbered)["mentions"]] == ["7", "8", "9", "10"]


def test_threads_change_nothing() -> None:
    texts = [f"{text} {number}" for number in range(400) for text in TEXTS if text]
    one = rows(ressort.default().annotate_column(texts, threads=1))
    assert one == rows(ressort.default().annotate_column(texts, threads=3))
    assert len(one["documents"]) == len(texts)


def test_no_texts_are_empty_tables_with_their_columns() -> None:
    columns: list[Any] = [[], pl.Series([], dtype=pl.String), pa.array([], pa.string())]
    for nothing in columns:
        tables = ressort.default().annotate_column(nothing)
        assert all(len(table) == 0 for table in tables)
        assert tables.mentions.columns == ressort.default().annotate_column(["BMDS"]).mentions.columns


def test_nulls_alone_are_a_column() -> None:
    for nulls in ([None, None], pa.nulls(2), pl.Series([None, None])):
        assert (
            ressort.default().annotate_column(["BMDS", "Bayern"], nulls).documents.to_polars()["date"].null_count() == 2
        )
        assert len(ressort.default().annotate_column(nulls).documents) == 2


def test_tables_are_read_by_every_library(expected: dict[str, Any]) -> None:
    tables = ressort.default().annotate_column(TEXTS, DAYS)
    mentions = tables.mentions
    assert pl.DataFrame(mentions).to_dicts() == expected["mentions"]
    assert pa.table(mentions).to_pylist() == expected["mentions"]
    assert pa.table(mentions).schema.field("surface").type == pa.large_string()
    assert pa.table(tables.documents).schema.field("date").type == pa.date32()
    counted: Any = duckdb.sql("select count(*) from mentions where entity = 'ministry:bund/digitales'")
    assert counted.fetchall() == [(2,)]
    assert tables.to_pandas()["documents"]["date"].dtype.kind == "M"
    assert tables.to_polars()["mentions"].equals(pl.DataFrame(mentions))
    assert set(tables.to_pyarrow()) == set(expected)
    assert "mentions: 5" in repr(tables) and "surface: string" in repr(mentions)


def test_a_table_can_be_read_again_and_outlives_the_others() -> None:
    mentions = ressort.default().annotate_column(TEXTS).mentions
    first = pa.table(mentions)
    assert first == pa.table(mentions)
    del mentions
    assert first.num_rows == 5
    # A capsule that nobody reads is released.
    ressort.default().annotate_column(TEXTS).mentions.__arrow_c_stream__()


def test_bytes_that_are_no_utf8_are_replaced() -> None:
    broken = pa.array([b"Das BMDS \xff\xfe", b"Bayern"]).view(pa.string())
    rows_ = rows(ressort.default().annotate_column(broken))["mentions"]
    assert [row["surface"] for row in rows_] == ["BMDS", "Bayern"]
