"""Frames of Spark: the rows of a single process, in local mode and on executors, of which some are killed."""

from __future__ import annotations

import datetime
import doctest
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import ressort
from spark_sessions import CLUSTER, LOCAL, session

pytestmark = pytest.mark.slow

TEXTS = [
    "Das BMDS lädt ein. 😀 Bayern auch.",
    None,
    "",
    "Der Bundesdigitalminister sprach in Thüringen über Glasfaser, Breitband, Mobilfunk und Netze.",
    "Der Landtag berät. Die Digitali\u00adsierung der Verwaltung in Hessen kommt voran, sagte das BMI.",
]
DAYS = [datetime.date(2025, 10, 8), None, datetime.date(2024, 1, 1), datetime.date(2023, 11, 20), None]
ROWS = [(f"d{number:03}", TEXTS[number % 5], DAYS[number % 5], number) for number in range(300)]
SCHEMA = "key string, text string, day date, number int"


def expected(table: str, **options: Any) -> list[dict[str, Any]]:
    keys, texts, days, _ = zip(*ROWS, strict=True)
    tables = ressort.default().annotate_column(list(texts), list(days), list(keys), **options)
    found = getattr(tables, table).to_pyarrow().to_pylist()
    for row in found if table == "documents" else []:
        row.update(item=0, duplicate_of=None)  # what only a whole run knows
    return in_order(found)


def rows(frame: Any) -> list[dict[str, Any]]:
    return in_order([row.asDict() for row in frame.collect()])


def in_order(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda row: (row["doc_id"], row.get("mention", row.get("rank", 0))))


@pytest.mark.parametrize("table", ["mentions", "topics", "documents"])
def test_the_rows_of_a_single_process(table: str) -> None:
    import ressort.spark

    df = session(LOCAL).createDataFrame(ROWS, SCHEMA).repartition(7)
    found = ressort.spark.annotate(df, text="text", date="day", id="key", table=table)
    assert found.schema == ressort.spark.SCHEMAS[table]
    assert len(expected(table)) >= 60
    assert rows(found) == expected(table)


def test_the_columns_are_those_of_the_package() -> None:
    import ressort.spark

    names = {"string": "string", "uint32": "int", "float64": "double", "date": "date"}
    for name, schema in ressort.spark.SCHEMAS.items():
        table = getattr(ressort.default().annotate_column([]), name)
        kinds = [(column, names[kind]) for column, kind in table._arrow.columns()]
        assert [(field.name, field.dataType.simpleString()) for field in schema] == kinds


def test_days_come_in_many_forms() -> None:
    import ressort.spark

    spark = session(LOCAL)
    df = spark.createDataFrame(ROWS, SCHEMA)
    wanted = expected("documents")
    forms = {
        "text": "cast(day as string)",
        "text_with_time": "date_format(day, \"yyyy-MM-dd'T'12:00:00\")",
        "timestamp": "cast(day as timestamp) + interval 23 hours 59 minutes",
        "timestamp_ntz": "cast(day as timestamp_ntz) + interval 1 minute",
    }
    for form, expression in forms.items():
        given = df.selectExpr("key", "text", f"{expression} as day")
        found = ressort.spark.annotate(given, text="text", date="day", id="key", table="documents")
        assert rows(found) == wanted, form
    # One day for all, and a column with a name like one.
    for day in ("2025-10-08", datetime.date(2025, 10, 8)):
        one = ressort.spark.annotate(df, text="text", date=day, table="documents").select("date", "date_source")
        assert {tuple(row) for row in one.collect()} == {(datetime.date(2025, 10, 8), "given")}


def test_a_wrong_day_is_told_with_its_document() -> None:
    import ressort.spark

    spark = session(LOCAL)
    df = spark.createDataFrame(
        [("a", "Bayern", "2025-10-08"), ("b", "Bayern", "31.12.2025")], "key string, text string, day string"
    )
    with pytest.raises(
        Exception, match=r"DateError: document 'b': '31.12.2025' is no date: give YYYY-MM-DD, or null.*to_date"
    ):
        ressort.spark.annotate(df, text="text", date="day", id="key").collect()
    # The remedies do what they say.
    fixed = df.selectExpr("key", "text", "to_date(try_to_timestamp(day, 'dd.MM.yyyy')) as day")
    found = ressort.spark.annotate(fixed, text="text", date="day", id="key", table="documents")
    assert [row["date"] for row in rows(found)] == [None, datetime.date(2025, 12, 31)]


