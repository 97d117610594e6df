"""The same rows on every way: text, column, polars, spaCy, Spark, and the program."""

from __future__ import annotations

import datetime
import gzip
import json
import os
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest

import ressort

FULL = "RESSORT_FULL" in os.environ


class Text(NamedTuple):
    id: str
    text: str
    date: str | None


def archive(page: Path, program: str) -> list[Text]:
    """The items of the page, as the program divides it, and the page as one text."""
    command = [program, "extract", page, "-o", "-", "--layers", "text", "--quiet"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout.splitlines()
    items = [json.loads(line) for line in lines]
    assert len(items) == 6
    found = [Text(f"item{item['item']}", item["text"], item["date"]) for item in items]
    return [*found, Text("page", page.read_text(encoding="utf-8"), None)]


@cache
def documentation() -> list[Text]:
    """Titles and abstracts of the documentation of the Bundestag."""
    folder = os.environ.get("RESSORT_GOLD")
    if folder is None:
        pytest.skip("RESSORT_GOLD names no folder with dip/dev.jsonl.gz")
    records = lines_of(Path(folder) / "dip" / "dev.jsonl.gz")
    step = 1 if FULL else max(len(records) // 300, 1)
    # Some records stand there twice.
    texts = ("\n".join(filter(None, (record["title"], record["abstract"]))) for record in records)
    found = [Text(f"{row}/{record['id']}", text, record["date"]) for row, (record, text) in enumerate(zip(records, texts, strict=True))]
    return found[::step]


@cache
def papers() -> list[Text]:
    """Printed papers as they come from PDF."""
    file = os.environ.get("RESSORT_CORPUS")
    if file is None:
        pytest.skip("RESSORT_CORPUS names no file with papers (JSON Lines with id, date and text, gzipped)")
    return [Text(record["id"], record["text"], record["date"]) for record in lines_of(Path(file))[:200]]


def lines_of(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


Rows = tuple[list[dict[str, Any]], list[dict[str, Any]]]


def joined(row: dict[str, Any], *columns: str) -> dict[str, Any]:
    return {**row, **{column: "|".join(row[column]) or None for column in columns}}


def records(text: Text, mentions: list[dict[str, Any]], topics: list[dict[str, Any]]) -> Rows:
    """Rows of the tables from what one document holds; it has its text, and no sentence in each mention."""
    listed = ("candidates", "evidence", "flags")
    return (
        [{"doc_id": text.id, "mention": number, **joined(row, *listed)} for number, row in enumerate(mentions)],
        [{"doc_id": text.id, "rank": rank, **joined(row, "terms")} for rank, row in enumerate(topics, 1)],
    )


def from_texts(texts: list[Text], folder: Path, program: str) -> Rows:
    mentions, topics = [], []
    for text in texts:
        document = ressort.annotate(text.text, text.date, id=text.id)
        more = records(text, [row._asdict() for row in document.mentions], [row._asdict() for row in document.topics])
        mentions += more[0]
        topics += more[1]
    return mentions, topics


def from_spacy(texts: list[Text], folder: Path, program: str) -> Rows:
    spacy = pytest.importorskip("spacy") if "RESSORT_REQUIRE_SPACY" not in os.environ else __import__("spacy")
    nlp = spacy.blank("de")
    nlp.max_length = 1 << 30
    nlp.add_pipe("ressort")
    mentions, topics = [], []
    pairs = ((text.text, {"date": text.date}) for text in texts)
    for text, (doc, _) in zip(texts, nlp.pipe(pairs, as_tuples=True), strict=True):
        more = records(text, doc._.ressort_mentions, doc._.ressort_topics)
        mentions += more[0]
        topics += more[1]
        # Entities are these mentions, out to the ends of their tokens.
        by_start = {row["start"]: row for row in more[0]}
        for ent in doc.ents:
            row = by_start[ent._.ressort_start]
            assert (ent.label_, ent.kb_id_ or None, ent._.ressort_holder) == (row["kind"], row["entity"], row["holder"])
            assert ent.start_char <= row["start"] and row["end"] <= ent.end_char and row["surface"] in ent.text
    return mentions, topics


def from_column(texts: list[Text]) -> Rows:
    columns = [text.text for text in texts], [text.date for text in texts], [text.id for text in texts]
    tables = ressort.default().annotate_column(*columns)
    return tables.mentions.to_polars().to_dicts(), tables.topics.to_polars().to_dicts()


def from_polars(texts: list[Text], folder: Path, program: str) -> Rows:
    import ressort.polars

    df = pl.LazyFrame(texts, schema=Text._fields, orient="row", schema_overrides={"date": pl.String})
    column = ressort.polars.RessortExpr(pl.col("text"))
    found = []
    for expression in (column.mentions(date=pl.col("date")), column.topics(date=pl.col("date"))):
        rows = df.select(doc_id="id", row=expression).explode("row").drop_nulls("row").unnest("row").collect()
        if "start" in rows.columns:
            rows = rows.with_columns(mention=pl.int_range(pl.len()).over("doc_id"))
        found.append(rows.to_dicts())
    return found[0], found[1]


def from_spark(texts: list[Text], folder: Path, program: str) -> Rows:
    from spark_sessions import LOCAL, session

    import ressort.spark

    df = session(LOCAL).createDataFrame(texts, "id string, text string, date string").repartition(4)
    order = {text.id: number for number, text in enumerate(texts)}
    found = []
    for table, number in (("mentions", "mention"), ("topics", "rank")):
        frame = ressort.spark.annotate(df, text="text", date="date", id="id", table=table)
        rows = [row.asDict() for row in frame.collect()]
        found.append(sorted(rows, key=lambda row: (order[row["doc_id"]], row[number])))
    return found[0], found[1]


def from_program(texts: list[Text], folder: Path, program: str) -> Rows:
    lines = folder / "texts.jsonl"
    lines.write_text("".join(json.dumps(text._asdict()) + "\n" for text in texts), encoding="utf-8")
    command = [program, "extract", lines, "-o", folder / "out", "--format", "parquet", "--split", "none", "--quiet"]
    subprocess.run(command, check=True)
    made_by = json.loads((folder / "out" / "run.json").read_text(encoding="utf-8"))
    settings = ressort.default().settings
    if (made_by["gazetteers"], made_by["model"]) != (settings["gazetteers"], settings["model"]):
        message = f"{program} has other gazetteers or another model than the package: build both from one source"
        (pytest.fail if "RESSORT_REQUIRE_PROGRAM" in os.environ else pytest.skip)(message)
    mentions, topics = (pl.read_parquet(folder / "out" / f"{name}.parquet") for name in ("mentions", "topics"))
    return mentions.to_dicts(), topics.to_dicts()


WAYS: dict[str, Callable[[list[Text], Path, str], Rows]] = {
    "text": from_texts,
    "polars": from_polars,
    "spacy": from_spacy,
    "spark": from_spark,
    "program": from_program,
}


@cache
def wanted(texts: tuple[Text, ...]) -> Rows:
    return from_column(list(texts))


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("collection", ["archive", "documentation", "papers"])
def test_every_way_gives_the_same_rows(
    collection: str, way: Callable[[list[Text], Path, str], Rows], page: Path, program: str, tmp_path: Path
) -> None:
    texts = {"archive": lambda: archive(page, program), "documentation": documentation, "papers": papers}[collection]()
    found, expected = way(texts, tmp_path, program), wanted(tuple(texts))
    for table, ours, theirs in zip(("mentions", "topics"), found, expected, strict=True):
        assert len(theirs) > 10
        columns = [name for name in theirs[0] if name in ours[0]]
        assert len(columns) >= len(theirs[0]) - 1  # `context` is no part of a document
        for row, other in zip(ours, theirs, strict=False):
            assert [row[name] for name in columns] == [other[name] for name in columns], columns
        assert len(ours) == len(theirs), table


def test_the_page_itself_has_the_mentions_of_its_items(page: Path, program: str, tmp_path: Path) -> None:
    """What the program reads from a page, and what Python finds in the texts that it was divided into."""
    subprocess.run([program, "extract", page, "-o", tmp_path, "--format", "parquet", "--quiet"], check=True)
    theirs = pl.read_parquet(tmp_path / "mentions.parquet").to_dicts()
    ours, _ = from_texts(archive(page, program)[:6], tmp_path, program)
    # A reader knows kicker and headline of an item; a text is a text.
    columns = ["start", "end", "start_byte", "end_byte", "surface", "kind", "entity", "name", "via", "holder", "modifier", "land"]
    assert [[row[name] for name in columns] for row in ours] == [[row[name] for name in columns] for row in theirs]
    assert {row["region"] for row in theirs} == {"kicker", "title", "body"}
    assert isinstance(pl.read_parquet(tmp_path / "documents.parquet")["date"][0], datetime.date)
