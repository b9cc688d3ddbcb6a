"""The words of `content/` in the reader's language."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parents[2] / "content"
LANGUAGES = {"en": "English", "zh": "中文"}
LISTS = {"en": (", ", " and "), "zh": ("、", "和")}
"""What stands between the things of a list, and before the last of them."""
LANGUAGE_IN_LINK = "lang"
"""What names the language in a link."""


@cache
def load(name: str) -> dict[str, Any]:
    """One file of `content/`, by its path without the ending: `load("losses/diou_loss")`."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def interface(language: str) -> dict[str, str]:
    """Every label, button and message: those of the frame and those of the families' stages."""
    files = [load(f"interface/{name}") for name in names("interface")]
    return {key: words[language] for file in files for key, words in file.items()}


def say(key: str, language: str, **values: str) -> str:
    """One message, its `{placeholders}` filled."""
    return interface(language)[key].format(**values)


def listed(items: Sequence[str], language: str) -> str:
    """Several things in one sentence: "a, b and c"."""
    between, last = LISTS[language]
    return last.join(filter(None, (between.join(items[:-1]), *items[-1:])))


@cache
def names(folder: str) -> tuple[str, ...]:
    """The files of one folder of `content/`, in natural order: E2 before E10."""
    stems = [path.stem for path in (CONTENT / folder).glob("*.toml")]
    return tuple(sorted(stems, key=lambda stem: (stem[0], len(stem), stem)))


def language_of(locale: str | None) -> str:
    """The page's language for a browser's locale: Chinese for any Chinese, English otherwise."""
    return language_named(locale or "") or "en"


def language_named(tag: str) -> str | None:
    """Which of our languages a tag names, whatever follows: `zh-CN`, `zh_Hans`, `EN`; or None."""
    first = re.split("[-_]", tag.lower(), maxsplit=1)[0]
    return first if first in LANGUAGES else None
