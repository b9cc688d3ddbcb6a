"""The tapes of the distances page."""

from collections.abc import Callable

import torch

from catalog import views
from live.families.distances.rows import SIZES
from live.tape.loss_tapes import Programs, program
from live.tape.program import Program
from live.tape.tape_key import TapeKey


def programs() -> Programs:
    """Every loss for each size that its view has, and the proximal step of those that take one."""
    found: Programs = {}
    for view, losses in views("distances").items():
        for loss in (loss for loss in losses if loss.replayable):
            parameters = {parameter.name: () for parameter in loss.parameters}
            for shape, where in SIZES[view]:
                found[TapeKey.of(loss.id, where)] = Program(
                    program(loss, {}),
                    {"prediction": shape, "target": shape, **parameters},
                    differentiate="prediction",
                    order=1,
                )
            if loss.proximal_step:
                scalars = {"weight": (), "rate": (), **parameters}
                step = Program(_step(loss.proximal_step), scalars)
                found[TapeKey.of("step", {"loss": loss.id})] = step
    return found


def _step(step: Callable[..., torch.Tensor]) -> Callable[..., dict[str, torch.Tensor]]:
    def outputs(weight: torch.Tensor, **given: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"weight": step(weight, **given)}

    return outputs
