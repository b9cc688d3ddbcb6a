"""The tapes of the concepts page."""

from typing import Any

import torch

from experiments.concepts import GATHERINGS, POINTS, objective
from live.tape.loss_tapes import Tapes
from live.tape.record import record
from live.tape.tape_key import TapeKey


def tapes() -> Tapes:
    """One tape per gathering."""
    shapes = {"line": (2,), "points": (len(POINTS), 2), "sample": (len(POINTS),), "strength": ()}

    def training(gathering: str) -> dict[str, Any]:
        def outputs(**inputs: torch.Tensor) -> dict[str, torch.Tensor]:
            return objective(**inputs, gathering=gathering)

        return record(outputs, shapes, differentiate="line", order=1)

    return {
        TapeKey.of("objective", {"gathering": gathering}): training(gathering)
        for gathering in GATHERINGS
    }
