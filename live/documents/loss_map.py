"""The map of the losses: every family, every loss with its picture, and what is related to what."""

import json
from functools import cache
from typing import Any

import torch

from catalog import CATALOG
from live.assets import publish
from live.families import EVERY_PAGE
from live.families.base import FamilyPage
from live.words import palette
from live.words.text import interface, load, say

WIDTH, HEIGHT = 100, 40


@cache
def publish_map(language: str) -> str:
    """Publish the map in one language; its address."""
    districts = [_district(page, language) for page in EVERY_PAGE.values()]
    document = {
        "palette": palette.by_role(),
        "districts": districts,
        "way": {
            "start": interface(language)["way_start"],
            "go_on": interface(language)["way_go_on"],
            "lead": say("way_lead", language, count=str(len(districts))),
        },
    }
    return publish(f"map-{language}", json.dumps(document, ensure_ascii=False))


def _district(page: FamilyPage, language: str) -> dict[str, Any]:
    words = load(f"families/{page.name}")[language]
    losses = [
        {
            "id": loss.id,
            "short": load(f"losses/{loss.id}")["short"][language],
            "name": load(f"losses/{loss.id}")["name"][language],
            "colour": palette.look(loss.id)[0].paint,
            "profile": _profile(page.name, loss.id),
            "related": loss.related,
        }
        for loss in page.losses
    ]
    return {
        "name": page.name,
        "title": words["title"],
        "question": words["question"],
        "losses": losses,
    }


@cache
def _profile(name: str, loss_id: str) -> str:
    """The loss along its line as an SVG path; an infinite value leaves the picture at the top."""
    profile = EVERY_PAGE[name].profile
    if profile is None:
        return ""
    x, y = profile(CATALOG[loss_id])
    top = y[torch.isfinite(y)].max()
    across = (x - x.min()) / (x.max() - x.min()) * WIDTH
    up = HEIGHT - torch.nan_to_num(y / top, posinf=1.0).clamp(0, 1) * HEIGHT
    points = zip(across.tolist(), up.tolist(), strict=True)
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
