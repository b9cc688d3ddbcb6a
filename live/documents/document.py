"""What a stage needs to draw one family in one language, as one JSON document.

It travels once over HTTP, compressed and kept by the browser; the websocket carries states only.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from catalog import Loss
from live.assets import publish
from live.disk_cache import ROOT, kept
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.families.quantities import quantity
from live.state.table import Table
from live.tape.loss_tapes import kept_tapes
from live.words import palette
from live.words.number_format import as_on_stage
from live.words.text import interface, load

LIVE = ROOT / "live"
REVEAL_SOURCES = (
    ROOT / "losses",
    ROOT / "catalog",
    ROOT / "experiments",
    ROOT / "content" / "scenes",
    ROOT / "content" / "images",
    LIVE / "families",
    LIVE / "documents",
    LIVE / "state",
    LIVE / "words" / "number_format.py",
)
"""What the sentences of the scenes depend on: their words, their states and all quantities."""


@cache
def publish_tapes(name: str) -> str:
    """Publish the tapes of one family; their address."""
    return publish(f"{name}-tapes", json.dumps(kept_tapes(name, EVERY_PAGE[name].tapes)))


@cache
def publish_document(name: str, language: str) -> str:
    """Publish the document of one family in one language; its address."""
    document = {
        "title": load(f"families/{name}")[language]["title"],
        "words": interface(language),
        "palette": palette.by_role(),
        "losses": [describe_loss(loss, language) for loss in EVERY_PAGE[name].losses],
        "rows": {row.name: row.describe() for row in table(name).rows.values()},
        "views": EVERY_PAGE[name].views,
        "scenes": describe_scenes(name, language),
        **EVERY_PAGE[name].extras(),
    }
    return publish(f"{name}-{language}", json.dumps(document, ensure_ascii=False))


def describe_loss(loss: Loss, language: str) -> dict[str, Any]:
    """One loss as the stage's table, controls and formula need it; what its parameters and options
    allow is told by their rows."""
    words, labels = load(f"losses/{loss.id}"), interface(language)
    colour, dash = palette.look(loss.id)
    return {
        "id": loss.id,
        "short": words["short"][language],
        "name": words["name"][language],
        "colour": colour.paint,
        "dash": dash,
        "formula": loss.formula,
        "numbers": loss.numbers,
        "terms": [{"name": term, "role": term, "label": labels[term]} for term in loss.terms],
        "parameters": [{"name": p.name, "symbol": p.symbol} for p in loss.parameters],
        "options": [{"name": o.name, "label": labels[f"option_{o.name}"]} for o in loss.options],
    }


def describe_scenes(name: str, language: str) -> list[dict[str, Any]]:
    """The scenes, their sentences filled with the numbers that torch gives."""
    states: Table = table(name)
    reveals = kept(f"{name}-reveals", REVEAL_SOURCES, lambda: _reveals(name))
    return [
        {
            "id": scene["id"],
            "title": scene["title"][language],
            "state": states.scenes[scene["id"]],
            "question": scene["question"][language],
            "answers": [
                {"text": answer["text"][language], "right": answer.get("right", False)}
                for answer in scene["answer"]
            ],
            "reveal": reveals[scene["id"]][language],
        }
        for scene in load(f"scenes/{name}")["scene"]
    ]


def _reveals(name: str) -> dict[str, dict[str, str]]:
    """What each scene reveals, by language: descents of hundreds of steps stand behind some."""
    return {
        scene["id"]: {
            language: fill(text, name, table(name).start(scene["id"]))
            for language, text in scene["reveal"].items()
        }
        for scene in load(f"scenes/{name}")["scene"]
    }


PLACEHOLDER = re.compile(r"\{(?P<loss>\w+)\.(?P<quantity>\w+)(?:@(?P<after>\d+))?\}")


def fill(text: str, name: str, state: Mapping[str, Any]) -> str:
    """Put numbers for `{giou_loss.value}` and `{giou_loss.area@20}` (after 20 steps)."""

    def number(found: re.Match[str]) -> str:
        after = int(found["after"]) if found["after"] else None
        return as_on_stage(quantity(name, state, found["loss"], found["quantity"], after))

    return PLACEHOLDER.sub(number, text)
