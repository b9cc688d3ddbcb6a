"""The guide: for each family the problems it serves, where to start, and what that costs."""

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

from live.families import PAGES
from live.words.text import load, say

PARTS = ("problem", "start", "cost")


def entries() -> dict[str, list[dict[str, Any]]]:
    """The rows of the guide, by the page that their links open."""
    return {name: load(f"guide/{name}")["entry"] for name in PAGES}


def guide(language: str, keep: Mapping[str, str]) -> str:
    """The guide as a table in HTML.

    A table in Markdown cannot become one column on a phone.

    Args:
        keep: What every link has to say beside its own state: the language.
    """
    heads = {part: escape(say(f"guide_{part}", language)) for part in PARTS}
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads.values())
    bodies = "".join(
        f'<tbody><tr><th scope="rowgroup" colspan="{len(PARTS)}">'
        f"{link(name, say(name, language), keep)}</th></tr>"
        + "".join(_row(entry, heads, language, keep) for entry in rows)
        + "</tbody>"
        for name, rows in entries().items()
    )
    return f'<table class="lab-advice"><thead><tr>{columns}</tr></thead>{bodies}</table>'


def _row(
    entry: Mapping[str, Any], heads: Mapping[str, str], language: str, keep: Mapping[str, str]
) -> str:
    problem, cost = (escape(entry[part][language]) for part in ("problem", "cost"))
    start = link(entry["page"], entry["start"][language], keep)
    return (
        f"<tr><td>{problem}</td>"
        f'<td data-head="{heads["start"]}">{start}</td>'
        f'<td data-head="{heads["cost"]}">{cost}</td></tr>'
    )


def link(page: str, text: str, keep: Mapping[str, str]) -> str:
    """A link to a page and its state, in HTML, that keeps the language."""
    joint = "&" if "?" in page else "?"
    address = page + (joint + urlencode(keep) if keep else "")
    return f'<a href="{escape(address)}">{escape(text)}</a>'
