"""The tapes of the concepts page."""

from typing import Any

import torch

from experiments.concepts import POINTS, REDUCTIONS, objective
from live.tape.loss_tapes import Tapes
from live.tape.record import record
from live.tape.tape_key import TapeKey


def tapes() -> Tapes:
    """One tape per reduction."""
    shapes = {"line": (2,), "points": (len(POINTS), 2), "sample": (len(POINTS),), "strength": ()}

    def training(reduction: str) -> dict[str, Any]:
        def outputs(**inputs: torch.Tensor) -> dict[str, torch.Tensor]:
            return objective(**inputs, reduction=reduction)

        return record(outputs, shapes, differentiate="line", order=1)

    return {
        TapeKey.of("objective", {"gathering": reduction}): training(reduction)
        for reduction in REDUCTIONS
    }
