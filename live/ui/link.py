"""What a link says beside the rows of a page: language, theme, a name twice, a missing page."""

from collections.abc import Iterable, Mapping

import streamlit as st

from live.state.shell_rows import LANGUAGE, THEME
from live.state.table import MISSING, Ignored, shortened
from live.ui.link_warnings import NoSuchPage, Notice, Repeated
from live.words.text import language_named, language_of, names

CLAIM = "claim"
"""What names, in a link to a page, the claim that is to stand open below its stage."""
SHELL_NAMES = (LANGUAGE.name, THEME.name, CLAIM)
"""Names in a link that belong to what is around a stage."""


def claim_asked() -> str:
    """The claim that the link asks for; "" where it asks for none of ours."""
    claim = st.query_params.get(CLAIM, "")
    return claim if claim in names("claims") else ""


def language_asked() -> str | None:
    """The language that the link asks for; None where it names none of ours."""
    return language_named(st.query_params.get(LANGUAGE.name, ""))


def language_link(language: str) -> dict[str, str]:
    """What a link must say of the language: nothing where it is the browser's own."""
    return {} if language == language_of(st.context.locale) else {LANGUAGE.name: language}


def tell_address(rows: Mapping[str, str], language: str) -> None:
    """Make the address bar a link to what the page shows.

    Told with every run, even where nothing seems to have changed: a run of the page that the reader
    has just left may still have written its own rows.
    """
    asked = {name: st.query_params[name] for name in SHELL_NAMES if name in st.query_params}
    shell = asked | {LANGUAGE.name: language} if LANGUAGE.name in asked else asked
    st.query_params.from_dict(language_link(language) | shell | dict(rows))


def shell_notices(rows: Iterable[str]) -> list[Notice]:
    """What is to be said of the language and theme, and of those of `rows` that come twice."""
    query = st.query_params
    notices: list[Notice] = [
        Repeated(name, shortened(query[name]))
        for name in (*SHELL_NAMES, *rows)
        if len(query.get_all(name)) > 1
    ]
    if LANGUAGE.name in query and language_asked() is None:
        notices.append(Ignored(LANGUAGE.name, shortened(query[LANGUAGE.name]), LANGUAGE))
    if query.get(CLAIM, "") != claim_asked():
        notices.append(Ignored(CLAIM, shortened(query[CLAIM]), None))
    if query.get(THEME.name, "") not in THEME.choices:
        notices.append(Ignored(THEME.name, shortened(query[THEME.name]), THEME))
    return notices


def home_notices() -> list[Notice]:
    """The same for the home page, which has no rows and is told of pages that are not there."""
    missing = st.query_params.get(MISSING)
    unknown = [
        Ignored(shortened(name), shortened(given), None)
        for name, given in st.query_params.items()
        if name not in (*SHELL_NAMES, MISSING)
    ]
    no_page = [] if missing is None else [NoSuchPage(shortened(missing))]
    return [*no_page, *shell_notices([MISSING]), *unknown]
