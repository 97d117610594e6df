"""Expressions of polars."""

from __future__ import annotations

import datetime
import subprocess
import sys
from typing import Any

import polars as pl
import pytest
import ressort
import ressort.polars as of_polars

DF = pl.DataFrame(
    {
        "text": ["Das BMDS und Bayern.", None, "", "Der Bundesdigitalminister sprach."],
        "day": [datetime.date(2025, 10, 8), None, None, datetime.date(2023, 11, 20)],
    }
)


def ns(column: str) -> of_polars.RessortExpr:
    expressions: of_polars.RessortExpr = pl.col(column).ressort  # type: ignore[attr-defined]
    return expressions


def test_mentions_of_each_text() -> None:
    found = DF.select(found=ns("text").mentions(date=pl.col("day")))["found"]
    assert found.dtype == of_polars.MENTIONS
    assert found.list.len().to_list() == [2, None, 0, 1]
    assert found[3][0]["holder"] == "politician:volker-wissing"


def test_columns_are_those_of_the_tables() -> None:
    tables = ressort.default().annotate_column(DF["text"], DF["day"])
    flat = DF.select(ns("text").mentions(date=pl.col("day")).alias("m")).explode("m").drop_nulls().unnest("m")
    assert flat.equals(tables.mentions.to_polars().drop("doc_id", "mention"))
    texts = pl.DataFrame({"text": ["Die Krankenkassen zahlen für Ärzte, Pflege und Krankenhäuser.", None]})
    topics = texts.select(ns("text").topics())["text"]
    assert topics.dtype == of_polars.TOPICS
    expected = ressort.default().annotate_column(texts["text"]).topics.to_polars().drop("doc_id")
    assert topics[0].struct.unnest().equals(expected) and topics[1] is None


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_lazy_frames(engine: Any) -> None:
    many = pl.concat([DF] * 50)
    lazy = many.lazy().with_columns(found=ns("text").mentions(date=pl.col("day")))
    assert lazy.collect_schema()["found"] == of_polars.MENTIONS
    found = lazy.filter(pl.col("found").list.len() > 0).collect(engine=engine)
    assert found["found"].list.len().to_list() == [2, 1] * 50


def test_one_day_for_all_and_none() -> None:
    holders = [
        DF.select(ns("text").mentions(date=day).list.last().struct.field("holder"))["holder"][-1]
        for day in ("2023-11-20", datetime.date(2025, 10, 8), pl.lit("2023-11-20"))
    ]
    assert holders == ["politician:volker-wissing", "politician:karsten-wildberger", "politician:volker-wissing"]
    assert DF.select(ns("text").mentions().list.len())["text"].to_list() == [2, None, 0, 1]


def test_in_groups() -> None:
    df = pl.DataFrame({"key": [1, 2, 1], "text": ["BMDS", "Bayern", "Hessen und Bayern"]})
    counted = df.group_by("key", maintain_order=True).agg(ns("text").mentions().list.len().sum())
    assert counted["text"].to_list() == [3, 1]


def test_a_pipeline_of_ones_own() -> None:
    pipeline = ressort.Pipeline(layers=["topics"])
    assert DF.select(ns("text").mentions(pipeline=pipeline).list.len())["text"].to_list() == [0, None, 0, 0]


def test_a_name_of_a_column_is_no_day() -> None:
    with pytest.raises(ressort.DateError, match=r"'day' is no date.*pl\.col\('day'\)"):
        ns("text").mentions(date="day")


def test_numbers_are_no_texts() -> None:
    with pytest.raises((pl.exceptions.ComputeError, ressort.InputError), match="holds no texts"):
        pl.DataFrame({"n": [1]}).select(ns("n").mentions())


@pytest.mark.parametrize(
    "order", ["import polars, ressort", "import polars, ressort.polars", "import ressort, polars, ressort.polars"]
)
def test_the_namespace_is_there(order: str) -> None:
    code = f"{order}\nprint(polars.col('a').ressort.topics().meta.root_names())"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "['a']\n"
