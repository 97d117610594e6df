#!/usr/bin/env python3
"""Do the tables of a run hold the same rows and types wherever they are opened?

    ressort extract INPUT -o tables --format parquet,csv,arrow,xlsx
    pip install polars duckdb pandas pyarrow openpyxl
    python3 tests/elsewhere.py tables

polars, DuckDB and pandas read the Parquet files and must agree; CSV, Arrow and Excel must hold the same as Parquet.
LibreOffice opens CSV and workbook where it is installed.
"""

import csv
import datetime
import pathlib
import shutil
import subprocess
import sys
import tempfile

import duckdb
import pandas
import polars

TABLES = ["documents", "mentions", "entities", "topics", "cooccurrences", "counts", "errors"]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value):
    """A value as it stands in CSV."""
    if value is None or (isinstance(value, float) and value != value) or value is pandas.NaT or value is pandas.NA:
        return ""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def rows(frame):
    return [[cell(value) for value in row] for row in frame]


def same(what, found, expected):
    if found != expected:
        for number, (a, b) in enumerate(zip(found, expected)):
            if a != b:
                sys.exit(f"{what}: row {number} differs:\n{a}\n{b}")
        sys.exit(f"{what}: {len(found)} rows, expected {len(expected)}")


def defused(row):
    return ["'" + value if value.startswith(FORMULA) and not is_number(value) else value for value in row]


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def main():
    folder = pathlib.Path(sys.argv[1])
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        print("WARNING: LibreOffice is not installed and was not asked", file=sys.stderr)
    for table in TABLES:
        parquet = folder / f"{table}.parquet"
        frame = polars.read_parquet(parquet)
        expected = rows(frame.iter_rows())
        # DuckDB: same rows, and types that mean the same.
        relation = duckdb.sql(f"SELECT * FROM read_parquet('{parquet}')")
        same(f"{table} in DuckDB", rows(relation.fetchall()), expected)
        alike = {"VARCHAR": polars.String, "UINTEGER": polars.UInt32, "DOUBLE": polars.Float64, "DATE": polars.Date}
        types = [alike[str(dtype)] for dtype in relation.types]
        assert types == frame.dtypes, f"{table}: {types} in DuckDB, {frame.dtypes} in polars"
        # pandas: as Arrow types, so that whole numbers with gaps stay whole.
        panda = pandas.read_parquet(parquet, dtype_backend="pyarrow")
        same(f"{table} in pandas", rows(panda.itertuples(index=False, name=None)), expected)
        arrow = polars.read_ipc(folder / f"{table}.arrow")
        assert arrow.schema == frame.schema, f"{table}: {arrow.schema} in Arrow, {frame.schema} in Parquet"
        same(f"{table} as Arrow", rows(arrow.iter_rows()), expected)
        feather = pandas.read_feather(folder / f"{table}.arrow", dtype_backend="pyarrow")
        same(f"{table} as Arrow in pandas", rows(feather.itertuples(index=False, name=None)), expected)
        texts = [name for name, dtype in frame.schema.items() if dtype == polars.String]
        with open(folder / f"{table}.csv", encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines)
            assert next(reader) == frame.columns
            found = [
                [value if name in texts else cell(float(value)) if is_number(value) else value
                 for name, value in zip(frame.columns, row)]
                for row in reader
            ]
        same(f"{table} as CSV", found, [defused(row) for row in expected])
        sheet = pandas.read_excel(folder / "tables.xlsx", sheet_name=table, dtype=object, keep_default_na=False)
        assert list(sheet.columns) == frame.columns, f"{table}: {list(sheet.columns)} in Excel"
        assert len(sheet) == len(expected), f"{table}: {len(sheet)} rows in Excel, {len(expected)} in Parquet"
        same(f"{table} in Excel", [excel_row(row) for row in sheet.itertuples(index=False, name=None)], expected)
        if office:
            with tempfile.TemporaryDirectory() as out:
                command = [office, "--headless", f"-env:UserInstallation=file://{out}/profile", "--convert-to",
                           "csv:Text - txt - csv (StarCalc):44,34,76,1", "--infilter=CSV:44,34,76,1", "--outdir", out,
                           folder / f"{table}.csv"]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                with open(f"{out}/{table}.csv", encoding="utf-8", newline="") as lines:
                    count = sum(1 for _ in csv.reader(lines)) - 1
            assert count == len(expected), f"{table}: {count} rows in LibreOffice, {len(expected)} in Parquet"
            if table == TABLES[0]:
                with tempfile.TemporaryDirectory() as out:
                    # The first sheet of the workbook is the first table.
                    command = [office, "--headless", f"-env:UserInstallation=file://{out}/profile", "--convert-to",
                               "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", out, folder / "tables.xlsx"]
                    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                    with open(f"{out}/tables.csv", encoding="utf-8", newline="") as lines:
                        opened = list(csv.reader(lines))
                assert opened[0] == frame.columns and len(opened) - 1 == len(expected), "the workbook in LibreOffice"
        print(f"{table}: {len(expected)} rows are the same everywhere")


def excel_row(row):
    return ["" if value == "" else cell(float(value)) if isinstance(value, (int, float)) else cell(value) for value in row]


if __name__ == "__main__":
    main()
