"""A job for Spark: texts in, tables as Parquet out.

    spark-submit spark_job.py TEXTS OUT         # on a cluster; the README says how the package gets there
    python spark_job.py [TEXTS [OUT]]           # on this machine: pip install ressort[spark], and Java 17

TEXTS are JSON Lines or Parquet with the columns `id`, `text` and `date`; without them, a sample of the repository is
read.
"""

# %%
from __future__ import annotations

import os
import sys
from pathlib import Path

import ressort.spark
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

SAMPLE = Path(__file__).parents[2] / "examples/questions/meldungen.jsonl"
TEXTS = sys.argv[1] if len(sys.argv) > 1 else str(SAMPLE)
OUT = sys.argv[2] if len(sys.argv) > 2 else "out"

# %% Workers run the Python that runs this, unless the cluster says otherwise
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
spark = SparkSession.builder.appName("ressort").getOrCreate()

# %% Texts
texts = spark.read.parquet(TEXTS) if TEXTS.endswith(".parquet") else spark.read.json(TEXTS)
# JSON has no days; what is none becomes null, where a text that is no day would stop the job.
texts = texts.select("id", "text", F.try_to_timestamp("date").cast("date").alias("date"))
# One task for each core, or a small file is one task on one core.
texts = texts.repartition(spark.sparkContext.defaultParallelism)

# %% Mentions, divided by month, and topics
mentions = ressort.spark.annotate(texts, text="text", date="date", id="id", keep=["date"])
mentions = mentions.withColumn("month", F.date_format("date", "yyyy-MM"))
mentions.write.partitionBy("month").mode("overwrite").parquet(f"{OUT}/mentions")
topics = ressort.spark.annotate(texts, text="text", date="date", id="id", table="topics")
topics.write.mode("overwrite").parquet(f"{OUT}/topics")

# %% Counts, on the cluster
written = spark.read.parquet(f"{OUT}/mentions")
most = written.groupBy("kind", "entity").agg(
    F.count("*").alias("mentions"), F.countDistinct("doc_id").alias("documents")
)
most.orderBy(F.desc("documents"), F.desc("mentions"), "entity").show(10, truncate=False)
