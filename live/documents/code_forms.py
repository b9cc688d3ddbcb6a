"""A page's program in all the forms that it is shown in, and what is said above each."""

from collections.abc import Callable, Mapping
from typing import Any

from catalog import CATALOG
from live.families import EVERY_PAGE
from live.families.built_in import built_in_program, differences
from live.families.page_tables import table
from live.families.portable import keras_program, torch_program
from live.words.text import say

CODE_FORMS: dict[str, Callable[[str], str | None]] = {
    "code_project": str,
    "code_torch": torch_program,
    "code_keras": keras_program,
    "code_built_in": built_in_program,
}
"""What makes of a page's snippet each form that it is shown in, by the word for the tab."""


def lead_of(key: str, snippet: str, code: str | None, language: str) -> str:
    """What is said above a form of a program, or instead of one that does not exist."""
    missing = {"code_keras": "code_no_keras", "code_built_in": "code_no_built_in"}
    lead = say(f"{key}_lead" if code else missing[key], language)
    told = differences(snippet, language) if key == "code_built_in" else []
    return "\n\n".join([lead, *told])


def snippet_of(name: str, state: Mapping[str, Any]) -> str:
    """The program that prints the number on the screen of a page, of its chosen loss if it has
    losses."""
    page = EVERY_PAGE[name]
    return page.snippet(CATALOG[state["loss"]] if page.losses else None, state)


def code_answer(name: str, language: str, query: Mapping[str, str]) -> list[dict[str, str | None]]:
    """Every form of the program for the state that a link describes: the word for it, what is said
    above it, and the code, or None where there is none."""
    state, _ = table(name).read_link(query)
    snippet = snippet_of(name, state)
    made = {key: form(snippet) for key, form in CODE_FORMS.items()}
    return [
        {"form": key, "lead": lead_of(key, snippet, code, language), "code": code}
        for key, code in made.items()
    ]
