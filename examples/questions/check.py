#!/usr/bin/env python3
"""Asks the questions of questions.tsv of three samples and compares the answers with answers.md.

    python3 -m venv venv && venv/bin/pip install duckdb
    venv/bin/python examples/questions/check.py target/debug/ressort [dev.jsonl.gz]

The second argument is the documentation of the Bundestag of 2020; without it, its questions are not asked, loudly.
--write takes the answers over into answers.md; --strict makes a changed answer an error and not only a remark: rules and
gazetteers change answers, a query that fails or finds nothing any more is always an error.
"""
import argparse
import csv
import gzip
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TABLES = ["documents", "mentions", "entities", "topics", "cooccurrences", "counts", "errors"]
SHOWN = 12


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("bundestag", nargs="?")
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--strict", action="store_true")
    given = arguments.parse_args()
    questions = list(csv.DictReader((HERE / "questions.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
    with tempfile.TemporaryDirectory() as folder:
        samples = runs(Path(folder), Path(given.program).resolve(), given.bundestag)
        report = [head()]
        failed = asked = 0
        known = (HERE / "answers.md").read_text(encoding="utf-8") if (HERE / "answers.md").exists() else ""
        changed = []
        for question in questions:
            wanted = question["sample"].split("|")
            missing = [name for name in wanted if name not in samples]
            answers = {}
            for name in wanted:
                if name in missing:
                    print(f"WARNING: {question['id']} is NOT asked of {name}: no such sample here", file=sys.stderr)
                    continue
                try:
                    answers[name] = ask(samples[name], question["query"])
                except duckdb.Error as error:
                    print(f"{question['id']}: the query fails: {error}", file=sys.stderr)
                    continue
                if not answers[name][1]:
                    print(f"{question['id']}: no row is found in {name} any more", file=sys.stderr)
                    del answers[name]
            asked += len(wanted) > len(missing)
            failed += len(answers) + len(missing) < len(wanted)
            text = section(question, answers)
            if missing:
                # Answers that were not asked for stay as they are.
                report.append(section_of(known, question["id"]))
                continue
            report.append(text)
            if text.strip() != section_of(known, question["id"]).strip():
                changed.append(question["id"])
    if given.write:
        (HERE / "answers.md").write_text("\n".join(report), encoding="utf-8")
    elif changed:
        print(f"REMARK: other answers than in answers.md (--write takes them over): {' '.join(changed)}", file=sys.stderr)
        failed += len(changed) if given.strict else 0
    print(f"{asked - failed} passed, {failed} failed, {len(questions) - asked} skipped")
    return 1 if failed else 0


def runs(folder: Path, program: Path, bundestag: str | None) -> dict[str, Path]:
    """Runs the program over the samples, over the archive page twice."""
    inputs = {"archiv": ROOT / "examples" / "archive_page.txt", "meldungen": HERE / "meldungen.jsonl"}
    for name, source in inputs.items():
        shutil.copy(source, folder / source.name)
    if bundestag and Path(bundestag).exists():
        with gzip.open(bundestag) as packed, (folder / "bundestag-2020.jsonl").open("wb") as out:
            shutil.copyfileobj(packed, out)
        inputs["bundestag"] = folder / "bundestag-2020.jsonl"
    else:
        print(f"WARNING: no sample of the Bundestag ({bundestag}); its questions are NOT asked", file=sys.stderr)
    again = {**inputs, "archiv-again": inputs["archiv"]}
    for name, source in again.items():
        subprocess.run([program, "extract", source.name, "-o", name, "--format", "parquet"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    digest = lambda run: [hashlib.sha256((folder / run / f"{table}.parquet").read_bytes()).hexdigest() for table in TABLES]
    assert digest("archiv") == digest("archiv-again"), "the same input gave other tables (Q20)"
    return {name: folder / name for name in inputs}


def ask(run: Path, query: str) -> tuple[list[str], list[tuple]]:
    connection = duckdb.connect()
    for table in TABLES:
        connection.execute(f"CREATE VIEW {table} AS FROM '{run / table}.parquet'")
    connection.execute(f"CREATE VIEW run AS FROM read_json('{run / 'run.json'}')")
    connection.execute(f"CREATE VIEW politicians AS FROM read_csv('{ROOT / 'gazetteers' / 'politicians.tsv'}', delim='\t', header=true, quote='')")
    answer = connection.execute(query)
    return [column[0] for column in answer.description], answer.fetchall()


def head() -> str:
    return (
        "# Answers\n\nWritten by `check.py --write`; the samples are the archive page of `examples/`, the fifteen made-up notes of\n"
        "`meldungen.jsonl`, and the documentation of the Bundestag of January to September 2020 (10,150 records, public\n"
        f"domain). At most {SHOWN} rows are shown.\n"
    )


def section(question: dict[str, str], answers: dict[str, tuple[list[str], list[tuple]]]) -> str:
    cell = lambda value: "" if value is None else " ".join(str(value).split()).replace("|", "\\|")[:120]
    lines = [f"## {question['id']} {question['question']}", "", f"In the report: {question['report']}.", "", "```sql", question["query"], "```"]
    for name, (columns, rows) in answers.items():
        lines += ["", f"Sample: {name}", "", "| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
        lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows[:SHOWN]]
        if len(rows) > SHOWN:
            lines += ["", f"and {len(rows) - SHOWN} more rows"]
    return "\n".join(lines) + "\n"


def section_of(text: str, name: str) -> str:
    start = text.find(f"## {name} ")
    if start < 0:
        return ""
    end = text.find("\n## ", start)
    return text[start:] if end < 0 else text[start : end + 1]


if __name__ == "__main__":
    sys.exit(main())
