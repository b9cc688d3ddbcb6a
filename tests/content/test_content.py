"""Every word of `content/`: complete in both languages, well set, and true to catalog and code."""

import math
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from catalog import CATALOG, FAMILIES
from experiments.evidence import Evidence, evidence

CONTENT = Path(__file__).parents[2] / "content"
FILES = sorted(
    path.relative_to(CONTENT).with_suffix("").as_posix() for path in CONTENT.rglob("*.toml")
)
LOSSES = [name for name in FILES if name.startswith("losses/")]
CLAIMS = [name for name in FILES if name.startswith("claims/")]

HAN = "\u3400-\u9fff"
NARROW = ',;:!?()"'
LONG = {"what", "when", "when_not", "goes_wrong", "words", "hook", "question", "reveal", "claim"}
LONG |= {"truth", "name", "ask", "heard", "next"}
PLACEHOLDER = re.compile(r"\{((?:[a-z0-9_]+:)?[a-z0-9_]+(?:\.[a-z0-9_]+(?:@\d+)?)?)\}")


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def pairs(node: Any, trail: str = "") -> Iterator[tuple[str, Any, Any]]:
    """(where, English, Chinese) of every text under `node`; None for a language that lacks it."""
    if isinstance(node, list):
        for place, item in enumerate(node):
            yield from pairs(item, f"{trail}[{place}]")
    if not isinstance(node, dict):
        return
    if node.keys() & {"en", "zh"}:
        yield from _both(node.get("en"), node.get("zh"), trail)
    for key in node.keys() - {"en", "zh"}:
        yield from pairs(node[key], f"{trail}.{key}")


def _both(english: Any, chinese: Any, trail: str) -> Iterator[tuple[str, Any, Any]]:
    if not isinstance(english, dict) and not isinstance(chinese, dict):
        yield trail, english, chinese
        return
    english = english if isinstance(english, dict) else {}
    chinese = chinese if isinstance(chinese, dict) else {}
    for key in english.keys() | chinese.keys():
        yield from _both(english.get(key), chinese.get(key), f"{trail}.{key}")


def prose(text: str) -> str:
    """The text as a reader meets it: formulas, code and placeholders become one Latin letter."""
    text = re.sub(r"\$\$?[^$]+\$\$?|`[^`]*`", "x", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", PLACEHOLDER.sub("x", text))
    return text.replace("*", "")


def bare(text: str) -> str:
    """The text without spaces and differences of width: "L1 (MAE)" and "L1（MAE）" are one name."""
    return unicodedata.normalize("NFKC", text).replace(" ", "")


@pytest.mark.parametrize("name", FILES)
def test_both_languages_say_everything(name):
    found = list(pairs(load(name)))
    assert found
    for where, english, chinese in found:
        for text in (english, chinese):
            assert isinstance(text, str), f"{where} is missing in one language"
            assert text.strip(), f"{where} is empty"
            assert not re.search(r"TODO|FIXME|XXX|TBD|lorem", text, re.IGNORECASE), where
            assert text.count("$") % 2 == 0, where
        assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(chinese)), where


@pytest.mark.parametrize("name", FILES)
def test_each_language_is_itself(name):
    for where, english, chinese in pairs(load(name)):
        assert not re.search(f"[{HAN}\uff00-\uffef，。；：！？、（）《》]", english), where
        # A name or a sign may stand alike in both; a sentence may not.
        long = where.rsplit(".", 1)[-1] in LONG and len(english) > 20
        alike = bare(chinese) == bare(english) and not long
        assert alike or re.search(f"[{HAN}]", chinese), where


@pytest.mark.parametrize("name", FILES)
def test_chinese_is_set_as_chinese(name):
    faults = {
        "no space between Chinese and Latin": f"[{HAN}][A-Za-z0-9Α-ω]|[A-Za-z0-9Α-ω][{HAN}]",
        "a half-width sign beside Chinese": f"[{HAN}][{NARROW}]|[{NARROW}][{HAN}]|[{HAN}]\\.",
        "a space before a full-width sign": " [，。；：！？、）”]",
        "a space between Chinese characters": f"[{HAN}] [{HAN}]",
        "a formal you": "您",
    }
    for where, _, chinese in pairs(load(name)):
        for fault, pattern in faults.items():
            hit = re.search(f".{{0,8}}(?:{pattern}).{{0,8}}", prose(chinese))
            assert not hit, f"{where}: {fault}: {hit.group()!r}"


@pytest.mark.parametrize("name", FILES)
def test_english_is_british_and_grades_nothing(name):
    stems = "normal|minim|maxim|optim|general|real|recogn|initial|regular|summar|penal|emphas"
    american = r"\b(?:colors?|center\w*|behaviors?|neighbors?|gray|favor\w*|label(?:ed|ing))\b"
    american += rf"|\b(?:{stems})iz\w+|\banalyz\w+"
    grades = r"state[- ]of[- ]the[- ]art|\bSOTA\b|cutting[- ]edge|[★⭐]"
    for where, english, _ in pairs(load(name)):
        hit = re.search(f"{american}|{grades}", prose(english), re.IGNORECASE)
        assert not hit, f"{where}: {hit.group()!r}"


def test_catalog_and_content_name_the_same_losses():
    assert {name.removeprefix("losses/") for name in LOSSES} == set(CATALOG)


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_has_its_texts(name):
    words = load(name)
    assert words.keys() - {"labels"} == {"short", "name", "also", "en", "zh"}
    assert len(words["short"]["en"]) <= 14
    assert words["en"].keys() == {"what", "when", "when_not", "goes_wrong"}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_its_texts_and_scenes(family):
    assert load(f"families/{family}")["en"].keys() == {"title", "hook", "question", "words"}
    assert load(f"scenes/{family}")["scene"]


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_is_backed_by_its_evidence(name):
    assert re.fullmatch(r"claims/[ER][1-9]\d*", name)
    claim = load(name)
    assert claim["family"] in FAMILIES
    assert claim["losses"] == list(dict.fromkeys(claim["losses"])) != []
    assert {CATALOG[loss].family for loss in claim["losses"]} == {claim["family"]}
    assert claim["verdict"] in ("wrong", "imprecise", "right")
    assert claim["en"].keys() - {"labels"} == {"title", "claim", "truth"}
    labels = set(claim["en"].get("labels", {}))
    found = evidence(claim["family"], claim["evidence"]) if claim["evidence"] else Evidence({})
    texts = claim["en"]["claim"] + claim["en"]["truth"]
    assert set(PLACEHOLDER.findall(texts)) <= set(found.numbers)
    axes = {found.x_label, found.y_label} - {""}
    drawn = {curve.label for curve in found.curves}
    assert len(drawn) == len(found.curves)
    assert drawn | axes <= labels, "a curve or an axis has no label"
    assert labels <= drawn | axes | set(found.numbers), "a label belongs to nothing"
    assert bool(found.curves) == (len(axes) == 2)
    numbers = [
        *found.numbers.values(),
        *(y for curve in found.curves for y in (*curve.x, *curve.y)),
    ]
    assert all(isinstance(number, int | float) and math.isfinite(number) for number in numbers)
