"""The tapes of a family of losses, recorded once and kept."""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import torch

from catalog import Loss, family
from experiments.measures.readings import CONTEXT
from live.disk_cache import ROOT, is_kept, kept
from live.tape.record import record

Tapes = dict[str, dict[str, Any]]
SOURCES = (
    ROOT / "losses",
    ROOT / "catalog",
    ROOT / "experiments" / "measures",
    ROOT / "live" / "families",
    ROOT / "live" / "tape",
)
"""What a tape depends on: the losses, the families' programs and the recorder."""


def kept_tapes(name: str, record_them: Callable[[], Tapes]) -> Tapes:
    """The tapes of a family, by key: from the disk if they are there, else recorded and kept."""

    def record_and_say_so() -> Tapes:
        print(f"  Recording the tapes of {name}, once …", flush=True)
        return record_them()

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
    """What is taped: the unreduced value and the intermediates of one loss, of its
    tensors in order and its parameters by name."""
    fixed = {name: CONTEXT[name] for name in loss.context} | dict(options)

    def outputs(**inputs: torch.Tensor) -> dict[str, torch.Tensor]:
        numbers = {p.name: inputs.pop(p.name) for p in loss.parameters} | fixed
        value = loss.call(*inputs.values(), **numbers, reduction="none")
        return {**loss.intermediates(*inputs.values(), **numbers), "value": value}

    return outputs


def choices(loss: Loss) -> list[dict[str, str]]:
    """Every combination of a loss's options."""
    names = [option.name for option in loss.options]
    combinations = itertools.product(*(option.choices for option in loss.options))
    return [dict(zip(names, combination, strict=True)) for combination in combinations]
