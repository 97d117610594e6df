"""How long a million documents take in Spark, and what bounds it.

    python benches/spark.py [TEXTS.jsonl.gz] [--documents N]

Executors have one core each (`local-cluster[N,1,1024]`). For one and for two of them the same frame is read from Parquet and (1)
passed through Python workers as it is, which is what transfer costs, and (2) annotated. Within each task it is measured how
long the worker waits for its input, works, and waits until its rows are taken. Wall times are honest on an idle machine only, so
processor time of the workers is given beside them. TEXTS are JSON Lines with `text` and `date`; without it, articles are put
together from the samples of the repository. The last lines reckon the figures to other numbers of executors.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import ressort
import ressort.spark

SAMPLES = Path(__file__).parents[2] / "examples"
PARTS = 8
MEASURES = "rows long, bytes long, waits double, works double, hands_on double, cpu double, built double"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("texts", nargs="?", type=Path)
    arguments.add_argument("--documents", type=int, default=40_000, help="how many documents are made of the texts")
    given = arguments.parse_args()
    texts = samples() if given.texts is None else read(given.texts)
    columns = list(zip(*(texts[number % len(texts)] for number in range(given.documents)), strict=True))
    size = sum(len(text.encode()) for text in columns[0])
    print(f"{given.documents} documents of {size / given.documents:.0f} bytes, {size / 1e6:.0f} MB")

    began = time.process_time(), time.perf_counter()
    tables = ressort.default().annotate_column(columns[0], columns[1], threads=1)
    alone = time.process_time() - began[0]
    print(f"one process, one thread, without Spark: {alone:.1f} s of processor time, {len(tables.mentions)} mentions")

    with tempfile.TemporaryDirectory() as folder:
        # Texts differ by a number, or Parquet would keep each once.
        write(columns, folder)
        results = {executors: measure(executors, folder, size) for executors in (1, 2)}
    report(results, given.documents)


def samples() -> list[tuple[str, str]]:
    page = (SAMPLES / "archive_page.txt").read_text(encoding="utf-8").split("\n")
    notes = [json.loads(line)["text"] for line in (SAMPLES / "questions/meldungen.jsonl").open(encoding="utf-8")]
    lines = [*page, *notes]
    # Articles of some 3,000 characters: every line at another place.
    return [("\n".join(lines[start:] + lines[:start])[:3000], "2025-10-08") for start in range(len(lines))]


def read(file: Path) -> list[tuple[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        return [(record["text"], record["date"]) for record in map(json.loads, lines)]


def write(columns: list[Any], folder: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    count = len(columns[0])
    for part in range(PARTS):
        rows = range(part * count // PARTS, (part + 1) * count // PARTS)
        texts = pa.array([f"{row} {columns[0][row]}" for row in rows])
        table = pa.table({"id": pa.array([str(row) for row in rows]), "text": texts, "date": pa.array([columns[1][row] for row in rows])})
        pq.write_table(table, f"{folder}/{part}.parquet", compression="zstd")


def session(executors: int) -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local-cluster[{executors},1,1024]")
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "2000",
        "spark.sql.files.openCostInBytes": str(128 << 20),  # a task for each file
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("ERROR")
    return started


def measure(executors: int, folder: str, size: int) -> dict[str, float]:
    spark = session(executors)
    df = spark.read.parquet(folder)

    def passing(batches: Iterator[Any]) -> Iterator[Any]:
        yield from batches

    def job() -> DataFrame:
        return ressort.spark.annotate(df, text="text", date="date", id="id")

    # Java compiles, workers are started and build their pipelines.
    began = time.perf_counter()
    count(df.limit(PARTS).mapInArrow(passing, df.schema))
    count(ressort.spark.annotate(df.limit(2000).repartition(executors * 2), text="text"))
    warm = time.perf_counter() - began
    found: dict[str, float] = {"warm": warm, "tasks": df.rdd.getNumPartitions()}
    best: dict[str, float] = {}
    for _ in range(2):
        for name, frame in (("read", df), ("pass", df.mapInArrow(passing, df.schema)), ("annotate", job())):
            began = time.perf_counter()
            count(frame)
            best[name] = min(best.get(name, float("inf")), time.perf_counter() - began)
    found.update(best)
    found.update({f"in_{name}": value for name, value in within(df).items()})
    spark.stop()
    rate = size / 1e6 / found["annotate"]
    print(f"\n{executors} executor(s): {found['annotate']:.1f} s, {rate:.1f} MB/s; warming up {warm:.0f} s")
    print(f"  read and count {found['read']:.1f} s, through Python workers {found['pass']:.1f} s")
    shares = " ".join(f"{name} {found[f'in_{name}']:.2f} s" for name in ("waits", "works", "hands_on", "cpu", "built"))
    print(f"  sum over {found['tasks']:.0f} tasks, in the workers: {shares}")
    return found


def count(frame: DataFrame) -> None:
    """All rows with all their columns are made, and none is kept."""
    frame.write.format("noop").mode("overwrite").save()


def within(df: DataFrame) -> dict[str, float]:
    """Sums over all tasks of how long their workers wait for input, work, and wait until rows are taken."""
    work = ressort.spark._Work(
        table="mentions",
        day=None,
        kept=(),
        gazetteers=(),
        model=None,
        options=(("anaphors", True), ("any_language", False), ("embedded", True), ("layers", ("mentions", "topics"))),
    )

    def timed(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        waits = works = 0.0
        rows = bytes_ = 0
        cpu = time.process_time()
        began = time.perf_counter()
        pipeline = work.pipeline()
        built = time.perf_counter() - began
        at = time.perf_counter()
        for batch in batches:
            waits += time.perf_counter() - at
            at = time.perf_counter()
            for start in range(0, batch.num_rows, 500):
                found = work.rows(pipeline, batch.slice(start, 500))
                rows += found.num_rows
                bytes_ += found.nbytes
            works += time.perf_counter() - at
            at = time.perf_counter()
        waits += time.perf_counter() - at
        values = [rows, bytes_, waits, works, 0.0, time.process_time() - cpu, built]
        names = [column.split()[0] for column in MEASURES.split(", ")]
        yield pa.RecordBatch.from_arrays([pa.array([value]) for value in values], names=names)

    sums = df.mapInArrow(timed, MEASURES).agg(*(F.sum(column.split()[0]) for column in MEASURES.split(", "))).collect()[0]
    names = [column.split()[0] for column in MEASURES.split(", ")]
    return dict(zip(names, map(float, sums), strict=True))


def report(results: dict[int, dict[str, float]], documents: int) -> None:
    print("\n| executors | per million documents | of it through Python and back | speed-up |")
    print("|---|---|---|---|")
    for executors, found in results.items():
        scale = 1e6 / documents
        minutes = found["annotate"] * scale / 60
        print(
            f"| {executors} | {minutes:.1f} min | {found['pass'] * scale / 60:.1f} min "
            f"| {results[1]['annotate'] / found['annotate']:.2f} |"
        )
    one = results[1]
    print(f"\nprocessor time of a worker per million documents: {one['in_cpu'] * 1e6 / documents / 60:.1f} min")
    print(f"rows handed on: {one['in_rows'] / documents:.1f} per document, {one['in_bytes'] / documents:.0f} bytes per document")


if __name__ == "__main__":
    main()
