"""The tapes of the concepts page."""

import torch

from experiments.concepts import POINTS, REDUCTIONS, objective
from live.tape.loss_tapes import Programs
from live.tape.program import Program
from live.tape.tape_key import TapeKey


def programs() -> Programs:
    """One tape per reduction."""
    shapes = {"line": (2,), "points": (len(POINTS), 2), "sample": (len(POINTS),), "strength": ()}

    def training(reduction: str) -> Program:
        def outputs(**inputs: torch.Tensor) -> dict[str, torch.Tensor]:
            return objective(**inputs, reduction=reduction)

        return Program(outputs, shapes, differentiate="line", order=1)

    return {
        TapeKey.of("objective", {"gathering": reduction}): training(reduction)
        for reduction in REDUCTIONS
    }
