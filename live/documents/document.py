"""What a stage needs to draw one family in one language, as one JSON document.

It travels once over HTTP, compressed and kept by the browser; the websocket carries states only.
"""

import json
import re
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

import torch

from catalog import CATALOG, Loss
from live.assets import publish
from live.disk_cache import cached
from live.documents.origin import about
from live.documents.tips import check_tip
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.families.quantities import quantity
from live.state.shell_rows import LANGUAGE, THEME
from live.state.table import Table
from live.tape.fingerprint import Fingerprints
from live.tape.loss_tapes import cached_tapes
from live.words import palette
from live.words.number_format import as_on_stage
from live.words.text import interface, listed, load, say


@cache
def publish_tapes(name: str) -> str:
    """Publish the tapes of one family; their address."""
    return publish(f"{name}-tapes", json.dumps(cached_tapes(name, EVERY_PAGE[name].programs())))


@cache
def publish_document(name: str, language: str) -> str:
    """Publish the document of one family in one language; its address."""
    document = {
        "title": load(f"families/{name}")[language]["title"],
        "words": page_words(name, language),
        "palette": palette.by_role(),
        "losses": [describe_loss(loss, language) for loss in EVERY_PAGE[name].losses],
        "rows": {row.name: row.describe() for row in table(name).rows.values()},
        "about": about(name),
        "shell_rows": [row.describe() for row in (LANGUAGE, THEME)],
        "views": EVERY_PAGE[name].views,
        "scenes": describe_scenes(name, language),
        **EVERY_PAGE[name].extras(),
    }
    return publish(f"{name}-{language}", json.dumps(document, ensure_ascii=False))


def page_words(name: str, language: str) -> dict[str, str]:
    """Every label of the interface, the torch of the tapes named, and those that a loss of the page
    brings along for its own options and terms."""
    torch_named = say("recorded_by_torch", language, version=torch.__version__)
    own = [load(f"losses/{loss.id}").get("labels", {}) for loss in EVERY_PAGE[name].losses]
    brought = {key: words[language] for labels in own for key, words in labels.items()}
    return interface(language) | {"recorded_by_torch": torch_named} | brought


def describe_loss(loss: Loss, language: str) -> dict[str, Any]:
    """One loss as the stage's table, controls and formula need it; what its parameters and options
    allow is told by their rows."""
    words, labels = load(f"losses/{loss.id}"), page_words(loss.family, language)

    def label(key: str) -> str:
        if key not in labels:
            raise ValueError(
                f"{key!r} needs words: under [labels] in content/losses/{loss.id}.toml, or in "
                f"content/interface/{loss.family}.toml"
            )
        return labels[key]

    colour, dash = palette.look(loss.id)
    return {
        "id": loss.id,
        "short": words["short"][language],
        "name": words["name"][language],
        "colour": colour.paint,
        "dash": dash,
        "arguments": loss.arguments,
        "formula": loss.formula,
        "formula_with_values": loss.formula_with_values,
        "terms": [{"name": term, "role": term, "label": label(term)} for term in loss.terms],
        "symbols": [
            {"tex": s["tex"], "role": s.get("role", ""), "text": s["text"][language]}
            for s in load(f"symbols/{loss.family}")["symbol"]
            if loss.id in s["losses"]
        ],
        "parameters": [{"name": p.name, "symbol": p.symbol} for p in loss.parameters],
        "options": [{"name": o.name, "label": label(f"option_{o.name}")} for o in loss.options],
    }


def describe_scenes(name: str, language: str) -> list[dict[str, Any]]:
    """The scenes, their sentences filled with the numbers that torch gives."""
    states: Table = table(name)
    told = _told(name)
    return [
        {
            "id": scene["id"],
            "title": scene["title"][language],
            "state": states.scenes[scene["id"]],
            "question": scene["question"][language],
            "answers": [
                {"text": answer["text"][language], "right": answer.get("right", False)}
                for answer in scene.get("answer", [])
            ],
            "reveal": told[scene["id"]]["reveal"][language],
            "tip": {
                part: texts[language]
                for part, texts in told[scene["id"]].items()
                if part != "reveal"
            }
            or None,
            "veil": scene["veil"],
            "waits": _waits(scene, language),
            "act": _act(name, scene),
        }
        for scene in load(f"scenes/{name}")["scene"]
    ]


