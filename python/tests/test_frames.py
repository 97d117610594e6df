"""Frames of the caller's own library."""

from __future__ import annotations

import datetime
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import ressort

DATA = {
    "text": ["Das BMDS lädt ein.", None, "Der Bundesdigitalminister sprach."],
    "day": [datetime.date(2025, 10, 8), None, datetime.date(2023, 11, 20)],
    "key": ["a", "b", "c"],
    "head": ["Einladung", None, "Rede"],
}


@pytest.mark.parametrize(
    ("df", "kind"),
    [
        (pl.DataFrame(DATA), pl.DataFrame),
        (pl.LazyFrame(DATA), pl.DataFrame),
        (pd.DataFrame(DATA), pd.DataFrame),
        (pa.table(DATA), pa.Table),
    ],
    ids=["polars", "polars_lazy", "pandas", "pyarrow"],
)
def test_frames_of_the_same_library_come_back(df: Any, kind: type) -> None:
    frames = ressort.annotate_frame(df, text="text", date="day", id="key", title="head")
    assert all(isinstance(frame, kind) for frame in frames)
    documents, mentions = (pl.DataFrame(frame) for frame in (frames.documents, frames.mentions))
    assert documents["doc_id"].to_list() == ["a", "b", "c"]
    assert documents["title"].to_list() == ["Einladung", None, "Rede"]
    assert documents["date"].cast(pl.Date).to_list() == DATA["day"]
    assert mentions["doc_id"].to_list() == ["a", "c"]
    assert mentions["holder"].to_list() == [None, "politician:volker-wissing"]


def test_a_relation_of_duckdb_gives_tables_of_pyarrow() -> None:
    given = pa.table(DATA)  # noqa: F841 (DuckDB sees it)
    relation: Any = duckdb.sql("select text, day from given")
    assert ressort.annotate_frame(relation, text="text", date="day").mentions.num_rows == 2


def test_one_day_and_a_column_with_a_name_like_one() -> None:
    df = pl.DataFrame({"text": ["Das BMDS."], "2025-10-08": ["2024-01-01"]})
    assert ressort.annotate_frame(df, text="text", date="2025-10-08").documents["date"].item() == datetime.date(
        2024, 1, 1
    )
    day = datetime.date(2025, 10, 8)
    for date in (day, "2025-10-08"):
        assert ressort.annotate_frame(df.select("text"), text="text", date=date).documents["date"].item() == day


def test_the_same_column_twice() -> None:
    df = pl.DataFrame({"text": ["BMDS", "Bayern"]})
    assert ressort.annotate_frame(df, text="text", id="text").documents["doc_id"].to_list() == ["BMDS", "Bayern"]


def test_a_pipeline_of_ones_own() -> None:
    pipeline = ressort.Pipeline(layers=["topics"])
    assert ressort.annotate_frame(pl.DataFrame(DATA), text="text", pipeline=pipeline).mentions.is_empty()


@pytest.mark.parametrize("options", [{"text": "txt"}, {"text": "text", "date": "tag"}, {"text": "text", "id": "nr"}])
def test_a_column_that_does_not_exist(options: Any) -> None:
    with pytest.raises(ressort.InputError, match=r"there is no column .*; the frame has 'text', 'day'"):
        ressort.annotate_frame(pl.DataFrame(DATA), **options)


def test_what_is_no_frame() -> None:
    with pytest.raises(ressort.InputError, match="dict is no frame"):
        ressort.annotate_frame(DATA, text="text")  # type: ignore[arg-type]
