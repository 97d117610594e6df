"""A pipeline of polars: texts in a lazy frame, one expression for what is in them, aggregates out.

    pip install ressort[polars]
    python polars_pipeline.py [TEXTS.jsonl|TEXTS.parquet [OUT.parquet]]

The texts stand in a column `text`, their days in `date`, identifiers in `id`; without a file, a sample of the
repository is read.
"""

# %%
from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
import ressort.polars  # noqa: F401 - brings the expressions: pl.col(…).ressort

SAMPLE = Path(__file__).parents[2] / "examples/questions/meldungen.jsonl"
TEXTS = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
OUT = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("mentions.parquet")

# %% A lazy frame: nothing is read yet
texts = (pl.scan_parquet(TEXTS) if TEXTS.suffix == ".parquet" else pl.scan_ndjson(TEXTS)).select("id", "date", "text")

# %% One list of mentions for each text, one row for each mention
mentions = (
    texts.with_columns(mention=pl.col("text").ressort.mentions(date=pl.col("date")))
    .select("id", "date", "mention")
    .explode("mention")
    .drop_nulls("mention")
    .unnest("mention")
)

# %% Ministries and offices by month, with those who held them on the day
offices = (
    mentions.filter(pl.col("kind").is_in(["ministry", "office"]), pl.col("confidence") >= 0.7)
    .group_by(pl.col("date").str.slice(0, 7).alias("month"), "entity", "holder")
    .agg(pl.len().alias("mentions"), pl.col("id").n_unique().alias("documents"))
    .sort("month", "mentions", "entity", "holder", descending=[False, True, False, False])
)
with pl.Config(tbl_rows=30, fmt_str_lengths=40):
    print(offices.collect())

# %% What the texts are about: the first topic of each
topics = texts.select("id", topic=pl.col("text").ressort.topics().list.first().struct.field("label"))
print(topics.group_by("topic").len("documents").sort("documents", "topic", descending=[True, False]).collect())

# %% All mentions into a file
found = mentions.collect()
found.write_parquet(OUT)
print(f"{len(found)} mentions: {OUT}")
