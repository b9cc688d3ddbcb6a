"""The tapes of a family of losses, recorded once and kept.

A tape depends on nothing but the code of `losses/`, of the recorder and on torch itself, so it is
kept on disk under the hash of these, and the second start records nothing.
"""

import hashlib
import itertools
import json
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import torch

from experiments.measures import CONTEXT
from live.tape import record
from losses.boxes import centre_to_corners, corners_to_centre
from losses.catalog import Loss, family

ROOT = Path(__file__).parent.parent
SHAPES: dict[str, tuple[int, ...]] = {"regression": (), "boxes": (4,)}
ORDERS = {"regression": 2, "boxes": 1}


@cache
def family_tapes(name: str) -> dict[str, dict[str, Any]]:
    """Every tape of a family by its key (see `tape_key`)."""
    kept = _cache_folder() / f"{name}-{_digest()}.json"
    try:
        return json.loads(kept.read_text())
    except (OSError, ValueError):
        tapes = _record_family(name)
    _keep(kept, json.dumps(tapes))
    return tapes


def tape_key(loss: Loss, options: Mapping[str, str]) -> str:
    """`"ciou_loss:gated"`; the bare id where a loss has no options."""
    return ":".join([loss.id, *(options[option.name] for option in loss.options)])


def program(loss: Loss, options: Mapping[str, str]) -> Callable[..., dict[str, torch.Tensor]]:
    """What is taped: the unreduced value and the readings of one loss."""
    fixed = {name: CONTEXT[name] for name in loss.context} | dict(options)

    def outputs(**inputs: torch.Tensor) -> dict[str, torch.Tensor]:
        value = loss.function(**inputs, **fixed, reduction="none")
        return {**loss.readings(**inputs, **fixed), "value": value}

    return outputs


def choices(loss: Loss) -> list[dict[str, str]]:
    """Every combination of a loss's options."""
    names = [option.name for option in loss.options]
    combinations = itertools.product(*(option.choices for option in loss.options))
    return [dict(zip(names, combination, strict=True)) for combination in combinations]


def warm_up() -> None:
    """Record or read every family's tapes, so that no visitor waits for them."""
    for name in SHAPES:
        family_tapes(name)


def _record_family(name: str) -> dict[str, dict[str, Any]]:
    shape = SHAPES[name]
    tapes = {}
    for loss in family(name):
        if not loss.taped:
            continue
        shapes = {"prediction": shape, "target": shape} | {p.name: () for p in loss.parameters}
        for options in choices(loss):
            tapes[tape_key(loss, options)] = record(
                program(loss, options), shapes, differentiate="prediction", order=ORDERS[name]
            )
    if name == "boxes":
        tapes |= _coordinate_tapes()
    return tapes


def _coordinate_tapes() -> dict[str, dict[str, Any]]:
    """Box coordinates both ways, and the chain rule between them.

    A gradient in centre form is the corner gradient pulled back through `centre_to_corners`, so no
    loss has to be recorded twice.
    """

    def to_corners(box: torch.Tensor, gradient: torch.Tensor) -> dict[str, torch.Tensor]:
        corners, pull_back = torch.func.vjp(centre_to_corners, box)
        return {"box": corners, "gradient": pull_back(gradient)[0]}

    def to_centre(box: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"box": corners_to_centre(box)}

    return {
        "centre_to_corners": record(to_corners, {"box": (4,), "gradient": (4,)}),
        "corners_to_centre": record(to_centre, {"box": (4,)}),
    }


@cache
def _digest() -> str:
    sources = sorted([*(ROOT / "losses").rglob("*.py"), *Path(__file__).parent.glob("*.py")])
    content = b"".join(source.read_bytes() for source in sources)
    return hashlib.sha256(content + torch.__version__.encode()).hexdigest()[:16]


def _cache_folder() -> Path:
    return Path(os.environ.get("LOSS_LAB_CACHE", ROOT / ".cache")) / "tapes"


def _keep(path: Path, text: str) -> None:
    """Write the file whole or not at all; a read-only installation simply records again."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_text(text)
        unfinished.replace(path)
    except OSError:
        return
