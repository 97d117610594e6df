"""spaCy and Spark give the rows of a column, which are those of the program (`test_rows.py`)."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import ressort
import test_rows

#: Every which record of the documentation of the Bundestag is taken.
STEP = 1 if "RESSORT_FULL" in os.environ else 34

Record = dict[str, Any]
Rows = tuple[list[Record], list[Record]]


def records(collection: Callable[[], list[Record]], step: int) -> list[Record]:
    """Texts with days and identifiers of their own: some stand in the collection twice."""
    return [
        {
            "id": f"{number}",
            "text": record.get("text") or f"{record.get('title')}\n{record['abstract']}",
            "date": record["date"][:10] if record.get("date") else None,
        }
        for number, record in enumerate(collection()[::step])
    ]


def of_column(texts: list[Record]) -> Rows:
    df = pl.DataFrame(texts, schema={"id": pl.String, "text": pl.String, "date": pl.String})
    tables = ressort.default().annotate_column(df["text"], df["date"], df["id"])
    return tables.mentions.to_polars().to_dicts(), tables.topics.to_polars().to_dicts()


def of_spacy(texts: list[Record]) -> Rows:
    if "RESSORT_REQUIRE_SPACY" not in os.environ:
        pytest.importorskip("spacy")
    import spacy

    nlp = spacy.blank("de")
    nlp.add_pipe("ressort")
    mentions, topics = [], []
    pairs = ((record["text"], {"date": record["date"]}) for record in texts)
    for record, (doc, _) in zip(texts, nlp.pipe(pairs, as_tuples=True), strict=True):
        rows = [joined(row, "candidates", "evidence", "flags") for row in doc._.ressort_mentions]
        mentions += [{"doc_id": record["id"], "mention": number, **row} for number, row in enumerate(rows)]
        rows_ = [joined(row, "terms") for row in doc._.ressort_topics]
        topics += [{"doc_id": record["id"], "rank": rank, **row} for rank, row in enumerate(rows_, 1)]
        # Entities are these mentions, out to the ends of their tokens.
        by_start = {row["start"]: row for row in rows}
        for ent in doc.ents:
            row = by_start[ent._.ressort_start]
            assert (ent.label_, ent.kb_id_ or None, ent._.ressort_holder) == (row["kind"], row["entity"], row["holder"])
            assert ent.start_char <= row["start"] and row["end"] <= ent.end_char and row["surface"] in ent.text
    return mentions, topics


def joined(row: Record, *columns: str) -> Record:
    return {**row, **{column: "|".join(row[column]) or None for column in columns}}


def of_spark(texts: list[Record]) -> Rows:
    if "RESSORT_REQUIRE_SPARK" not in os.environ:
        pytest.importorskip("pyspark")
    import ressort.spark
    from spark_sessions import LOCAL, session

    values = [(record["id"], record["text"], record["date"]) for record in texts]
    df = session(LOCAL).createDataFrame(values, "id string, text string, date string").repartition(4)
    found = []
    for table, number in (("mentions", "mention"), ("topics", "rank")):
        frame = ressort.spark.annotate(df, text="text", date="date", id="id", table=table)
        rows = [row.asDict() for row in frame.collect()]
        found.append(sorted(rows, key=lambda row: (int(row["doc_id"]), row[number])))
    return found[0], found[1]


COLLECTIONS = {"page": (test_rows.page, 1), "dip": (test_rows.dip, STEP), "papers": (test_rows.papers, 1)}


@pytest.mark.slow
@pytest.mark.parametrize("of", [of_spacy, of_spark], ids=["spacy", "spark"])
@pytest.mark.parametrize("name", COLLECTIONS)
def test_rows_are_those_of_a_column(name: str, of: Callable[[list[Record]], Rows]) -> None:
    texts = records(*COLLECTIONS[name])
    for ours, theirs in zip(of(texts), of_column(texts), strict=True):
        assert len(theirs) > 10
        columns = [column for column in theirs[0] if column in ours[0]]
        assert len(columns) >= len(theirs[0]) - 1  # the sentence of a mention is no part of spaCy's
        for row, other in zip(ours, theirs, strict=False):
            assert [row[column] for column in columns] == [other[column] for column in columns], columns
        assert len(ours) == len(theirs)


def test_a_page_has_the_mentions_of_its_items(page: Path, program: str, tmp_path: Path) -> None:
    """What the program reads from a page, and what Python finds in the texts that it was divided into."""
    command: list[str | Path] = [program, "extract", page, "--quiet"]
    texts = subprocess.run([*command, "--layers", "text"], check=True, capture_output=True, encoding="utf-8").stdout
    lines = texts.splitlines()
    subprocess.run([*command, "-o", tmp_path, "--format", "parquet"], check=True)
    theirs = pl.read_parquet(tmp_path / "mentions.parquet")
    items = [json.loads(line) for line in lines]
    assert len(items) == 6
    ours = of_column([{"id": item["id"], "text": item["text"], "date": item["date"]} for item in items])[0]
    # A reader knows kicker and headline of an item; a text is a text.
    columns = ["doc_id", "mention", "start", "end", "start_byte", "end_byte", "surface", "kind", "entity", "name"]
    columns += ["via", "holder", "modifier", "land"]
    assert [[row[name] for name in columns] for row in ours] == [list(row) for row in theirs.select(columns).rows()]
    assert {*theirs["region"]} == {"kicker", "title", "body"}