def test_what_is_wrong_is_told_before_a_job_runs(tmp_path: Path) -> None:
    import ressort.spark

    df = session(LOCAL).createDataFrame(ROWS, SCHEMA)
    wrong: list[tuple[dict[str, Any], type[Exception], str]] = [
        ({"text": "txt"}, ressort.InputError, "text: there is no column 'txt'; the frame has 'key', 'text'"),
        ({"text": "number"}, ressort.InputError, "holds int, no texts; cast it to string"),
        ({"date": "tag"}, ressort.InputError, "date: there is no column 'tag'"),
        ({"date": "number"}, ressort.DateError, "holds int, no dates; give dates, timestamps"),
        ({"date": "2025-02-30"}, ressort.DateError, "is no date"),
        ({"id": "nr"}, ressort.InputError, "id: there is no column 'nr'"),
        ({"title": "number"}, ressort.InputError, "title: .* no texts"),
        ({"keep": ["x"]}, ressort.InputError, "keep: there is no column 'x'"),
        ({"table": "entities"}, ressort.OptionError, "name one of mentions, topics, documents"),
        ({"layers": ["mention"]}, ressort.OptionError, "is no layer"),
        ({"gazetteers": [tmp_path / "none.tsv"]}, ressort.GazetteerError, "none.tsv"),
        ({"gazetteers": 7}, ressort.InputError, "gazetteers: 7 is no path"),
    ]
    for options, kind, message in wrong:
        with pytest.raises(kind, match=message):
            ressort.spark.annotate(df, **{"text": "text", **options})
    with pytest.raises(ressort.InputError, match="has a column 'start' of its own; rename yours"):
        ressort.spark.annotate(df.withColumnRenamed("number", "start"), text="text", keep="start")


def test_nulls_and_partitions_without_rows() -> None:
    import ressort.spark

    spark = session(LOCAL)
    nothing = spark.createDataFrame([], SCHEMA)
    assert rows(ressort.spark.annotate(nothing, text="text", date="day")) == []
    nulls = spark.createDataFrame([(None, None, None, 1)], SCHEMA).repartition(5)
    [row] = rows(ressort.spark.annotate(nulls, text="text", date="day", id="key", table="documents"))
    assert (row["chars"], row["date"], row["language"]) == (0, None, None) and len(row["doc_id"]) == 32


def test_ids_without_a_column_join_with_the_frame() -> None:
    import ressort.spark

    df = session(LOCAL).createDataFrame(ROWS, SCHEMA)
    one = ressort.spark.annotate(df, text="text", date="day", table="documents")
    other = ressort.spark.annotate(
        df.repartition(5, "number").sortWithinPartitions("number"), text="text", date="day", table="documents"
    )
    assert rows(one) == rows(other)
    joined = df.withColumn("doc_id", ressort.spark.content_id("text", "day")).select("doc_id", "key").distinct()
    assert joined.join(one.select("doc_id").distinct(), "doc_id").count() == len(ROWS)
    # Where the given id is null, too; equal ids stay equal.
    some = df.selectExpr("case when number >= 5 then 'same' end as key", "text", "day")
    ids = {
        row["doc_id"]
        for row in rows(ressort.spark.annotate(some, text="text", date="day", id="key", table="documents"))
    }
    assert len(ids) == 6 and "same" in ids
    numbers = ressort.spark.annotate(df, text="text", id="number", table="documents")
    assert {row["doc_id"] for row in rows(numbers)} == {str(number) for number in range(300)}


def test_columns_are_kept_and_names_may_be_odd() -> None:
    import ressort.spark

    df = (
        session(LOCAL)
        .createDataFrame(ROWS, SCHEMA)
        .selectExpr(
            "key",
            "text as `der.text`",
            "day",
            "number as `a``b`",
            "array(number) as list",
            "named_struct('x', key) as s",
        )
    )
    found = ressort.spark.annotate(df, text="der.text", date="day", id="key", title="key", keep=["a`b", "list", "s"])
    assert found.columns[-3:] == ["a`b", "list", "s"]
    for row in rows(found):
        number = int(row["doc_id"][1:])
        assert (row["a`b"], row["list"], row["s"]["x"]) == (number, [number], row["doc_id"])
    titles = ressort.spark.annotate(df, text="der.text", title="key", id="key", table="documents")
    assert all(row["title"] == row["doc_id"] for row in rows(titles))


