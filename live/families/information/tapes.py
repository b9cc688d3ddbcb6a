"""The tapes of the information page."""

from collections.abc import Callable

import torch

from catalog import family
from experiments.information import fit, through_softmax
from live.families.information.inputs import DIRECTIONS, HUMPS
from live.families.information.row_kinds import LEAST, MOST
from live.tape.loss_tapes import Programs, choices, chosen, program
from live.tape.program import Program
from live.tape.tape_key import TapeKey


def programs() -> Programs:
    """Every quantity for each number of outcomes; the way through the softmax; both fits."""
    found: Programs = {}
    for count in range(LEAST, MOST + 1):
        here = {"outcomes": count}
        pair = {"prediction": (count,), "target": (count,)}
        for loss in family("information"):
            for options in choices(loss):
                found[TapeKey.of(loss.id, here | chosen(loss, options))] = Program(
                    program(loss, options), pair, differentiate="prediction", order=1
                )
        logits = {"logits": (count,), "gradient": (count,)}
        found[TapeKey.of("through_softmax", here)] = Program(through_softmax, logits)
        found[TapeKey.of("to_logits", here)] = Program(_to_logits, {"prediction": (count,)})
    shapes = {"prediction": (2,), **dict.fromkeys(HUMPS, ())}
    for direction in DIRECTIONS:
        found[TapeKey.of("fit", {"direction": direction})] = Program(
            _descended(direction), shapes, differentiate="prediction", order=1
        )
    return found


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
