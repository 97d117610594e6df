"""The view of a document in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .document import Document, Mention

#: Hue of each kind; kinds that are alike share one.
_HUES = {
    "ministry": 215,
    "body": 215,
    "politician": 300,
    "office": 330,
    "parliament": 185,
    "party": 185,
    "land": 130,
    "municipality": 130,
    "programme": 45,
    "law": 45,
    "event": 10,
    "association": 10,
}

# Notebooks tell their theme by an attribute, pages by the system's setting.
_DARK = "--text: #e6e6e6; --quiet: #a8a8a8; --back: 30%; --edge: 62%"
_STYLE = f"""
.ressort {{ --text: #1f1f1f; --quiet: #5c5c5c; --back: 90%; --edge: 38%; color: var(--text);
  font-family: system-ui, sans-serif; line-height: 1.7; max-width: 60em }}
@media (prefers-color-scheme: dark) {{ .ressort {{ {_DARK} }} }}
[data-jp-theme-light="true"] .ressort, .vscode-light .ressort {{
  --text: #1f1f1f; --quiet: #5c5c5c; --back: 90%; --edge: 38% }}
[data-jp-theme-light="false"] .ressort, .vscode-dark .ressort, html[theme="dark"] .ressort {{ {_DARK} }}
.ressort .text {{ white-space: pre-wrap; overflow-wrap: anywhere }}
.ressort mark {{ color: inherit; background: hsl(var(--hue) 70% var(--back)); padding: .1em .25em;
  border-radius: .25em; border-bottom: 2px solid hsl(var(--hue) 60% var(--edge)) }}
.ressort mark.open {{ border-bottom-style: dashed }}
.ressort mark small {{ color: var(--quiet); font-size: .7em; margin-left: .35em; text-transform: lowercase;
  user-select: none }}
.ressort .quiet {{ color: var(--quiet); font-size: .85em }}
.ressort ul {{ margin: .6em 0 0; padding-left: 1.2em }}
"""


def document_html(document: Document) -> str:
    """Text with highlighted mentions, and topics; complete in itself, and everything of the document escaped."""
    parts, at = [], 0
    for mention in document.mentions:
        parts.append(escape(document.text[at : mention.start]))
        parts.append(_mark(mention))
        at = mention.end
    parts.append(escape(document.text[at:]))
    day = document.as_of.isoformat() if document.as_of is not None else "no date"
    head = f'<div class="quiet">{day} ({escape(document.as_of_source)})</div>'
    topics = "".join(
        f'<li>{escape(topic.label)} <span class="quiet">{topic.score:.2f} · {terms}</span></li>'
        for topic, terms in ((topic, escape(", ".join(topic.terms))) for topic in document.topics)
    )
    topics = f"<ul>{topics}</ul>" if topics else ""
    text = "".join(parts)
    return f'<div class="ressort"><style>{_STYLE}</style>{head}<div class="text" dir="auto">{text}</div>{topics}</div>'


def _mark(mention: Mention) -> str:
    hue = _HUES.get(mention.kind, 0)
    open_ = "" if mention.entity else ' class="open"'
    kind = escape(mention.kind)
    return (
        f'<mark{open_} style="--hue: {hue}" title="{escape(str(mention))}"><bdi>{escape(mention.surface)}</bdi>'
        f"<small>{kind}</small></mark>"
    )
