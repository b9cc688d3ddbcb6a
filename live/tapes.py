"""The tapes of a family of losses, recorded once and kept.

A tape depends on nothing but the code of the losses, of the families' programs, of the recorder
and on torch itself, so it is kept on disk under the hash of these, and the second start records
nothing.
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

from experiments.measures.readings import CONTEXT
from live.tape import record
from losses.catalog import Loss, family

Tapes = dict[str, dict[str, Any]]
ROOT = Path(__file__).parent.parent


def kept_tapes(name: str, record_them: Callable[[], Tapes]) -> Tapes:
    """The tapes of a family, by key: from the disk if they are there, else recorded and kept."""
    kept = _cache_folder() / f"{name}-{_digest()}.json"
    try:
        return json.loads(kept.read_text())
    except (OSError, ValueError):
        print(f"  Recording the tapes of {name}, once …", flush=True)
        tapes = record_them()
    _keep(kept, json.dumps(tapes))
    return tapes


def loss_tapes(
    name: str,
    shapes: Mapping[str, tuple[int, ...]],
    *,
    order: int,
    differentiate: str = "prediction",
) -> Tapes:
    """A tape for every loss of a family and every combination of its options."""
    return {
        tape_key(loss, options): record(
            program(loss, options),
            {**shapes, **{parameter.name: () for parameter in loss.parameters}},
            differentiate=differentiate,
            order=order,
        )
        for loss in family(name)
        if loss.taped
        for options in choices(loss)
    }


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


@cache
def _digest() -> str:
    here = Path(__file__).parent
    rooms = [ROOT / "losses", ROOT / "experiments" / "measures", here / "families"]
    recorder = [here / f"{name}.py" for name in ("tapes", "tape", "recorder", "decompositions")]
    sources = sorted(recorder + [source for room in rooms for source in room.rglob("*.py")])
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
