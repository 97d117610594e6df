"""Spark for the tests: one session at a time."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

if "RESSORT_REQUIRE_SPARK" not in os.environ:
    pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'ressort[spark]'")

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[2]"
#: Two executors with a Java machine and Python workers each.
CLUSTER = "local-cluster[2,1,1024]"


def session(master: str) -> SparkSession:
    """The running session where it has this master, else a new one in its place."""
    from pyspark.sql import SparkSession

    active = SparkSession.getActiveSession()
    if active is not None:
        if active.sparkContext.master == master:
            return active
        active.stop()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(master).appName("ressort")
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "Europe/Berlin",
        # Small batches: a partition has several.
        "spark.sql.execution.arrow.maxRecordsPerBatch": "50",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("OFF")
    return started
