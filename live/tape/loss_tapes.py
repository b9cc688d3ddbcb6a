"""The tapes of a family of losses, recorded once and kept."""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import torch

from catalog import Loss, family
from live.disk_cache import ROOT, digest_of, is_kept, kept
from live.tape.context import CONTEXT
from live.tape.fingerprint import Fingerprints
from live.tape.program import Program

Tapes = dict[str, dict[str, Any]]
RECORDER = digest_of(tuple(sorted((ROOT / "live" / "tape").glob("*.py"))))


def kept_tapes(name: str, programs: Mapping[str, Program]) -> Tapes:
    """The tapes of a family, by key: each from the disk if it is there, else recorded and kept."""
    keys = _keys(programs)
    if not all(is_kept(f"{name}-tape", key) for key in keys.values()):
        print(f"  Recording tapes of {name}, once …", flush=True)
    return {
        key: kept(f"{name}-tape", keys[key], program.record) for key, program in programs.items()
    }


def tapes_are_kept(name: str, programs: Mapping[str, Program]) -> bool:
    """Whether a start need not record any tape of a family."""
    return all(is_kept(f"{name}-tape", key) for key in _keys(programs).values())


def _keys(programs: Mapping[str, Program]) -> dict[str, str]:
    """Under what each tape is kept: all that its program depends on, and the recorder."""
    fingerprints = Fingerprints({name: program.parts for name, program in programs.items()})
    return {name: f"{fingerprints[name]}-{RECORDER}" for name in programs}


def loss_programs(
    name: str,
    shapes: Mapping[str, tuple[int, ...]],
    *,
    order: int,
    differentiate: str = "prediction",
) -> dict[str, Program]:
    """A program for every loss of a family and every combination of its options."""
    return {
        tape_key(loss, options): Program(
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
