"""The tapes of a family of losses, recorded once and kept."""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import torch

from catalog import Loss, family
from live.disk_cache import ROOT, cached, digest_of, is_cached
from live.tape.context import CONTEXT
from live.tape.fingerprint import Fingerprints
from live.tape.program import Program
from live.tape.tape_key import Fact, TapeKey

Programs = dict[TapeKey, Program]
RECORDER = digest_of(tuple(sorted((ROOT / "live" / "tape").glob("*.py"))))


def cached_tapes(name: str, programs: Programs) -> list[dict[str, Any]]:
    """The tapes of a family: each from the disk if it is there, else recorded and kept.

    Each is plain JSON and says what it is of: `name` and `where` of its key, beside what
    `live.tape.record` gives.
    """
    digests = _digests(programs)
    if not all(is_cached(f"{name}-tape", digest) for digest in digests.values()):
        print(f"  Recording tapes of {name}, once …", flush=True)
    tapes = {
        key: cached(f"{name}-tape", digests[key], program.record)
        for key, program in programs.items()
    }
    return [{"name": key.name, "where": dict(key.where), **tape} for key, tape in tapes.items()]


def tapes_are_cached(name: str, programs: Programs) -> bool:
    """Whether a start need not record any tape of a family."""
    return all(is_cached(f"{name}-tape", digest) for digest in _digests(programs).values())


def _digests(programs: Programs) -> dict[TapeKey, str]:
    """What stands for all that a tape depends on: its program, and the recorder."""
    fingerprints = Fingerprints({str(key): program.parts for key, program in programs.items()})
    return {key: f"{fingerprints[str(key)]}-{RECORDER}" for key in programs}


def loss_programs(
    name: str,
    shapes: Mapping[str, tuple[int, ...]],
    *,
    order: int,
    differentiate: str = "prediction",
    where: Mapping[str, Fact] | None = None,
) -> Programs:
    """A program for every loss of a family and every combination of its options; `where` is what
    else must hold for their tapes to be the ones."""
    return {
        TapeKey.of(loss.id, chosen(loss, options) | dict(where or {})): Program(
            program(loss, options),
            {**shapes, **{parameter.name: () for parameter in loss.parameters}},
            differentiate=differentiate,
            order=order,
        )
        for loss in family(name)
        for options in choices(loss)
    }


def chosen(loss: Loss, options: Mapping[str, str]) -> dict[str, Fact]:
    """Options of a loss as the rows of a state have them: `{"ciou_loss.trade_off": "gated"}`."""
    return {f"{loss.id}.{option}": choice for option, choice in options.items()}


def program(loss: Loss, options: Mapping[str, str]) -> Callable[..., dict[str, torch.Tensor]]:
    """What is taped: the unreduced value and the intermediates of one loss, of its tensors in order
    and its parameters by name."""
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