def test_options_and_files_reach_the_executors(tmp_path: Path) -> None:
    import ressort.spark

    spark = session(CLUSTER)
    df = spark.createDataFrame([("a", "Das Zentralamt für Quatsch in Bayern.")], "key string, text string")
    own = tmp_path / "own.tsv"
    for number in (1, 2):  # a file that changes is another file
        own.write_text(f"id\tkind\tname\nbody:amt-{number}\tbody\tZentralamt für Quatsch\n")
        found = ressort.spark.annotate(df, text="text", gazetteers=own, layers=["mentions"])
        assert [row["entity"] for row in rows(found)] == [f"body:amt-{number}", "land:by"]
    alone = ressort.spark.annotate(df, text="text", gazetteers=[own], embedded=False)
    assert [row["entity"] for row in rows(alone)] == ["body:amt-2"]
    assert rows(ressort.spark.annotate(df, text="text", layers=["topics"])) == []


def test_executors_give_the_rows_of_a_single_process() -> None:
    import ressort.spark

    spark = session(CLUSTER)
    df = spark.createDataFrame(ROWS, SCHEMA).repartition(6)
    for table in ressort.spark.SCHEMAS:
        assert rows(ressort.spark.annotate(df, text="text", date="day", id="key", table=table)) == expected(table)


def test_one_pipeline_for_each_worker_process() -> None:
    import ressort.spark

    df = session(CLUSTER).createDataFrame(ROWS, SCHEMA).repartition(8)
    work = ressort.spark._Work(table="mentions", day=None, kept=(), gazetteers=(), model=None, options=())

    def pipelines(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        for _ in batches:
            pipeline = work.pipeline()
        ids = pa.array([f"{os.getpid()} {id(pipeline)}"])
        yield pa.RecordBatch.from_arrays([ids, pa.array([len(ressort.spark._PIPELINES)])], names=["id", "known"])

    seen = (
        df.mapInArrow(pipelines, "id string, known long").collect()
        + df.mapInArrow(pipelines, "id string, known long").collect()
    )
    processes = {row["id"].split()[0] for row in seen}
    assert len(seen) == 16 and len(processes) >= 2
    assert len({row["id"] for row in seen}) == len(processes)


def descendants(pid: int) -> dict[int, str]:
    """Command lines of the processes below one."""
    parents, commands = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
            commands[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])

    def is_below(process: int) -> bool:
        while process in parents:
            process = parents[process]
            if process == pid:
                return True
        return False

    return {process: command for process, command in commands.items() if is_below(process)}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
def test_killed_executors_and_workers_change_nothing() -> None:
    import ressort.spark

    spark = session(CLUSTER)
    context = spark.sparkContext

    def slowly(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            time.sleep(0.4)
            yield batch

    df = spark.createDataFrame(ROWS, SCHEMA).repartition(24).mapInArrow(slowly, SCHEMA)
    job = ressort.spark.annotate(df, text="text", date="day", id="key")
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.extend(rows(job)))
    thread.start()
    gateway: Any = context._gateway
    driver = gateway.proc.pid
    tracker = context.statusTracker()

    def stages() -> list[Any]:
        infos = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        return [info for info in infos if info is not None and info.numTasks == 24]

    def wait_for(what: str, number: int) -> None:
        end = time.monotonic() + 60
        while not any(getattr(info, what) >= number for info in stages()):
            assert time.monotonic() < end and thread.is_alive(), f"{what} does not become {number}"
            time.sleep(0.05)

    def executors() -> set[int]:
        return {pid for pid, command in descendants(driver).items() if "CoarseGrainedExecutorBackend" in command}

    wait_for("numCompletedTasks", 2)
    before = executors()
    assert len(before) == 2
    # The worker processes of one: children of daemons, and none's parents. Some are idle, so all of them are hit.
    workers = [pid for pid in descendants(max(before)) if not descendants(pid)]
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    wait_for("numFailedTasks", 1)
    # The other executor.
    os.kill(min(before), signal.SIGKILL)
    assert all(info.numCompletedTasks < 20 for info in stages()) and thread.is_alive(), "the job was at its end"
    thread.join()
    assert min(before) not in executors(), "the executor lives"
    assert found == expected("mentions")


def test_without_spark_it_says_what_to_install() -> None:
    code = "import sys; sys.modules['pyspark'] = None\nimport ressort.spark"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ressort.spark needs Spark: pip install 'ressort[spark]'" in done.stderr


def test_the_examples_of_the_docstrings() -> None:
    import ressort.spark

    session(LOCAL)
    assert doctest.testmod(ressort.spark, optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0
