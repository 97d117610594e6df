"""Wrong input: an exception that says what to do, never an abort."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
import ressort


@pytest.mark.parametrize("text", [None, 7, b"BMDS", ["BMDS"], float("nan"), Path("x"), object()])
def test_what_is_no_text(text: Any) -> None:
    with pytest.raises(ressort.InputError, match="is no text; give one str"):
        ressort.annotate(text)
    with pytest.raises(ressort.InputError):
        ressort.lookup(text)


@pytest.mark.parametrize(
    "date",
    [
        "31.12.2025",
        "2025-02-30",
        "heute",
        "2025-13",
        "0000-01-01",
        "99999-01-01",
        20251008,
        3.5,
        b"2025-10-08",
        [],
        object(),
    ],
)
def test_what_is_no_date(date: Any) -> None:
    for function in (ressort.annotate, ressort.lookup):
        with pytest.raises(ressort.DateError, match="is no date.*YYYY-MM-DD") as caught:
            function("Das BMDS.", date=date)
        assert caught.value.row is None


@pytest.mark.parametrize(
    ("dates", "row"),
    [
        (["2025-10-08", "gestern"], 1),
        ([7, None], 0),
        (pl.Series(["2025-10-08", "2025-10-32"]), 1),
        (pa.chunked_array([["2025-10-08"], ["x"]]), 1),
        (pa.array([0, 2**31 - 1], pa.date32()), 1),
    ],
)
def test_the_row_of_a_wrong_date_is_named(dates: Any, row: int) -> None:
    with pytest.raises(ressort.DateError, match=rf"dates, row {row}: .*None where the day is not known") as caught:
        ressort.default().annotate_column(["Das BMDS.", "Bayern"], dates)
    assert caught.value.row == row


@pytest.mark.parametrize("dates", [pl.Series([1, 2]), pa.array([True, False]), pa.array([b"x", b"y"])])
def test_columns_that_hold_no_dates(dates: Any) -> None:
    with pytest.raises(ressort.DateError, match="holds no dates: give dates"):
        ressort.default().annotate_column(["Das BMDS.", "Bayern"], dates)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ("BMDS", "one str is no column; put it into a list"),
        (b"BMDS", "one bytes is no column"),
        (None, "NoneType is no column"),
        (7, "int is no column"),
        (["a", 7], "texts, row 1: int is no text"),
        (["a", True], "texts, row 1: bool is no text"),
        ([b"a"], "texts, row 0: bytes is no text"),
        (pl.Series([1, 2]), "a column of Int64 holds no texts"),
        (pl.Series([["a"]]), "holds no texts"),
        (pa.array([b"a"]), "a column of Binary holds no texts"),
        (pa.array([1, 1]).dictionary_encode(), "holds no texts"),
        (pl.DataFrame({"a": ["x"], "b": ["y"]}), r"a table with 2 columns \(a, b\) is no column; choose one"),
        (np.array([1, 2]), "row 0: .* is no text"),
    ],
)
def test_what_is_no_column(texts: Any, message: str) -> None:
    with pytest.raises(ressort.InputError, match=message):
        ressort.default().annotate_column(texts)


@pytest.mark.parametrize(("option", "value"), [("dates", ["2025-01-01"]), ("ids", ["a"]), ("titles", ["a", "b", "c"])])
def test_columns_of_different_lengths(option: str, value: Any) -> None:
    with pytest.raises(ressort.InputError, match=f"2 texts and {len(value)} {option}: give one for each text"):
        ressort.default().annotate_column(["a", "b"], **{option: value})


def test_ids_that_are_none() -> None:
    with pytest.raises(ressort.InputError, match="ids, row 0: list is no id"):
        ressort.default().annotate_column(["a"], ids=[[]])  # type: ignore[list-item]
    with pytest.raises(ressort.InputError, match="ids: one str is no column"):
        ressort.default().annotate_column(["a"], ids="a")


def test_an_error_while_the_column_is_made_is_passed_on() -> None:
    def texts() -> Any:
        yield "BMDS"
        raise KeyError("mittendrin")

    with pytest.raises(KeyError, match="mittendrin"):
        ressort.default().annotate_column(texts())


def test_an_object_that_lies_about_arrow() -> None:
    class Liar:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return "no capsule"

    class Broken:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            raise RuntimeError("kaputt")

    for made in (Liar(), Broken()):
        with pytest.raises(ressort.InputError, match="cannot be read as one column of Arrow data"):
            ressort.default().annotate_column(made)


def test_unknown_layers_formats_and_options(tmp_path: Path, page: Path) -> None:
    options: list[tuple[Callable[[], object], str]] = [
        (lambda: ressort.Pipeline(layers=["mention"]), "'mention' is no layer: name some of tokens"),
        (lambda: ressort.Pipeline(layers=[7]), "7 is no layer"),  # type: ignore[list-item]
        (lambda: ressort.Pipeline(layers=None), "is no list of names"),  # type: ignore[arg-type]
        (lambda: ressort.annotate("a").to_dict("word"), "'word' is no layer"),
        (lambda: ressort.extract(page, tmp_path, formats="xml"), "'xml' is no format: one of parquet, csv"),
        (lambda: ressort.extract(page, tmp_path, formats=[]), "give at least one of parquet"),
        (lambda: ressort.extract(page, tmp_path, layers=["x"]), "'x' is no layer"),
        (lambda: ressort.extract(page, tmp_path, partition="day"), "'day' is no partition: one of year, month"),
        (lambda: ressort.extract(page, tmp_path, split="x"), "split: 'x' is unknown"),
        (lambda: ressort.extract(page, tmp_path, resume=True, update=True), "exclude each other"),
        (lambda: ressort.extract(page, tmp_path, threads=0), "give 1 or more"),
        (lambda: ressort.extract(page, tmp_path, pipeline=ressort.default(), model="x"), "pipeline and model"),
        (lambda: ressort.default().annotate_column(["a"], threads=0), "give 1 or more"),
    ]
    for call, message in options:
        with pytest.raises(ressort.OptionError, match=message):
            call()


def test_a_gazetteer_with_mistakes(tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    file.write_text("id\tkind\tname\nbody:a\tbody\tAmt A\nbody:b\tamt\tAmt B\nBody C\tbody\tAmt C\n")
    with pytest.raises(ressort.GazetteerError, match=r"own\.tsv:3: ") as caught:
        ressort.Pipeline(file)
    assert [problem.line for problem in caught.value.problems] == [3, 4]
    assert all(problem.what and problem.remedy for problem in caught.value.problems)
    with pytest.raises(ressort.GazetteerError, match=r"nowhere\.tsv: cannot read"):
        ressort.Pipeline([tmp_path / "nowhere.tsv"])
    with pytest.raises(ressort.InputError, match="gazetteers: 7 is no path"):
        ressort.Pipeline(7)  # type: ignore[arg-type]


def test_a_model_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(b"RSRT" + bytes(range(256)))
    with pytest.raises(ressort.ModelError, match=r"model\.bin"):
        ressort.Pipeline(model=file)
    with pytest.raises(ressort.ModelError, match=r"cannot read the topic model .*nowhere"):
        ressort.Pipeline(model=tmp_path / "nowhere.bin")


def test_extracting_nothing(tmp_path: Path) -> None:
    with pytest.raises(ressort.InputError, match=r"nothing could be read: .*nowhere"):
        ressort.extract(tmp_path / "nowhere.txt", tmp_path / "out")
    with pytest.raises(ressort.InputError, match="is no path"):
        ressort.extract(None, tmp_path / "out")  # type: ignore[arg-type]
    with pytest.raises(ressort.DateError):
        ressort.extract(tmp_path, tmp_path / "out", date="gestern")


def test_a_folder_that_cannot_be_written(tmp_path: Path, page: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ressort.OutputError, match="check the folder, its rights and the space left"):
        ressort.extract(page, tmp_path / "file" / "out")


def test_each_error_is_one_of_ressort_and_one_of_python() -> None:
    for error, kind in (
        (ressort.DateError, ValueError),
        (ressort.GazetteerError, ValueError),
        (ressort.ModelError, ValueError),
        (ressort.OptionError, ValueError),
        (ressort.InputError, TypeError),
        (ressort.OutputError, OSError),
    ):
        assert issubclass(error, ressort.RessortError) and issubclass(error, kind)


def test_strange_texts_end_in_documents() -> None:
    for text in (
        "",
        " ",
        "\x00",
        "\x00" * 1000,
        "(" * 10_000,
        "ä" * 100_000,
        "BMDS " * 20_000,
        "\u202e\ufeff\uffff",
        "a\u0301" * 5000,
    ):
        assert ressort.annotate(text).text == text


def test_an_interpreter_goes_on_after_errors() -> None:
    code = """
import ressort
wrongs = [lambda: ressort.annotate(None), lambda: ressort.annotate('a', 'x'), lambda: ressort.Pipeline(layers='x')]
for wrong in wrongs:
    try:
        wrong()
    except ressort.RessortError:
        print('caught')
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.split() == ["caught"] * 3


def test_dates_of_numpy_that_are_none() -> None:
    days = np.array(["2025-10-08", "NaT"], dtype="datetime64[ns]")
    documents = ressort.default().annotate_column(["a", "b"], days).documents.to_pyarrow()
    assert documents["date"].to_pylist() == [datetime.date(2025, 10, 8), None]
