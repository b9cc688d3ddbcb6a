"""The tapes of the embeddings page."""

from collections.abc import Callable

import torch

from catalog import Loss, family
from catalog.embedding_marks import nothing
from experiments.embeddings import along_circle, on_circle
from live.families.embeddings.rows import SIZES
from live.tape.loss_tapes import Programs, choices, chosen, loss_programs
from live.tape.program import Program
from live.tape.tape_key import TapeKey


def programs() -> Programs:
    """Every loss of a triplet and of a cloud, what is drawn of it, and the way onto the circle.

    On the circle the gradient loses its part along the radius, so no loss is recorded twice.
    """

    def to_circle(points: torch.Tensor, gradient: torch.Tensor) -> dict[str, torch.Tensor]:
        unit = on_circle(points)
        return {"points": unit, "gradient": along_circle(unit, gradient)}

    recorded: Programs = {}
    for name, size in SIZES.items():
        shape, here = (size, 2), {"arrangement": name}
        recorded |= loss_programs("embeddings", {"prediction": shape}, order=1, where=here)
        recorded[TapeKey.of("circle", here)] = Program(
            to_circle, {"points": shape, "gradient": shape}
        )
        for loss in family("embeddings"):
            numbers = {parameter.name: () for parameter in loss.parameters}
            for options in choices(loss):
                where = here | {"loss": loss.id} | chosen(loss, options)
                recorded[TapeKey.of("marks", where)] = Program(
                    _drawn(loss, options), {"points": shape, **numbers}
                )
    return recorded


def _drawn(loss: Loss, options: dict[str, str]) -> Callable[..., dict[str, torch.Tensor]]:
    def drawn(points: torch.Tensor, **numbers: torch.Tensor) -> dict[str, torch.Tensor]:
        return dict((loss.marks or nothing)(points, **numbers, **options))

    return drawn
