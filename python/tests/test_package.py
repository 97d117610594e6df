"""Types, examples, and how long it takes to begin."""

from __future__ import annotations

import doctest
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
import ressort

PYTHON = Path(__file__).parents[1]

TYPED = """
import datetime
from pathlib import Path

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

import ressort
import ressort.polars

document: ressort.Document = ressort.annotate("Das BMDS.", date=datetime.date(2025, 10, 8))
entities: list[str | None] = [mention.entity for mention in document.mentions]
scores: list[float] = [topic.score for topic in document.topics]
words: list[str] = [token.text for token in document.tokens]
pipeline = ressort.Pipeline([Path("own.tsv")], layers=["mentions"], anaphors=False)
tables: ressort.Tables = pipeline.annotate_column(["a", None], dates=[None, "2025-10-08"], ids=[1, "b"])
frame: pl.DataFrame = tables.mentions.to_polars()
table: pa.Table = tables.to_pyarrow()["mentions"]
again = pipeline.annotate_column(pl.Series(["a"]), dates=pl.Series([datetime.date(2025, 10, 8)]))
more = pipeline.annotate_column(pa.array(["a"]))
summary: ressort.Summary = ressort.extract([Path("a.txt")], "out", formats=["parquet"])
days: tuple[datetime.date, datetime.date] | None = summary.days
readings = ressort.lookup("BMDS", "2025-10-08")
mentions = ressort.annotate_frame(frame, text="surface").mentions
expression: pl.Expr = ressort.polars.RessortExpr(pl.col("text")).mentions(date=pl.col("day"))
try:
    pass
except ressort.GazetteerError as error:
    line: int = error.problems[0].line
"""

WRONG = """
import ressort

ressort.annotate(7)
ressort.annotate("a", day="2025-10-08")
ressort.Pipeline(layers=7)
ressort.annotate("a").mentions[0].label
"""


def mypy(code: str, folder: Path) -> str:
    file = folder / "typed.py"
    file.write_text(code)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder / "cache"), str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder).stdout


def test_types_are_accepted(tmp_path: Path) -> None:
    assert mypy(TYPED, tmp_path).startswith("Success")


def test_wrong_types_are_refused(tmp_path: Path) -> None:
    lines = {int(line) for line in re.findall(r"typed\.py:(\d+): error", mypy(WRONG, tmp_path))}
    assert lines == {4, 5, 6, 7}


@pytest.mark.parametrize("name", ["", ".document", ".pipeline", ".tables", ".frames", ".polars", ".extraction"])
def test_the_examples_of_the_docstrings(name: str) -> None:
    module = importlib.import_module(f"ressort{name}")
    assert doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0


def test_the_quick_start_runs(page: Path, tmp_path: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (PYTHON / "README.md").read_text(), re.DOTALL)
    assert len(blocks) >= 4
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "page.txt").write_text(page.read_text())
    code = "\n".join(blocks)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "ministry:bund/digitales" in done.stdout


def test_everything_public_is_documented() -> None:
    for name in ressort.__all__:
        thing = getattr(ressort, name)
        assert name in ("__version__", "DateLike") or thing.__doc__, name
        for member, value in vars(thing).items() if isinstance(thing, type) else ():
            if not member.startswith("_") and callable(value):
                assert value.__doc__, f"{name}.{member}"


START = """
import time
began = time.process_time(), time.perf_counter()
import ressort
imported = time.process_time(), time.perf_counter()
ressort.annotate("Das BMDS lädt ein.", date="2025-10-08")
first = time.process_time(), time.perf_counter()
import sys
heavy = [name for name in ("polars", "pandas", "pyarrow", "narwhals", "numpy", "duckdb") if name in sys.modules]
for a, b in ((began, imported), (imported, first)):
    print((b[0] - a[0]) * 1000, (b[1] - a[1]) * 1000)
print(*heavy)
"""


def test_it_begins_quickly_and_alone() -> None:
    runs = []
    for _ in range(5):
        out = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True).stdout
        imported, first, heavy = out.split("\n")[:3]
        assert heavy == ""
        runs.append([float(time) for time in (imported + " " + first).split()])
    # Processor time, as other processes may have the machine; the best of five, as the files are read once.
    import_cpu, import_wall, first_cpu, first_wall = (min(times) for times in zip(*runs, strict=True))
    print(f"import {import_cpu:.0f} ms ({import_wall:.0f} wall)")
    print(f"first annotation {first_cpu:.0f} ms ({first_wall:.0f} wall)")
    if "site-packages" not in str(ressort.__file__):
        pytest.skip("a development build is slow")
    assert import_cpu <= 100 and first_cpu <= 200
