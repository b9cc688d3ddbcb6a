"""The tapes of the embeddings page."""

from collections.abc import Callable
from typing import Any

import torch

from catalog import CATALOG, Loss, family
from catalog.embedding_marks import nothing
from catalog.embeddings import work_of
from experiments.embeddings import along_circle, on_circle
from experiments.mining import MINING, mined_terms, pairs_of_mined
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
    return recorded | _of_mining()


def _of_mining() -> Programs:
    """The triplet loss of mined triplets, and what is drawn of it."""
    triplet, shape = CATALOG["triplet_loss"], (SIZES["cloud"], 2)
    recorded: Programs = {}
    for options in choices(triplet):
        for mining in MINING:
            where = {"arrangement": "cloud", "mining": mining} | chosen(triplet, options)
            recorded[TapeKey.of("mined", where)] = Program(
                _mined(triplet, mining, options),
                {"prediction": shape, "margin": ()},
                differentiate="prediction",
                order=1,
            )
            recorded[TapeKey.of("mined_marks", where)] = Program(
                _mined_drawn(triplet, mining, options), {"points": shape, "margin": ()}
            )
    return recorded


def _mined(
    loss: Loss, mining: str, options: dict[str, Any]
) -> Callable[..., dict[str, torch.Tensor]]:
    def outputs(prediction: torch.Tensor, margin: torch.Tensor) -> dict[str, torch.Tensor]:
        terms = mined_terms(prediction, mining, margin=margin, **options)
        value = terms.mean()
        # Of the whole cloud: how far apart the labels are. Of the terms: how many are at work.
        known = loss.intermediates(prediction, None, margin=margin, **options)
        return {**known, **work_of(terms), "violated": torch.zeros_like(value), "value": value}

    return outputs


def _mined_drawn(
    loss: Loss, mining: str, options: dict[str, Any]
) -> Callable[..., dict[str, torch.Tensor]]:
    def drawn(points: torch.Tensor, margin: torch.Tensor) -> dict[str, torch.Tensor]:
        strength = pairs_of_mined(points, mining, margin=margin, **options)
        return {**_drawn(loss, options)(points, margin=margin), "strength": strength}

    return drawn


def _drawn(loss: Loss, options: dict[str, str]) -> Callable[..., dict[str, torch.Tensor]]:
    def drawn(points: torch.Tensor, **numbers: torch.Tensor) -> dict[str, torch.Tensor]:
        return dict((loss.marks or nothing)(points, **numbers, **options))

    return drawn
