"""The examples run, and say what they should."""

from __future__ import annotations

import datetime
import json
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
import ressort

EXAMPLES = Path(__file__).parents[1] / "examples"
SAMPLES = EXAMPLES.parents[1] / "examples"


def run(name: str, folder: Path, *arguments: str | Path) -> str:
    command = [sys.executable, EXAMPLES / name, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_archive_to_chart(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    out = run("archive_to_chart.py", tmp_path)
    assert out.startswith("21 documents, ") and "2025-10-01" in out
    chart = (tmp_path / "out" / "mentions.svg").read_text(encoding="utf-8")
    assert chart.rstrip().endswith("</svg>") and "Bundesministerium für Digitales" in chart
    # An archive of one's own.
    page = tmp_path / "archive" / "page.txt"
    page.parent.mkdir()
    page.write_text((SAMPLES / "archive_page.txt").read_text(encoding="utf-8"), encoding="utf-8")
    assert run("archive_to_chart.py", tmp_path, page.parent, tmp_path / "other").startswith("6 documents, ")
    assert (tmp_path / "other" / "mentions.svg").exists()


def test_polars_pipeline(tmp_path: Path) -> None:
    out = run("polars_pipeline.py", tmp_path)
    found = pl.read_parquet(tmp_path / "mentions.parquet")
    summary = ressort.extract(SAMPLES / "questions/meldungen.jsonl", tmp_path / "out", formats="parquet", split="none")
    assert len(found) == summary.mentions and f"{len(found)} mentions" in out
    assert re.search(r"2025-06 +┆ office:bund/digitales +┆ politician:karsten-wildberger", out)
    table = tmp_path / "texts.parquet"
    pl.DataFrame({"id": ["a"], "date": ["2023-11-20"], "text": ["Der Bundesdigitalminister."]}).write_parquet(table)
    assert "politician:volker-wissing" in run("polars_pipeline.py", tmp_path, table, "one.parquet")


@pytest.mark.slow
def test_spark_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from spark_sessions import LOCAL, session

    # In this process: starting Java takes longer than the job.
    session(LOCAL)
    lines = (SAMPLES / "questions/meldungen.jsonl").read_text(encoding="utf-8")
    texts = tmp_path / "texts.jsonl"
    texts.write_text(
        lines + json.dumps({"id": "wrong", "text": "Das BMDS.", "date": "gestern"}) + "\n", encoding="utf-8"
    )
    monkeypatch.setattr(sys, "argv", ["spark_job.py", str(texts), str(tmp_path / "out")])
    runpy.run_path(str(EXAMPLES / "spark_job.py"), run_name="__main__")
    assert "ministry:bund/digitales" in capsys.readouterr().out
    # Read back by another engine: the rows of a single process.
    mentions = pl.read_parquet(f"{tmp_path}/out/mentions/**/*.parquet", hive_partitioning=True).sort(
        "doc_id", "mention"
    )
    records = [json.loads(line) for line in lines.splitlines()] + [{"id": "wrong", "text": "Das BMDS.", "date": None}]
    tables = ressort.default().annotate_column(*([record[key] for record in records] for key in ("text", "date", "id")))
    expected = tables.mentions.to_polars().sort("doc_id", "mention")
    assert mentions.select(expected.columns).to_dicts() == expected.to_dicts()
    assert (tmp_path / "out/mentions/month=2025-10").is_dir()
    assert len(pl.read_parquet(f"{tmp_path}/out/topics/*.parquet")) == len(tables.topics)


def queries() -> dict[str, str]:
    """The queries by their names; the views stand before the first."""
    parts = re.split(r"^-- (\w+): ", (EXAMPLES / "duckdb_queries.sql").read_text(encoding="utf-8"), flags=re.MULTILINE)
    named = dict(zip(parts[1::2], parts[2::2], strict=True))
    return {"views": parts[0], **{name: "-- " + query for name, query in named.items()}}


@pytest.fixture(scope="module")
def run_tables(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("run")
    towns = folder / "orte.txt"
    towns.write_text("Der Bürgermeister von Geislingen lud ein.\n", encoding="utf-8")  # there are two
    inputs = [SAMPLES / "archive_page.txt", SAMPLES / "questions/meldungen.jsonl", towns]
    ressort.extract(inputs, folder / "tables", formats="parquet")
    connection = duckdb.connect()
    connection.execute(f"SET file_search_path = '{folder}/tables'")
    connection.execute(queries()["views"])
    return connection


D = datetime.date
WISSING, WILDBERGER = "Volker Wissing", "Karsten Wildberger"

#: For each query a row that its answer must have, by what the texts say.
ANSWERS: dict[str, dict[str, Any]] = {
    "top_by_month": {
        "month": D(2025, 10, 1),
        "name": "Bundesministerium für Digitales und Staatsmodernisierung",
        "documents": 3,
    },
    "holders_by_date": {"holder": WISSING, "first_day": D(2024, 3, 12), "last_day": D(2024, 3, 12)},
    "persons": {"name": "Winfried Kretschmann", "by_name": 1, "by_office": 1},
    "topics_by_land": {"land": "TH", "documents": 4, "topic": "Verwaltungsdigitalisierung & Online-Dienste (OZG)"},
    "together": {"name_a": "Bitkom", "name_b": "Deutschland-Stack", "documents": 2, "sentences": 1},
    "in_context": {"surface": "BMDS", "after_it": " übernimmt vom BMI die Verwaltungsdigita"},
    "by_quarter": {"quarter": D(2025, 1, 1), "documents": 2, "with_it": 2, "share": 1.0},
    "open": {"surface": "Geislingen", "candidates": ["municipality:08117024", "municipality:08417022"], "mentions": 1},
}


@pytest.mark.parametrize("name", [name for name in queries() if name != "views"])
def test_queries_of_duckdb(name: str, run_tables: duckdb.DuckDBPyConnection) -> None:
    result = run_tables.execute(queries()[name])
    columns = [column[0] for column in result.description]
    rows = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
    assert rows
    answer = ANSWERS[name]
    assert set(answer) <= set(columns)
    matching = [row for row in rows if answer.items() <= row.items()]
    assert matching, "\n".join(map(str, rows))
