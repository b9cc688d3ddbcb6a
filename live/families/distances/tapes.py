"""The tapes of the distances page."""

from collections.abc import Callable

import torch

from catalog import views
from live.families.distances.rows import SIZES
from live.tape.loss_tapes import program
from live.tape.program import Program


def programs() -> dict[str, Program]:
    """Every loss under its bare id for the first size that its view has, "3x4:<id>" for the others;
    and each penalty's step under "step:<id>"."""
    found: dict[str, Program] = {}
    for view, losses in views("distances").items():
        for loss in (loss for loss in losses if loss.taped):
            parameters = {parameter.name: () for parameter in loss.parameters}
            for size in SIZES[view]:
                found[_key(loss.id, size)] = Program(
                    program(loss, {}),
                    {"prediction": size, "target": size, **parameters},
                    differentiate="prediction",
                    order=1,
                )
            if loss.proximal_step:
                scalars = {"weight": (), "rate": (), **parameters}
                found[f"step:{loss.id}"] = Program(_step(loss.proximal_step), scalars)
    return found


def _key(id: str, size: tuple[int, ...]) -> str:
    first = any(size == sizes[0] for sizes in SIZES.values())
    return id if first else f"{'x'.join(map(str, size))}:{id}"


def _step(step: Callable[..., torch.Tensor]) -> Callable[..., dict[str, torch.Tensor]]:
    def outputs(weight: torch.Tensor, **given: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"weight": step(weight, **given)}

    return outputs
