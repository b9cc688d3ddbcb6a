"""The tapes of a family of losses, recorded once and kept."""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import torch

from catalog import Loss, family
from live.disk_cache import ROOT, is_kept, kept
from live.tape.context import CONTEXT
from live.tape.record import record
from live.tape.tape_key import Fact, TapeKey

Tapes = dict[TapeKey, dict[str, Any]]
SOURCES = (
    ROOT / "losses",
    ROOT / "catalog",
    ROOT / "experiments",
    ROOT / "live" / "families",
    ROOT / "live" / "tape",
)
"""What a tape depends on: the losses, the families' programs and the recorder."""


def kept_tapes(name: str, record_them: Callable[[], Tapes]) -> list[dict[str, Any]]:
    """The tapes of a family: from the disk if they are there, else recorded and kept.

    Each is plain JSON and says what it is of: `name` and `where` of its key, beside what
    `live.tape.record` gives.
    """

    def record_and_say_so() -> list[dict[str, Any]]:
        print(f"  Recording the tapes of {name}, once …", flush=True)
        recorded = record_them().items()
        return [{"name": key.name, "where": dict(key.where), **tape} for key, tape in recorded]

    return kept(f"{name}-tapes", SOURCES, record_and_say_so)


def tapes_are_kept(name: str) -> bool:
    """Whether a start need not record the tapes of a family."""
    return is_kept(f"{name}-tapes", SOURCES)


def loss_tapes(
    name: str,
    shapes: Mapping[str, tuple[int, ...]],
    *,
    order: int,
    differentiate: str = "prediction",
    where: Mapping[str, Fact] | None = None,
) -> Tapes:
    """A tape for every loss of a family and every combination of its options; `where` is what
    else must hold for these tapes to be the ones."""
    return {
        TapeKey.of(loss.id, chosen(loss, options) | dict(where or {})): record(
            program(loss, options),
            {**shapes, **{parameter.name: () for parameter in loss.parameters}},
            differentiate=differentiate,
            order=order,
        )
        for loss in family(name)
        if loss.taped
        for options in choices(loss)
    }


def chosen(loss: Loss, options: Mapping[str, str]) -> dict[str, Fact]:
    """Options of a loss as the rows of a state have them: `{"ciou_loss.trade_off": "gated"}`."""
    return {f"{loss.id}.{option}": choice for option, choice in options.items()}


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
