"""The tapes of the distances page."""

from collections.abc import Callable
from typing import Any

import torch

from catalog import CATALOG
from live.families.distances.inputs import CODES, NORMS, SHRINKAGES
from live.families.distances.rows import LENGTHS, SHAPES
from live.tape.loss_tapes import program
from live.tape.record import record


def tapes() -> dict[str, dict[str, Any]]:
    """Every norm and code under its bare id for the first size, "3x4:<id>" for the others; the
    distance of a pair, the penalties, and each penalty's step under "step:<id>"."""
    found: dict[str, dict[str, Any]] = {}
    for sizes, ids in ((SHAPES, NORMS), (tuple((n,) for n in LENGTHS), CODES)):
        for loss in (CATALOG[id] for id in ids if CATALOG[id].taped):
            for size in sizes:
                pair = {"prediction": size, "target": size}
                found[_key(loss.id, size)] = record(
                    program(loss, {}), pair, differentiate="prediction", order=1
                )
    for id, shape in (("pairwise_distance", (2,)), *((id, ()) for id in SHRINKAGES)):
        parameters = {parameter.name: () for parameter in CATALOG[id].parameters}
        found[id] = record(
            program(CATALOG[id], {}),
            {"prediction": shape, "target": shape, **parameters},
            differentiate="prediction",
            order=1,
        )
    scalars = dict.fromkeys(("weight", "strength", "rate"), ())
    return found | {f"step:{id}": record(_step(id), scalars) for id in SHRINKAGES}


def _key(id: str, size: tuple[int, ...]) -> str:
    first = size in (SHAPES[0], (LENGTHS[0],))
    return id if first else f"{'x'.join(map(str, size))}:{id}"


def _step(id: str) -> Callable[..., dict[str, torch.Tensor]]:
    def outputs(weight: torch.Tensor, **given: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"weight": SHRINKAGES[id](weight, **given)}

    return outputs
