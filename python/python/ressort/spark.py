"""Data frames of Spark, on one machine or many.

>>> from pyspark.sql import SparkSession
>>> import ressort.spark
>>> spark = SparkSession.builder.getOrCreate()
>>> rows = [("a", "Der Bundesdigitalminister sprach.", "2023-11-20")]
>>> df = spark.createDataFrame(rows, "key string, text string, day string")
>>> mentions = ressort.spark.annotate(df, text="text", date="day", id="key")
>>> mentions.select("doc_id", "entity", "holder").show(truncate=False)
+------+-------------------+-------------------------+
|doc_id|entity             |holder                   |
+------+-------------------+-------------------------+
|a     |office:bund/verkehr|politician:volker-wissing|
+------+-------------------+-------------------------+
<BLANKLINE>

Texts go to Python as Arrow batches (``mapInArrow``), each task works on one core, and each worker process builds its
pipeline once. A row depends on its document alone, so neither partitions nor executors that die and are replaced change
the result.

The package has a native part: it must be installed where the executors run; ``--py-files`` is not enough. The README
says how.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _ressort
from .document import layer_names
from .errors import DateError, InputError, OptionError
from .pipeline import DateLike, Pipeline, _Path, _paths

try:
    from pyspark.sql import functions as F
    from pyspark.sql.types import (
        DataType,
        DateType,
        DoubleType,
        IntegerType,
        StringType,
        StructField,
        StructType,
        TimestampNTZType,
        TimestampType,
    )
except ImportError as error:
    raise ImportError("ressort.spark needs Spark: pip install 'ressort[spark]'") from error

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import Column, DataFrame

__all__ = ["DOCUMENTS", "MENTIONS", "SCHEMAS", "TOPICS", "annotate", "content_id"]


def _schema(**columns: DataType) -> StructType:
    return StructType([StructField(name, kind) for name, kind in columns.items()])


_TEXT, _COUNT, _SHARE, _DAY = StringType(), IntegerType(), DoubleType(), DateType()

#: Columns of ``table="mentions"``: one row per mention, with those of the table that the program writes. ``start`` and
#: ``end`` count code points, ``start_byte`` and ``end_byte`` bytes of UTF-8.
MENTIONS = _schema(
    doc_id=_TEXT,
    mention=_COUNT,
    start=_COUNT,
    end=_COUNT,
    start_byte=_COUNT,
    end_byte=_COUNT,
    sentence=_COUNT,
    surface=_TEXT,
    kind=_TEXT,
    entity=_TEXT,
    name=_TEXT,
    via=_TEXT,
    holder=_TEXT,
    modifier=_TEXT,
    land=_TEXT,
    region=_TEXT,
    confidence=_SHARE,
    context=_TEXT,
    candidates=_TEXT,
    evidence=_TEXT,
    flags=_TEXT,
)

#: Columns of ``table="topics"``: one row per document and topic.
TOPICS = _schema(doc_id=_TEXT, topic=_TEXT, label=_TEXT, score=_SHARE, rank=_COUNT, terms=_TEXT)

#: Columns of ``table="documents"``: one row per text; one that is null keeps its row. What only a whole run knows is
#: left open, as partitions know nothing of each other: ``item`` is 0 and ``duplicate_of`` null.
DOCUMENTS = _schema(
    doc_id=_TEXT,
    source=_TEXT,
    item=_COUNT,
    title=_TEXT,
    kicker=_TEXT,
    date=_DAY,
    date_source=_TEXT,
    language=_TEXT,
    chars=_COUNT,
    tokens=_COUNT,
    sentences=_COUNT,
    mentions=_COUNT,
    topic=_TEXT,
    as_of=_DAY,
    as_of_source=_TEXT,
    duplicate_of=_TEXT,
)

#: The schemas by the names of their tables.
SCHEMAS = {"mentions": MENTIONS, "topics": TOPICS, "documents": DOCUMENTS}

# Bytes of text that are annotated at a time. More at a time is faster, as each call learns the words of its texts anew;
# less takes less memory, as rows repeat the sentence of each mention.
_BYTES = 32 << 20


def annotate(
    df: DataFrame,
    *,
    text: str,
    date: str | DateLike | None = None,
    id: str | None = None,
    title: str | None = None,
    table: str = "mentions",
    keep: Iterable[str] = (),
    gazetteers: Iterable[_Path] | _Path = (),
    layers: Iterable[str] | str = ("mentions", "topics"),
    model: _Path | None = None,
    anaphors: bool = True,
    any_language: bool = False,
    embedded: bool = True,
) -> DataFrame:
    """Finds what is in a column of texts. The result is lazy, as all frames of Spark are.

    Args:
        df: A frame with a column of texts.
        text: The column with the texts.
        date: The column with their days (dates, timestamps, of which the day in the session's time zone counts, or
            texts as ``2025-10-08``), or one day for all.
        id: The column with identifiers, for ``doc_id``. Without it, and where it is null: :func:`content_id`, which
            neither the order nor the partitions of the rows change.
        title: The column with headlines.
        table: Which table: ``mentions``, ``topics`` or ``documents``; see :data:`SCHEMAS`.
        keep: Further columns of ``df``, which each row of the result takes over from its document.
        gazetteers, model: Files of your own, on the machine of the driver; they are sent to the executors.
        layers, anaphors, any_language, embedded: As for :class:`ressort.Pipeline`.

    Raises:
        InputError: A column does not exist, or holds no texts.
        DateError: A column holds no dates. That one value is none is seen when the job runs, and fails it; the message
            names the document.
        OptionError: There is no such table or layer.
        GazetteerError: A gazetteer has mistakes.
    """
    if table not in SCHEMAS:
        raise OptionError(f"table: {table!r} is none of these: name one of {', '.join(SCHEMAS)}")
    schema = SCHEMAS[table]
    types = {field.name: field.dataType for field in df.schema.fields}
    _texts(types, text, "text")
    columns = {"text": _column(text)}
    day: str | None = None
    if isinstance(date, str) and (date in types or not date[:1].isdigit()):
        _dates(types, date)
        columns["date"] = _column(date)
    elif date is not None:
        day = _ressort.day(date)
    known = content_id(columns["text"], columns.get("date"))
    if id is None:
        columns["id"] = known
    else:
        _known(types, id, "id")
        columns["id"] = F.coalesce(_column(id).cast("string"), known)
    if title is not None:
        _texts(types, title, "title")
        columns["title"] = _column(title)
    kept = [keep] if isinstance(keep, str) else list(keep)
    for name in kept:
        _known(types, name, "keep")
        if name in schema.names:
            raise InputError(f"keep: the table {table} has a column {name!r} of its own; rename yours first")
    chosen = df.select(
        *(column.alias(name) for name, column in columns.items()),
        *(_column(name).alias(f"keep{number}") for number, name in enumerate(kept)),
    )

    if isinstance(gazetteers, (str, os.PathLike)):
        gazetteers = [gazetteers]
    files = _paths(gazetteers, "gazetteers")
    models = [] if model is None else _paths([model], "model")
    options: dict[str, Any] = {
        "layers": layer_names(layers),
        "anaphors": bool(anaphors),
        "any_language": bool(any_language),
        "embedded": bool(embedded),
    }
    if files or models:
        # What is wrong with them is told here, once, and not by every executor.
        Pipeline(files, model=model, **options)
    work = _Work(
        table=table,
        day=day,
        kept=tuple(kept),
        gazetteers=tuple(_ship(df, path) for path in files),
        model=next((_ship(df, path) for path in models), None),
        options=tuple(sorted(options.items())),
    )
    result = StructType([*schema.fields, *(StructField(name, types[name]) for name in kept)])
    return chosen.mapInArrow(work, result)


def content_id(text: Column | str, date: Column | str | None = None) -> Column:
    """What ``doc_id`` is where no identifier is given: 32 hexadecimal digits (of SHA-256) of text and date.

    Equal texts of one day have the same. It is an expression, so a result can be joined with what it was made from:
    ``df.withColumn("doc_id", ressort.spark.content_id("text", "day"))``.

    Args:
        text: The column with the texts.
        date: The column that was given as ``date``, if one was.
    """
    parts = [F.coalesce(F.col(text) if isinstance(text, str) else text, F.lit(""))]
    if date is not None:
        column = F.col(date) if isinstance(date, str) else date
        parts.append(F.coalesce(column.cast("string"), F.lit("")))
    return F.substring(F.sha2(F.concat_ws("\x1f", *parts), 256), 1, 32)


class _Work:
    """What a task does with its batches: a callable of plain values, which is sent to the executors."""

    def __init__(
        self,
        *,
        table: str,
        day: str | None,
        kept: tuple[str, ...],
        gazetteers: tuple[str, ...],
        model: str | None,
        options: tuple[tuple[str, Any], ...],
    ) -> None:
        self.table = table
        self.day = day
        self.kept = kept
        self.gazetteers = gazetteers
        self.model = model
        self.options = options

    def __call__(self, batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        pipeline = self.pipeline()
        for batch in batches:
            pieces = batch.column("text").nbytes // _BYTES + 1
            step = -(-batch.num_rows // pieces)
            for start in range(0, batch.num_rows, step or 1):
                yield self.rows(pipeline, batch.slice(start, step))

    def pipeline(self) -> Pipeline:
        """The pipeline of this process for these options."""
        key = (self.gazetteers, self.model, self.options)
        found = _PIPELINES.get(key)
        if found is None:
            found = _PIPELINES[key] = self.built()
        return found

    def built(self) -> Pipeline:
        from pyspark import SparkFiles

        options: dict[str, Any] = dict(self.options)
        model = None if self.model is None else SparkFiles.get(self.model)
        return Pipeline([SparkFiles.get(name) for name in self.gazetteers], model=model, **options)

    def rows(self, pipeline: Pipeline, batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
        import pyarrow as pa
        import pyarrow.compute as pc

        names = batch.schema.names
        ids = batch.column("id")
        dates: Any = batch.column("date") if "date" in names else self.day
        titles = batch.column("title") if "title" in names else None
        try:
            # Identifiers stay here: a column would tell equal ones apart, and only within this batch.
            tables = pipeline.annotate_column(batch.column("text"), dates, titles=titles, threads=1)
        except DateError as error:
            if error.row is None:
                raise
            document, given = ids[error.row].as_py(), dates[error.row].as_py()
            raise DateError(
                f"document {document!r}: {given!r} is no date: give YYYY-MM-DD, or null where the day is not known; "
                "to_date(column, 'dd.MM.yyyy') reads other forms, try_to_timestamp gives null for what is none",
                error.row,
            ) from None
        found = pa.table(getattr(tables, self.table))
        rows = pc.cast(found.column("doc_id"), pa.int64())
        columns = []
        for field in SCHEMAS[self.table]:
            column = found.column(field.name)
            if field.name == "doc_id":
                column = ids.take(rows)
            elif field.name == "item":
                column = pa.array([0] * found.num_rows, pa.int32())
            elif field.name == "duplicate_of":
                column = pa.nulls(found.num_rows, pa.string())
            columns.append(_array(column, _arrow_type(field.dataType)))
        for number in range(len(self.kept)):
            column = batch.column(f"keep{number}").take(rows)
            columns.append(_array(column, column.type))
        return pa.RecordBatch.from_arrays(columns, names=[*SCHEMAS[self.table].names, *self.kept])


# One for each set of options; Spark keeps worker processes for later tasks (`spark.python.worker.reuse`).
_PIPELINES: dict[Any, Pipeline] = {}


def _array(column: Any, kind: Any) -> Any:
    """One array of a column that may have several parts, with the type that Spark reads."""
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # older versions
        column = column.chunk(0) if column.num_chunks else pa.array([], column.type)
    return column if column.type == kind else column.cast(kind)


def _arrow_type(kind: DataType) -> Any:
    import pyarrow as pa

    if isinstance(kind, StringType):
        return pa.string()
    if isinstance(kind, IntegerType):
        return pa.int32()
    return pa.date32() if isinstance(kind, DateType) else pa.float64()


def _column(name: str) -> Column:
    return F.col("`" + name.replace("`", "``") + "`")


def _known(types: dict[str, DataType], name: str, what: str) -> DataType:
    if name in types:
        return types[name]
    raise InputError(f"{what}: there is no column {name!r}; the frame has {', '.join(map(repr, types))}")


def _texts(types: dict[str, DataType], name: str, what: str) -> None:
    kind = _known(types, name, what)
    if not isinstance(kind, StringType):
        raise InputError(f"{what}: the column {name!r} holds {kind.simpleString()}, no texts; cast it to string")


def _dates(types: dict[str, DataType], name: str) -> None:
    kind = _known(types, name, "date")
    if not isinstance(kind, (DateType, TimestampType, TimestampNTZType, StringType)):
        given = kind.simpleString()
        raise DateError(
            f"date: the column {name!r} holds {given}, no dates; give dates, timestamps, or texts as 2025-10-08"
        )


def _ship(df: DataFrame, path: str) -> str:
    """Sends a file to the executors; its name there tells its content, as a name can be given away only once."""
    source = Path(path)
    content = source.read_bytes()
    name = f"{source.stem}-{hashlib.sha256(content).hexdigest()[:12]}{source.suffix}"
    copy = _outbox() / name
    if not copy.exists():
        copy.write_bytes(content)
    try:
        context = df.sparkSession.sparkContext
    except Exception as error:
        raise OptionError(
            f"{path}: files are sent by the SparkContext, which a session of Spark Connect does not have; "
            "run the job on the cluster"
        ) from error
    context.addFile(str(copy))
    return name


_OUTBOX: list[Path] = []


def _outbox() -> Path:
    """A folder from which the driver gives files away as long as it lives."""
    if not _OUTBOX:
        folder = tempfile.mkdtemp(prefix="ressort-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        _OUTBOX.append(Path(folder))
    return _OUTBOX[0]
