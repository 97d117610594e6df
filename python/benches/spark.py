"""How long a million documents take in Spark, and what bounds it.

    python benches/spark.py [TEXTS.jsonl.gz] [--documents N]

For one and for two executors with one core each (`local-cluster[N,1,1024]`), the same Parquet files are (1) read, (2)
passed through Python workers as they are, which is what transfer costs, and (3) annotated. Beside the wall time, which
is honest on an idle machine only, stands the processor time of the executors' Java and Python, which is honest always.
TEXTS are JSON Lines with `text` and `date`; without it, articles are put together from the samples of the repository.
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

import pyarrow as pa
import pyarrow.parquet as pq
import ressort
import ressort.spark
from pyspark.sql import DataFrame, SparkSession

SAMPLES = Path(__file__).parents[2] / "examples"
PARTS = 8
ROUNDS = 3

Texts = list[tuple[str, str]]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("texts", nargs="?", type=Path)
    arguments.add_argument("--documents", type=int, default=40_000, help="how many are made of the texts")
    given = arguments.parse_args()
    count = given.documents
    source = samples() if given.texts is None else read(given.texts)
    # A number before each, or Parquet would keep equal texts once.
    texts = [(f"{row} {source[row % len(source)][0]}", source[row % len(source)][1]) for row in range(count)]
    size = sum(len(text.encode()) for text, _ in texts)

    began = time.process_time()
    tables = ressort.default().annotate_column([text for text, _ in texts], [day for _, day in texts], threads=1)
    alone = time.process_time() - began
    rows = len(tables.mentions)
    print(f"{count} documents of {size / count:.0f} bytes with {rows / count:.1f} mentions, {size / 1e6:.0f} MB")
    print(f"without Spark: {alone:.1f} s of processor time")

    results = {}
    with tempfile.TemporaryDirectory() as folder:
        write(texts, folder)
        del tables, texts
        for executors in (1, 2):
            results[executors] = measure(executors, folder)
    print("\nper million documents, minutes; Java and Python: processor time of all executors")
    print("| executors | job | wall | Java | Python | speed-up |\n|---|---|---|---|---|---|")
    for executors, jobs in results.items():
        for job, times in jobs.items():
            minutes = " | ".join(f"{seconds * 1e6 / count / 60:.1f}" for seconds in times)
            print(f"| {executors} | {job} | {minutes} | {results[1][job][0] / times[0]:.2f} |")


def samples() -> Texts:
    page = (SAMPLES / "archive_page.txt").read_text(encoding="utf-8").split("\n")
    notes = (SAMPLES / "questions/meldungen.jsonl").read_text(encoding="utf-8").splitlines()
    lines = [*page, *(json.loads(note)["text"] for note in notes)]
    # Articles of some 3,000 characters: every line at another place.
    return [("\n".join(lines[start:] + lines[:start])[:3000], "2025-10-08") for start in range(len(lines))]


def read(file: Path) -> Texts:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        return [(record["text"], record["date"]) for record in map(json.loads, lines)]


def write(texts: Texts, folder: str) -> None:
    """A file for each task."""
    for part in range(PARTS):
        rows = range(part * len(texts) // PARTS, (part + 1) * len(texts) // PARTS)
        columns = {
            "id": [str(row) for row in rows],
            "text": [texts[row][0] for row in rows],
            "date": [texts[row][1] for row in rows],
        }
        pq.write_table(pa.table(columns), f"{folder}/{part}.parquet", compression="zstd")


def session(executors: int) -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local-cluster[{executors},1,1024]")
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.files.maxPartitionBytes": str(1 << 30),
        "spark.sql.files.openCostInBytes": str(1 << 30),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("ERROR")
    return started


Times = tuple[float, float, float]


def measure(executors: int, folder: str) -> dict[str, Times]:
    """Wall time, Java's and Python's processor time of each job: of its best round."""
    spark = session(executors)
    gateway: Any = spark.sparkContext._gateway
    texts = spark.read.parquet(folder)

    def passing(batches: Iterator[Any]) -> Iterator[Any]:
        yield from batches

    jobs = {
        "read": texts,
        "pass through Python": texts.mapInArrow(passing, texts.schema),
        "annotate": ressort.spark.annotate(texts, text="text", date="date", id="id"),
    }
    best: dict[str, Times] = {}
    # In the first round Java compiles, workers are started and build their pipelines.
    for _ in range(ROUNDS + 1):
        for name, job in jobs.items():
            before, began = processor_times(gateway.proc.pid), time.perf_counter()
            finish(job)
            wall = time.perf_counter() - began
            java, python = (
                after - since for after, since in zip(processor_times(gateway.proc.pid), before, strict=True)
            )
            if name not in best or java + python < sum(best[name][1:]):
                best[name] = (min(wall, best.get(name, (wall,))[0]), java, python)
    spark.stop()
    for name, (wall, java, python) in best.items():
        print(f"{executors} executor(s), {name}: {wall:.1f} s, Java {java:.1f} s, Python {python:.1f} s", flush=True)
    return best


def finish(frame: DataFrame) -> None:
    """All rows with all their columns are made, and none is kept."""
    frame.write.format("noop").mode("overwrite").save()


def processor_times(driver: int) -> tuple[float, float]:
    """Seconds that the executors' Java and Python have taken so far, by Linux."""
    parents, commands, ticks = {}, {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            commands[int(folder.name)] = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
        ticks[int(folder.name)] = int(fields[11]) + int(fields[12])
    java = python = 0
    for process, command in commands.items():
        above = process
        while above in parents and above != driver:
            above = parents[above]
        if above == driver and "CoarseGrainedExecutorBackend" in command:
            java += ticks[process]
        elif above == driver and "pyspark" in command:
            python += ticks[process]
    unit = os.sysconf("SC_CLK_TCK")
    return java / unit, python / unit


if __name__ == "__main__":
    main()
