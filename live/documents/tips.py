"""A tip for who teaches with a scene: what to ask, what is usually said, what to show next."""

from collections.abc import Mapping
from typing import Any

from live.words.text import LANGUAGES, interface

PARTS = ("ask", "heard", "next")
Texts = dict[str, str]
"""One sentence in every language."""


def check_tip(where: str, scene: Mapping[str, Any]) -> dict[str, Texts] | None:
    """The tip of a scene, each of `PARTS` in every language; None for a scene without one.

    Raises:
        ValueError: a part or a language is missing, or there is one more.
    """
    tip = scene.get("tip")
    if tip is None:
        return None
    if set(tip) != set(PARTS):
        raise ValueError(f"the tip of {where} needs {', '.join(PARTS)}; got {', '.join(tip)}")
    for part, texts in tip.items():
        told = isinstance(texts, Mapping) and {lang for lang, text in texts.items() if text.strip()}
        if told != set(LANGUAGES) or set(texts) != told:
            languages = ", ".join(LANGUAGES)
            raise ValueError(f"tip.{part} of {where} needs words in {languages}; got {texts!r}")
    return dict(tip)


def tip_words(language: str) -> dict[str, str]:
    """The labels of a tip, for a page that has no words of a stage."""
    words = interface(language)
    return {key: words[key] for key in ("for_teachers", *(f"tip_{part}" for part in PARTS))}
