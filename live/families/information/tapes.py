"""The tapes of the information page."""

from collections.abc import Callable

import torch

from catalog import family
from experiments.information import fit, through_softmax
from live.families.information.inputs import HUMPS
from live.families.information.row_kinds import LEAST, MOST
from live.families.information.rows import START
from live.tape.loss_tapes import choices, program, tape_key
from live.tape.program import Program


def programs() -> dict[str, Program]:
    """Every quantity for each number of outcomes; the way through the softmax; both fits."""
    found = {}
    for count in range(LEAST, MOST + 1):
        pair = {"prediction": (count,), "target": (count,)}
        for loss in family("information"):
            for options in choices(loss):
                found[_key(tape_key(loss, options), count)] = Program(
                    program(loss, options), pair, differentiate="prediction", order=1
                )
        logits = {"logits": (count,), "gradient": (count,)}
        found[_key("through_softmax", count)] = Program(through_softmax, logits)
        found[_key("to_logits", count)] = Program(_to_logits, {"prediction": (count,)})
    shapes = {"prediction": (2,), **dict.fromkeys(HUMPS, ())}
    for direction in ("forward", "reverse"):
        found[direction] = Program(
            _descended(direction), shapes, differentiate="prediction", order=1
        )
    return found


def _key(name: str, count: int) -> str:
    """`kl_divergence:nats` for as many outcomes as a page starts with, `3:kl_divergence:nats`."""
    return name if count == len(START[0]) else f"{count}:{name}"


def _to_logits(prediction: torch.Tensor) -> dict[str, torch.Tensor]:
    return {"logits": prediction.log()}


def _descended(direction: str) -> Callable[..., dict[str, torch.Tensor]]:
    """One direction of the divergence, the density that it averages over, and what it adds up."""

    def outputs(**inputs: torch.Tensor) -> dict[str, torch.Tensor]:
        found = fit(**inputs)
        truth, model = found["target"], found["model"]
        if direction == "reverse":
            truth, model = model, truth
        density = truth.exp()
        return {
            "value": found[direction],
            "density": density,
            "integrand": density * (truth - model),
        }

    return outputs
