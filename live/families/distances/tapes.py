"""The tapes of the distances page."""

from collections.abc import Callable

import torch

from catalog import CATALOG
from live.families.distances.inputs import CODES, NORMS, SHRINKAGES
from live.families.distances.rows import LENGTHS, SHAPES
from live.tape.loss_tapes import Tapes, program
from live.tape.record import record
from live.tape.tape_key import TapeKey


def tapes() -> Tapes:
    """Every norm and code for each size, the distance of a pair, the penalties, and the step of
    each."""
    found: Tapes = {}
    shapes = [{"rows": rows, "columns": columns} for rows, columns in SHAPES]
    lengths = [{"places": length} for length in LENGTHS]
    for sizes, ids in ((shapes, NORMS), (lengths, CODES)):
        for loss in (CATALOG[id] for id in ids if CATALOG[id].taped):
            for size in sizes:
                shape = tuple(size.values())
                pair = {"prediction": shape, "target": shape}
                found[TapeKey.of(loss.id, size)] = record(
                    program(loss, {}), pair, differentiate="prediction", order=1
                )
    for id, shape in (("pairwise_distance", (2,)), *((id, ()) for id in SHRINKAGES)):
        parameters = {parameter.name: () for parameter in CATALOG[id].parameters}
        found[TapeKey(id)] = record(
            program(CATALOG[id], {}),
            {"prediction": shape, "target": shape, **parameters},
            differentiate="prediction",
            order=1,
        )
    scalars = dict.fromkeys(("weight", "strength", "rate"), ())
    steps = {TapeKey.of("step", {"loss": id}): record(_step(id), scalars) for id in SHRINKAGES}
    return found | steps


def _step(id: str) -> Callable[..., dict[str, torch.Tensor]]:
    def outputs(weight: torch.Tensor, **given: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"weight": SHRINKAGES[id](weight, **given)}

    return outputs
