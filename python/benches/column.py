"""Throughput from a polars column to Arrow tables, beside the library's own, and beside spaCy's EntityRuler.

    python benches/column.py CORPUS.jsonl.gz [--library ../target/release/examples/column] [--ruler]

The library's own speed is that of `cargo run --release --example column`, which annotates the same texts and gathers
the same tables without Python. Both run side by side, in turns, on all cores; the best of five turns counts, in
processor time and in wall time. The EntityRuler gets all names of the gazetteers and the first of the texts; beside it
stands a pipeline that looks for names alone, as it does, and the one with all layers.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import subprocess
import time
from pathlib import Path

import polars as pl
import ressort

TURNS = 5
GAZETTEERS = Path(__file__).parents[2] / "gazetteers"


def records(path: Path, most: int) -> list[dict[str, str]]:
    with gzip.open(path, "rt") as lines:
        return [json.loads(line) for _, line in zip(range(most), lines, strict=False)]


def text_of(record: dict[str, str]) -> str:
    return record.get("text") or f"{record.get('title', '')}\n{record.get('abstract', '')}"


def measure(work: object) -> tuple[float, float]:
    began, wall = os.times(), time.perf_counter()
    work()  # type: ignore[operator]
    ended = os.times()
    return ended.user + ended.system - began.user - began.system, time.perf_counter() - wall


def ruler_seconds(texts: list[str]) -> float:
    import spacy

    patterns: dict[str, str] = {}
    for file in sorted(GAZETTEERS.glob("*.tsv")):
        with file.open() as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                kind = (row.get("id") or "").partition(":")[0]
                for column in ("name", "full", "short", "abbr"):
                    if kind and row.get(column):
                        patterns.update((name, kind) for name in row[column].split("|") if name)
    nlp = spacy.blank("de")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": kind, "pattern": name} for name, kind in patterns.items()])
    print(f"EntityRuler: {len(patterns)} names")
    began = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--texts", type=int, default=4000)
    parser.add_argument("--library", type=Path, help="the built example 'column'")
    parser.add_argument("--ruler", action="store_true", help="compare with spaCy's EntityRuler")
    options = parser.parse_args()
    found = records(options.corpus, options.texts)
    texts = [text_of(record) for record in found]
    column = pl.Series("text", texts)
    dates = pl.Series("date", [record.get("date") for record in found])
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    pipeline = ressort.default()
    print(f"{len(texts)} texts, {megabytes:.1f} MB, {os.cpu_count()} cores")

    ours: list[tuple[float, float]] = []
    theirs: list[tuple[float, float]] = []
    file = Path("column-texts.jsonl")
    if options.library:
        with file.open("w") as out:
            out.writelines(
                json.dumps({"text": text, "date": record.get("date")}) + "\n"
                for text, record in zip(texts, found, strict=True)
            )

    def annotate(pipeline: ressort.Pipeline) -> tuple[float, float]:
        return measure(lambda: [pl.DataFrame(table) for table in pipeline.annotate_column(column, dates)])

    pipeline.annotate_column(column[:200], dates[:200])
    for _ in range(TURNS):
        ours.append(annotate(pipeline))
        if options.library:
            done = subprocess.run([options.library, file], capture_output=True, text=True, check=True)
            cpu, wall = map(float, done.stdout.split())
            theirs.append((cpu, wall))
    if options.library:
        file.unlink()
    (cpu, _), (_, wall) = min(ours), min(ours, key=lambda turn: turn[1])
    print(f"polars column -> tables: {megabytes / wall:.1f} MB/s wall, {megabytes / cpu:.1f} MB/s per core")
    if theirs:
        (own_cpu, _), (_, own_wall) = min(theirs), min(theirs, key=lambda turn: turn[1])
        print(f"library -> tables:       {megabytes / own_wall:.1f} MB/s wall, {megabytes / own_cpu:.1f} MB/s per core")
        print(f"ratio: {own_wall / wall:.2f} wall, {own_cpu / cpu:.2f} processor time (asked for: 0.80)")
    if options.ruler:
        names = ressort.Pipeline(layers=["mentions"])
        alone = [annotate(names) for _ in range(TURNS)]
        few = texts[:100]
        rate = sum(len(text.encode()) for text in few) / 1e6 / ruler_seconds(few)
        print(f"EntityRuler: {rate:.3f} MB/s on one core; ressort to tables is, in times of that (asked for: 100):")
        for what, turns in (("names alone", alone), ("all layers", ours)):
            core, all_cores = (megabytes / min(turn[kind] for turn in turns) / rate for kind in (0, 1))
            print(f"  {what}: {core:.0f} on one core, {all_cores:.0f} on all")


if __name__ == "__main__":
    main()
