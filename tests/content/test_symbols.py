"""Under a formula stands what its symbols mean: every one of them, and none that it has not."""

import re

import pytest

from catalog import CATALOG
from live.words.palette import ROLES
from live.words.text import load, names

COMMANDS = re.compile(
    r"\\(?:frac|tfrac|dfrac|sqrt|left|right|bigl|bigr|biggl|biggr|lvert|rvert|lVert|rVert|sum|max|ln"
    r"|log|sin|exp|quad|qquad|allowbreak|textstyle|begin|end|cosh|neq|ne|le|in|hat|cdot|pi|arctan|Vert)"
    r"(?![A-Za-z])|\\[,;:!\\&|{}]"
)
NAMES = re.compile(r"\\(?:term)\{\w+\}|\\(?:text|operatorname)\{[^}]*\}|\{cases\}|\[1ex\]")
ROMAN = re.compile(r"\\mathrm\{([^}]*)\}")
TOKEN = re.compile(r"\\[A-Za-z]+|[A-Za-z]+")
ALWAYS = {"e", "i", "j", "k", "n", "t", "s", "x", "y", "IoU"}
"""Euler's number, and what only counts or names a direction."""


def tokens(tex: str) -> set[str]:
    """The letters and names that a formula is written with."""
    plain = COMMANDS.sub(" ", NAMES.sub(" ", ROMAN.sub(r" \1 ", tex)))
    found = set()
    for token in TOKEN.findall(plain):
        whole = token.startswith("\\") or token in (
            "IoU",
            "FP",
            "FN",
            "TP",
            "img",
            "base",
            "D",
            "B",
        )
        found |= {token} if whole else set(token)
    return found


def explained(symbol: dict) -> set[str]:
    """What an entry speaks of: its own signs, and those that its text names one by one."""
    return tokens(symbol["tex"]) | set(re.findall(r"\b[A-Za-z]\b", symbol["text"]["en"]))


def symbols(loss_id: str) -> list[dict]:
    every = load(f"symbols/{CATALOG[loss_id].family}")["symbol"]
    return [symbol for symbol in every if loss_id in symbol["losses"]]


@pytest.mark.parametrize("loss_id", CATALOG)
def test_every_symbol_of_a_formula_is_told(loss_id):
    told = set().union(*(explained(symbol) for symbol in symbols(loss_id)))
    own = set().union(*(tokens(symbol["tex"]) for symbol in symbols(loss_id)))
    formula = tokens(CATALOG[loss_id].formula)
    assert own, "a formula without a legend"
    assert formula - ALWAYS <= told, "a symbol that nobody explains"
    assert own - ALWAYS <= formula, "a symbol that the formula has not"


@pytest.mark.parametrize("family", names("symbols"))
def test_a_symbol_wears_the_colour_of_a_part(family):
    for symbol in load(f"symbols/{family}")["symbol"]:
        assert symbol.keys() - {"role"} == {"tex", "losses", "text"}
        assert symbol.get("role", "target") in ROLES
        assert {CATALOG[loss_id].family for loss_id in symbol["losses"]} == {family}
