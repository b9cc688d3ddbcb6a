"""The tapes of the distances page."""

from collections.abc import Callable

import torch

from catalog import views
from live.families.distances.rows import SHAPES, SIZES
from live.tape.loss_tapes import Programs, program
from live.tape.program import Program
from live.tape.tape_key import TapeKey


def programs() -> Programs:
    """Every loss for each size that its view has, and the proximal step of those that take one."""
    found: Programs = {}
    for view, losses in views("distances").items():
        for loss in losses:
            parameters = {parameter.name: () for parameter in loss.parameters}
            for shape, where in SIZES[view]:
                found[TapeKey.of(loss.id, where)] = Program(
                    program(loss, {}),
                    {"prediction": shape, "target": shape, **parameters},
                    differentiate="prediction",
                    order=1,
                )
            if view == "penalty" and loss.proximal_step:
                scalars = {"weight": (), "rate": (), **parameters}
                step = Program(_step(loss.proximal_step, "weight"), scalars)
                found[TapeKey.of("step", {"loss": loss.id})] = step
    for loss in views("distances")["matrices"]:
        if not loss.proximal_step:
            continue
        shrink = _step(loss.proximal_step, "difference")
        for rows, columns in SHAPES:
            where = {"loss": loss.id, "rows": rows, "columns": columns}
            found[TapeKey.of("step", where)] = Program(
                shrink, {"difference": (rows, columns), "rate": ()}
            )
    return found


def _step(step: Callable[..., torch.Tensor], name: str) -> Callable[..., dict[str, torch.Tensor]]:
    """Where one proximal step takes what it is called here."""

    def outputs(**given: torch.Tensor) -> dict[str, torch.Tensor]:
        return {name: step(given.pop(name), **given)}

    return outputs
