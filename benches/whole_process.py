#!/usr/bin/env python3
"""The program as a whole process: read JSON Lines, tokens to topics, write Parquet.

    cargo build --release
    python3 benches/whole_process.py TEXTS.jsonl[.gz] [--megabytes 200] [--spacy]

TEXTS has a field `text` per line. The texts are repeated, each with its number put before it, until there are so many
megabytes, and the file is read once so that it lies in memory. Printed are megabytes of text per second of processor
time (user and system, all threads), the speed of two threads against one, and the largest memory. With --spacy (pip install
spacy==3.8.*) a pipeline of spaCy reads the first texts of the same file with the same names, on one core.
"""

import argparse
import csv
import gzip
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target" / "release" / "ressort"


def texts(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
    with opened as lines:
        return [record for record in map(json.loads, lines) if record.get("text")]


def repeated(records, megabytes, path):
    """Writes the file; how many bytes of text it holds."""
    size = 0
    with open(path, "w", encoding="utf-8") as out:
        for round_ in range(10**6):
            for record in records:
                text = f"{round_}. {record['text']}"
                json.dump({"date": record.get("date"), "text": text}, out, ensure_ascii=False)
                out.write("\n")
                size += len(text.encode())
                if size >= megabytes * 10**6:
                    return size
    return size


def run(path, threads, folder):
    """Processor seconds, wall seconds, megabytes of memory."""
    command = [PROGRAM, "extract", path, "-o", folder, "--format", "parquet", "--threads", str(threads), "--quiet"]
    environment = dict(os.environ, POLARS_MAX_THREADS=str(threads))
    cores = sorted(os.sched_getaffinity(0))[:threads]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, env=environment, preexec_fn=lambda: os.sched_setaffinity(0, cores))
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return processor, wall, after.ru_maxrss / 1024


def names():
    found = {}
    for path in sorted((ROOT / "gazetteers").glob("*.tsv")):
        with open(path, encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
                for column in ("name", "full", "short", "abbr"):
                    for name in (row.get(column) or "").split("|"):
                        if name and row.get("id"):
                            found.setdefault(name, row["id"])
    return found


def spacy_speed(path, megabytes):
    import spacy

    pipeline = spacy.blank("de")
    pipeline.max_length = 10**8
    pipeline.add_pipe("sentencizer")
    ruler = pipeline.add_pipe("entity_ruler")
    known = names()
    ruler.add_patterns([{"label": id_.split(":")[0], "pattern": name, "id": id_} for name, id_ in known.items()])
    batch, size = [], 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            batch.append(json.loads(line)["text"])
            size += len(batch[-1].encode())
            if size >= megabytes * 10**6:
                break
    began = time.process_time()
    entities = sum(len(document.ents) for document in pipeline.pipe(batch))
    seconds = time.process_time() - began
    print(f"spaCy {spacy.__version__}, {len(known)} names: {size / 1e6 / seconds:.2f} MB/s on one core, {entities} entities")
    return size / 1e6 / seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts")
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--spacy", action="store_true")
    arguments = parser.parse_args()
    if not PROGRAM.exists():
        sys.exit(f"{PROGRAM} is missing: cargo build --release")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "texts.jsonl")
        size = repeated(texts(arguments.texts), arguments.megabytes, path) / 1e6
        pathlib.Path(path).read_bytes()
        speeds = {}
        for threads in (1, 2):
            rounds = [run(path, threads, os.path.join(folder, "tables")) for _ in range(3)]
            processor, wall = min(r[0] for r in rounds), min(r[1] for r in rounds)
            speeds[threads] = size / wall
            print(
                f"{threads} thread(s): {size:.0f} MB of text, {size / processor:.1f} MB per processor second, "
                f"{size / wall:.1f} MB/s of wall-clock time, {max(r[2] for r in rounds):.0f} MB of memory"
            )
        print(f"two threads on two cores against one on one: {speeds[2] / speeds[1]:.2f}")
        if arguments.spacy:
            other = spacy_speed(path, 3)
            print(f"ressort on one core against spaCy on one core: {speeds[1] / other:.0f} times")


if __name__ == "__main__":
    main()
