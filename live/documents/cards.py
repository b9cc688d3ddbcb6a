"""What the printed cards of a family's losses say beside what their stage shows, and the programs
that a stage without a server shows: static documents, one a family and language."""

import json
import math
from collections.abc import Iterator
from functools import cache
from typing import Any

from catalog import Loss
from live.assets import publish
from live.documents.code_forms import code_answer
from live.documents.prose import cite, markdown
from live.families import EVERY_PAGE
from live.words.number_format import in_prose
from live.words.text import load, say

PARTS = ("what", "when", "when_not", "goes_wrong")


@cache
def publish_cards(name: str, language: str) -> str:
    """Publish what the cards of one family say in one language; their address."""
    cards = {
        "words": {key: text[language] for key, text in load("card").items()},
        "losses": {loss.id: _card(loss, language) for loss in EVERY_PAGE[name].losses},
    }
    return publish(f"{name}-cards-{language}", json.dumps(cards, ensure_ascii=False))


@cache
def publish_programs(name: str, language: str) -> str:
    """Publish the programs of every loss of one family, or under "" those of a page without losses;
    their address. The numbers in them are those that the page opens with."""
    chosen = [loss.id for loss in EVERY_PAGE[name].losses]
    programs = {loss: code_answer(name, language, {"loss": loss}) for loss in chosen}
    programs = programs or {"": code_answer(name, language, {})}
    return publish(f"{name}-programs-{language}", json.dumps(programs, ensure_ascii=False))


def properties_of(loss: Loss, language: str) -> Iterator[str]:
    """What holds for a loss, as short statements."""
    said, holds = load("card"), loss.properties
    bounds = {"lowest": in_prose(holds.lowest), "highest": in_prose(holds.highest)}
    kind = "range_open" if math.isinf(holds.highest) else "range_closed"
    yield said[kind][language].format(**bounds)
    for key in ("convex", "smooth", "bounded_gradient", "symmetric"):
        if key == "bounded_gradient" and holds.gradient_like_logarithm:
            yield said["gradient_like_logarithm"][language]
            continue
        yield said[key if getattr(holds, key) else f"not_{key}"][language]
        if key == "smooth" and holds.piecewise_linear:
            yield said["piecewise_linear"][language]
    for key in ("shift_invariant", "scale_invariant"):
        if getattr(holds, key):
            yield said[key][language]
    if not holds.least_at_match:
        yield said["not_least_at_match"][language]


def _card(loss: Loss, language: str) -> dict[str, Any]:
    words = load(f"losses/{loss.id}")
    also = words["also"][language]
    return {
        "also": say("also_called", language, names=also) if also else "",
        "properties": [*properties_of(loss, language)],
        "words": [
            {"title": say(part, language), "html": markdown(words[language][part])}
            for part in PARTS
        ],
        "sources": markdown("\n".join(f"- {cite(one)}" for one in loss.references)),
    }
