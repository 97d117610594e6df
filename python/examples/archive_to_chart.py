"""From an archive to a chart.

    pip install ressort[examples]
    python archive_to_chart.py ARCHIVE [OUT]

ARCHIVE is a folder, a ZIP or WARC file, PDF, web pages, JSON Lines …; without it, the samples of the repository are
read. The tables and `mentions.svg` are written to OUT (`out`). Also a notebook: cells begin with `# %%`.
"""

# %% What is read, and where to
from __future__ import annotations

import sys
from pathlib import Path

import matplotlib
import polars as pl
import ressort

matplotlib.use("Agg")
import matplotlib.pyplot as plt

SAMPLES = Path(__file__).parents[2] / "examples"
ARCHIVE = (
    [Path(sys.argv[1])] if len(sys.argv) > 1 else [SAMPLES / "archive_page.txt", SAMPLES / "questions/meldungen.jsonl"]
)
OUT = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("out")

# %% Archive to tables: a page that lists several items becomes several documents, each with its own day
summary = ressort.extract(ARCHIVE, OUT, formats=["parquet"])
print(summary)

# %% The names in most documents, and in how many of them each month
counts = pl.read_parquet(OUT / "counts.parquet").filter(pl.col("what") == "entity", pl.col("month").is_not_null())
most = (
    counts.group_by("id", "name").agg(pl.sum("documents")).sort(["documents", "id"], descending=[True, False]).head(6)
)
by_month = (
    counts.filter(pl.col("id").is_in(most["id"].implode()))
    .pivot("name", index="month", values="documents", aggregate_function="sum")
    .sort("month")
    .fill_null(0)
)
print(by_month)

# %% Tables to chart
figure, (above, below) = plt.subplots(2, figsize=(9, 8), layout="constrained", height_ratios=[1, 1.4])
above.barh(most["name"].to_list()[::-1], most["documents"].to_list()[::-1], color="#3b6ea8")
above.set_title("Names in most documents", loc="left")
above.set_xlabel("documents")
months = [f"{month:%Y-%m}" for month in by_month["month"]]
bottom = [0] * len(months)
for name in most["name"]:
    values = by_month[name].to_list()
    below.bar(months, values, bottom=bottom, label=name)
    bottom = [sum(pair) for pair in zip(bottom, values, strict=True)]
below.set_title("By month", loc="left")
below.set_ylabel("documents")
below.tick_params(axis="x", rotation=60)
below.legend(fontsize="small")
figure.savefig(OUT / "mentions.svg", metadata={"Date": None})
print(f"chart: {OUT / 'mentions.svg'}")