WAITS_FOR_ANSWER = ("veiled", "veiled_too", "play_waits")
WAITS_FOR_ACT = ("veiled_act", "veiled_too_act", "play_waits_act")


def _waits(scene: Mapping[str, Any], language: str) -> dict[str, str]:
    """What a reader is told while the question is open: what is veiled, and in a view that has a
    Play, that it waits."""
    parts = listed([say(f"veil_{part}", language) for part in scene["veil"]], language)
    act = scene.get("act")
    veiled, veiled_too, play_waits = WAITS_FOR_ACT if act else WAITS_FOR_ANSWER
    still = say(veiled, language, parts=parts) if parts else ""
    if act and act.get("play"):
        return {"still": still, "playing": still}
    playing = say(veiled_too if parts else play_waits, language, parts=parts)
    return {"still": still, "playing": playing}


def _act(name: str, scene: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a scene asks to be brought about, and the values of the rows with which it is."""
    act = scene.get("act")
    return act and {**act, "shown": _shown(name, scene)}


def _shown(name: str, scene: Mapping[str, Any]) -> dict[str, Any]:
    rows = table(name).rows
    return {row: rows[row].check(value) for row, value in scene["act"]["shown"].items()}


def told_of(name: str, scene: Mapping[str, Any]) -> dict[str, Any]:
    """The state that the reveal of a scene speaks of: its start, or where its act leads."""
    start = table(name).start(scene["id"])
    return start | _shown(name, scene) if "act" in scene else start


def places_of(name: str, scene: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The states that the words of a scene speak of: "" is `told_of`, the others are where its
    `elsewhere` leads from its start."""
    start, rows = table(name).start(scene["id"]), table(name).rows
    return {"": told_of(name, scene)} | {
        place: start | {row: rows[row].check(value) for row, value in moved.items()}
        for place, moved in scene.get("elsewhere", {}).items()
    }


@cache
def _told(name: str) -> dict[str, dict[str, dict[str, str]]]:
    """What each scene tells with numbers, its reveal and the parts of its tip, by language.

    Descents of hundreds of steps stand behind some, so each is kept until its words, its state, the
    losses it names or their quantities change.
    """
    texts, places, depends = {}, {}, {}
    for scene in load(f"scenes/{name}")["scene"]:
        spoken_of = places_of(name, scene)
        tip = check_tip(f"{scene['id']!r} of {name}", scene) or {}
        for part, text in {"reveal": scene["reveal"], **tip}.items():
            key = f"{scene['id']} {part}"
            texts[key], places[key] = text, spoken_of
            named = {found["loss"] for found in PLACEHOLDER.finditer(str(text))}
            losses = [CATALOG[loss_id] for loss_id in sorted(named & CATALOG.keys())]
            if named:
                depends[key] = (text, spoken_of, losses, EVERY_PAGE[name].quantity, as_on_stage)
    keys = Fingerprints(depends)

    def filled(key: str) -> dict[str, str]:
        return {lang: fill(text, name, places[key]) for lang, text in texts[key].items()}

    told: dict[str, dict[str, dict[str, str]]] = {}
    for key in texts:
        scene_id, part = key.split()
        told.setdefault(scene_id, {})[part] = (
            cached(f"{name}-reveal", keys[key], partial(filled, key))
            if key in depends
            else filled(key)
        )
    return told


PLACEHOLDER = re.compile(
    r"\{(?:(?P<where>\w+):)?(?P<loss>\w+)\.(?P<quantity>\w+)(?:@(?P<after>\d+))?\}"
)


def measured(found: re.Match[str], name: str, places: Mapping[str, Any]) -> float:
    """The number that a placeholder stands for."""
    after = int(found["after"]) if found["after"] else None
    return quantity(name, places[found["where"] or ""], found["loss"], found["quantity"], after)


def fill(text: str, name: str, places: Mapping[str, Any]) -> str:
    """Put numbers for `{giou_loss.value}`, `{giou_loss.area@20}` (after 20 steps) and
    `{near:giou_loss.value}` (in the place of that name, see `places_of`)."""
    return PLACEHOLDER.sub(lambda found: as_on_stage(measured(found, name, places)), text)
