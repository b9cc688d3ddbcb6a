"""Embeddings, and which of them are similar, read and checked."""

import torch

from losses.arguments import (
    check_floating,
    check_shape_of_part,
    check_shapes,
)
from losses.reduction import drop_weightless
from losses.values import checked_target


def check_embeddings(**embeddings: torch.Tensor) -> None:
    check_floating(**embeddings)
    check_shapes(embeddings, event=1)
    shapes = [tuple(tensor.shape) for tensor in embeddings.values()]
    # No set of sizes: in a trace they are tensors.
    if any(len(shape) == 0 or shape[-1] != shapes[0][-1] for shape in shapes):
        given = ", ".join(f"{n} {shape}" for n, shape in zip(embeddings, shapes, strict=True))
        raise ValueError(f"embeddings must have the same size in the last dimension; got {given}")


def read_pairs(
    first: torch.Tensor,
    second: torch.Tensor,
    similar: torch.Tensor,
    weight: torch.Tensor | None,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The pairs and which are similar, in one dtype, and 0 where there is no weight."""
    check_embeddings(first=first, second=second)
    pairs = torch.broadcast_shapes(first.shape, second.shape)[:-1]
    check_shape_of_part("similar", similar, "pairs", pairs)
    first, second = drop_weightless(weight, first, second, dim=(-1,))
    if weight is not None:
        (similar,) = drop_weightless(weight, similar.expand(pairs))
    return first, second, checked_target("similar", similar.to(first.dtype))
