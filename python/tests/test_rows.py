"""The same texts give the same rows: by the program, one by one, as a column, in polars."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import ressort
import ressort.polars as of_polars

ROOT = Path(__file__).parents[2]
Record = dict[str, Any]


def _lines(path: Path, most: int) -> list[Record]:
    open_ = gzip.open if path.suffix == ".gz" else open
    with open_(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for _, line in zip(range(most), lines, strict=False)]


def _shared(variable: str, folder: str, file: str, most: int) -> list[Record]:
    path = Path(os.environ.get(variable, ROOT.parent / "shared" / folder)) / file
    if not path.exists():
        if f"RESSORT_REQUIRE_{folder.upper()}" in os.environ:
            pytest.fail(f"there is no {path}")
        pytest.skip(f"there is no {path}")
    return _lines(path, most)


def page() -> list[Record]:
    text = (ROOT / "examples" / "archive_page.txt").read_text(encoding="utf-8")
    return [{"text": text, "date": "2025-10-09"}, {"text": text}, *({"text": part} for part in text.split("\n\n"))]


def dip() -> list[Record]:
    return _shared("RESSORT_GOLD", "gold", "dip/dev.jsonl.gz", 100_000)


def papers() -> list[Record]:
    return _shared("RESSORT_CORPUS", "corpus", "drucksachen_21.jsonl.gz", 200)


FIELDS = [name for name in ressort.Mention._fields if name not in ("candidates", "evidence", "flags")]


@pytest.mark.parametrize("read", [page, dip, papers])
def test_rows_are_the_same(read: Any, program: str, tmp_path: Path) -> None:
    records = [
        {"id": str(number), "text": record.get("text") or f"{record.get('title')}\n{record['abstract']}"}
        | ({"date": record["date"][:10]} if record.get("date") else {})
        for number, record in enumerate(read())
    ]
    assert records
    lines = tmp_path / "texts.jsonl"
    lines.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    command: list[str | Path] = [program, "extract", lines, "-o", tmp_path / "out", "--format", "parquet", "--quiet"]
    assert subprocess.run(command, check=False).returncode in (0, 1)
    expected = {
        name: pl.read_parquet(tmp_path / "out" / f"{name}.parquet") for name in ("mentions", "topics", "documents")
    }
    # Polars writes texts as categories or as texts; the values are the same.
    expected = {name: frame.cast({pl.Categorical: pl.String}) for name, frame in expected.items()}

    df = pl.DataFrame(records, schema={"id": pl.String, "text": pl.String, "date": pl.String})
    tables = ressort.default().annotate_column(df["text"], df["date"], df["id"])
    assert tables.mentions.to_polars().equals(expected["mentions"])
    assert tables.topics.to_polars().equals(expected["topics"])
    assert tables.documents.to_polars().drop("source").equals(expected["documents"].drop("source"))

    by_document = expected["mentions"].partition_by("doc_id", as_dict=True)
    topics = expected["topics"].partition_by("doc_id", as_dict=True)
    for record in records:
        single = ressort.annotate(record["text"], date=record.get("date"))
        rows = by_document[(record["id"],)].select(FIELDS).rows() if (record["id"],) in by_document else []
        assert [tuple(getattr(mention, name) for name in FIELDS) for mention in single.mentions] == rows
        more = by_document[(record["id"],)].select("candidates", "evidence", "flags").rows() if rows else []
        joined = [
            ("|".join(m.candidates) or None, "|".join(m.evidence) or None, "|".join(m.flags) or None)
            for m in single.mentions
        ]
        assert joined == more
        found = topics[(record["id"],)].select("topic", "label", "score").rows() if (record["id"],) in topics else []
        assert [topic[:3] for topic in single.topics] == found

    lazy = df.lazy().select("id", m=of_polars.RessortExpr(pl.col("text")).mentions(date=pl.col("date")))
    flat = lazy.explode("m", empty_as_null=False).unnest("m").collect()
    assert flat.equals(expected["mentions"].drop("mention").rename({"doc_id": "id"}))
