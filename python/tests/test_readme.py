"""The README's blocks for spaCy and Spark run. (Those for the package alone are in `test_package.py`.)"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"


def blocks(heading: str) -> str:
    section = re.split(r"^## ", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    [text] = [part for part in section if part.startswith(heading + "\n")]
    return "\n".join(re.findall(r"```py\n(.*?)```", text, re.DOTALL))


def test_spacy(capsys: pytest.CaptureFixture[str]) -> None:
    if "RESSORT_REQUIRE_SPACY" not in os.environ:
        pytest.importorskip("spacy")
    exec(blocks("spaCy"), {})
    out = capsys.readouterr().out.splitlines()
    assert "BMDS ministry ministry:bund/digitales None 0.97" in out
    assert out[-1] == "politician:volker-wissing 2023-11-20"


@pytest.mark.slow
def test_spark(capsys: pytest.CaptureFixture[str]) -> None:
    from spark_sessions import LOCAL, session

    session(LOCAL)
    exec(blocks("Spark"), {})
    assert "|a     |office:bund/verkehr|politician:volker-wissing|2023-11-20|" in capsys.readouterr().out
