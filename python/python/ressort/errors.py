"""What can go wrong. Each message says what is wrong, where, and what to do.

All exceptions are :class:`RessortError`; each is one of Python's own kinds besides, so that ``except ValueError``
does what one expects.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = [
    "DateError",
    "GazetteerError",
    "InputError",
    "ModelError",
    "OptionError",
    "OutputError",
    "Problem",
    "RessortError",
]


class Problem(NamedTuple):
    """One thing that is wrong at one place of a gazetteer."""

    #: The file's name.
    file: str
    #: The line, from 1.
    line: int
    #: What is wrong.
    what: str
    #: What to do about it.
    remedy: str


class RessortError(Exception):
    """Any error of ressort."""


class GazetteerError(RessortError, ValueError):
    """A gazetteer cannot be used. The message names file and line of each mistake."""

    #: The mistakes, in the order of the file; empty where the file cannot be read at all.
    problems: list[Problem]

    def __init__(self, message: str, problems: Iterable[tuple[str, int, str, str]] = ()) -> None:
        super().__init__(message)
        self.problems = [Problem(*problem) for problem in problems]


class ModelError(RessortError, ValueError):
    """A topic model or taxonomy cannot be used."""


class DateError(RessortError, ValueError):
    """A value that should be a day is none."""

    #: The row of the column, from 0; ``None`` where one date was given.
    row: int | None

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row


class InputError(RessortError, TypeError):
    """What was given is not what can be read: no text, no column, columns of different lengths, no file."""


class OptionError(RessortError, ValueError):
    """An option does not have this value: a layer, a format that does not exist."""


class OutputError(RessortError, OSError):
    """Tables cannot be written, or an interrupted run cannot go on."""
