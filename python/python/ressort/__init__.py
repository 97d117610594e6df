"""Who and what German political text is about.

>>> import ressort
>>> document = ressort.annotate("Bayerns Digitalminister sprach mit dem BMDS.", date="2025-10-08")
>>> [(mention.surface, mention.entity) for mention in document.mentions]
[('Bayerns', 'land:by'), ('Digitalminister', 'office:by/digitales'), ('BMDS', 'ministry:bund/digitales')]

One text: :func:`annotate`. Many: :meth:`Pipeline.annotate_column`, :func:`annotate_frame`. Archives of files:
:func:`extract`. What a name means: :func:`lookup`. Settings of your own: :class:`Pipeline`.
"""

from __future__ import annotations

import sys as _sys
from typing import Any

from ._ressort import __version__
from .document import Document, Mention, Sentence, Token, Topic
from .errors import (
    DateError,
    GazetteerError,
    InputError,
    ModelError,
    OptionError,
    OutputError,
    RessortError,
)
from .extraction import Summary, extract
from .frames import Frames, annotate_frame
from .pipeline import DateLike, Pipeline, default
from .tables import Table, Tables

__all__ = [
    "DateError",
    "Document",
    "Frames",
    "GazetteerError",
    "InputError",
    "Mention",
    "ModelError",
    "OptionError",
    "OutputError",
    "Pipeline",
    "RessortError",
    "Sentence",
    "Summary",
    "Table",
    "Tables",
    "Token",
    "Topic",
    "__version__",
    "annotate",
    "annotate_frame",
    "default",
    "extract",
    "lookup",
]


def annotate(text: str, date: DateLike | None = None, *, id: str | None = None, title: str | None = None) -> Document:
    """Finds what is in one text, with the built-in gazetteers and model; see :meth:`Pipeline.annotate`."""
    return default().annotate(text, date, id=id, title=title)


def lookup(name: str, date: DateLike | None = None) -> list[dict[str, Any]]:
    """What a name can mean on a day, best reading first; see :meth:`Pipeline.lookup`."""
    return default().lookup(name, date)


# Where polars is in use, its expressions are wanted.
if hasattr(_sys.modules.get("polars"), "api"):
    from . import polars as polars
