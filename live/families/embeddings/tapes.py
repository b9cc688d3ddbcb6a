"""The tapes of the embeddings page."""

from collections.abc import Callable

import torch

from catalog import Loss, family
from catalog.embedding_marks import nothing
from experiments.embeddings import along_circle, on_circle
from live.families.embeddings.rows import SIZES
from live.tape.loss_tapes import choices, loss_programs, program, tape_key
from live.tape.program import Program


def programs() -> dict[str, Program]:
    """Every loss of a triplet and of a cloud, what is drawn of it, and the way onto the circle.

    On the circle the gradient loses its part along the radius, so no loss is recorded twice.
    """

    def to_circle(points: torch.Tensor, gradient: torch.Tensor) -> dict[str, torch.Tensor]:
        unit = on_circle(points)
        return {"points": unit, "gradient": along_circle(unit, gradient)}

    recorded = loss_programs("embeddings", {"prediction": (SIZES["triplet"], 2)}, order=1)
    for name, size in SIZES.items():
        shape = (size, 2)
        recorded[f"circle:{name}"] = Program(to_circle, {"points": shape, "gradient": shape})
        for loss in family("embeddings"):
            numbers = {parameter.name: () for parameter in loss.parameters}
            for options in choices(loss):
                key = tape_key(loss, options)
                recorded[f"marks:{name}:{key}"] = Program(
                    _drawn(loss, options), {"points": shape, **numbers}
                )
                if name == "cloud":
                    recorded[f"cloud:{key}"] = Program(
                        program(loss, options),
                        {"prediction": shape, **numbers},
                        differentiate="prediction",
                        order=1,
                    )
    return recorded


def _drawn(loss: Loss, options: dict[str, str]) -> Callable[..., dict[str, torch.Tensor]]:
    def drawn(points: torch.Tensor, **numbers: torch.Tensor) -> dict[str, torch.Tensor]:
        return dict((loss.marks or nothing)(points, **numbers, **options))

    return drawn
