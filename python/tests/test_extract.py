"""What `ressort.extract` writes is what the program writes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import ressort


def files(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and ".ressort" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths if path.name != "run.json"}


def run(program: str, *arguments: str | Path) -> None:
    subprocess.run([program, "extract", *arguments, "--quiet"], check=True)


def test_the_same_bytes_as_the_program(program: str, page: Path, tmp_path: Path) -> None:
    summary = ressort.extract(page, tmp_path / "ours", formats=["parquet", "csv", "jsonl", "arrow"])
    run(program, page, "-o", tmp_path / "theirs", "--format", "parquet,csv,jsonl,arrow")
    ours, theirs = files(tmp_path / "ours"), files(tmp_path / "theirs")
    assert ours.keys() == theirs.keys() and len(ours) > 20
    assert [name for name in ours if ours[name] != theirs[name]] == []
    assert (summary.documents, summary.failures) == (6, 0)
    assert summary.mentions == pq.read_table(tmp_path / "ours" / "mentions.parquet").num_rows
    assert all(path.exists() for path in summary.paths)
    assert "6 documents" in str(summary) and summary.to_dict()["documents"] == 6
    run_ = json.loads((tmp_path / "ours" / "run.json").read_text())
    assert run_["counts"] == json.loads((tmp_path / "theirs" / "run.json").read_text())["counts"]


def test_options_are_those_of_the_program(program: str, page: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("id\tkind\tname\nbody:amt-x\tbody\tZentralamt für Quatsch\n")
    table = tmp_path / "texte.csv"
    table.write_text("nr,inhalt,tag\nx,Das Zentralamt für Quatsch und der Freistaat Bayern.,2025-10-08\n")
    ressort.extract(
        [page, table],
        tmp_path / "ours",
        formats="csv,jsonl",
        partition="year",
        split="none",
        date="2024-02-03",
        text_column="inhalt",
        date_column="tag",
        id_column="nr",
        layers=["tokens", "mentions"],
        with_text=True,
        gazetteers=[own],
        anaphors=False,
        any_language=True,
        threads=1,
    )
    options = (
        "--format csv,jsonl --partition year --split none --date 2024-02-03 --text-column inhalt --date-column tag"
    )
    more = "--id-column nr --layers tokens,mentions --with-text --no-anaphors --any-language --threads 2 --gazetteer"
    run(program, page, table, "-o", tmp_path / "theirs", *options.split(), *more.split(), own)
    assert files(tmp_path / "ours") == files(tmp_path / "theirs")


def test_what_went_wrong_is_told(tmp_path: Path) -> None:
    lines = tmp_path / "texte.jsonl"
    lines.write_text('{"text":"Das BMDS."}\nkaputt\n')
    summary = ressort.extract(lines, tmp_path / "out", formats="parquet")
    assert (summary.documents, summary.failures) == (1, 1)
    assert "texte.jsonl" in summary.messages[0] and "1 things went wrong" in str(summary)
    assert pq.read_table(tmp_path / "out" / "errors.parquet").num_rows == 1


def test_a_column_gives_the_rows_of_the_files(page: Path, tmp_path: Path) -> None:
    lines = tmp_path / "texte.jsonl"
    texts = page.read_text().split("\n\n")
    records = [{"id": f"t{number % 7}", "text": text, "date": "2025-10-08"} for number, text in enumerate(texts)]
    lines.write_text("".join(json.dumps(record) + "\n" for record in records))
    ressort.extract(lines, tmp_path / "out", formats="parquet")
    tables = ressort.default().annotate_column(texts, ["2025-10-08"] * len(texts), [record["id"] for record in records])
    for table in tables:
        if table.name == "errors":
            continue  # notes about empty documents are those of a reader
        theirs = pq.read_table(tmp_path / "out" / f"{table.name}.parquet")
        ours = table.to_pyarrow()
        assert ours.schema.names == theirs.schema.names
        if table.name == "documents":
            ours, theirs = ours.drop_columns(["source"]), theirs.drop_columns(["source"])
        assert ours.to_pylist() == theirs.to_pylist(), table.name


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name == "nt", reason="signals of Unix")
def test_an_interrupt_is_heard_and_the_run_goes_on(page: Path, tmp_path: Path) -> None:
    text = page.read_text()
    lines = tmp_path / "texte.jsonl"
    with lines.open("w") as out:
        for number in range(6000):
            out.write(json.dumps({"id": str(number), "text": f"{number} {text}"}) + "\n")
    target = tmp_path / "out"
    code = f"""
import ressort
ressort.default()
print('begin', flush=True)
try:
    ressort.extract({str(lines)!r}, {str(target)!r}, formats='parquet', threads=1, segment_rows=20000)
except KeyboardInterrupt:
    print('interrupted')
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "begin\n"
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    assert process.communicate(timeout=60)[0] == "interrupted\n"
    assert time.monotonic() - began < 20
    assert not (target / "mentions.parquet").exists()
    summary = ressort.extract(lines, target, formats="parquet", segment_rows=20000, resume=True)
    assert summary.documents == 6000
    ressort.extract(lines, tmp_path / "whole", formats="parquet", segment_rows=20000)
    assert files(target) == files(tmp_path / "whole")


def test_there_is_nothing_to_resume_with_other_settings(page: Path, tmp_path: Path) -> None:
    ressort.extract(page, tmp_path, formats="parquet")
    with pytest.warns(RuntimeWarning, match="the rows of the last run cannot be used"):
        ressort.extract(page, tmp_path, formats="parquet", split="none", update=True)
