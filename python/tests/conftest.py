"""What the tests share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import ressort

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def pipeline() -> ressort.Pipeline:
    return ressort.default()


@pytest.fixture(scope="session")
def page() -> Path:
    """A page of an archive, which lists six items."""
    return ROOT / "examples" / "archive_page.txt"


@pytest.fixture(scope="session")
def program() -> str:
    """The built program: `RESSORT_PROGRAM`, or what a build left."""
    candidates = [os.environ.get("RESSORT_PROGRAM"), ROOT / "target/debug/ressort", ROOT / "target/release/ressort"]
    found = next((str(path) for path in candidates if path and Path(path).exists()), shutil.which("ressort"))
    if found is None:
        if "RESSORT_REQUIRE_PROGRAM" in os.environ:
            pytest.fail("there is no program: build it, or set RESSORT_PROGRAM")
        pytest.skip("there is no program: build it, or set RESSORT_PROGRAM")
    return found
