"""Maps of probabilities and their target masks, read and checked, and sums over a mask."""

import torch

from losses.arguments import (
    check_floating,
    check_shapes,
)
from losses.binary.arguments import without_ignored
from losses.reduction import drop_weightless
from losses.values import check_probability, checked_target

Dimensions = int | tuple[int, ...]


def read_masks(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None,
    dim: Dimensions,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Both in one shape and dtype; masks without a weight are empty in both."""
    prediction, mask = _fitted("probabilities", probabilities, target, weight, dim)
    check_probability(probabilities=prediction)
    return prediction, checked_target("target", mask)


def read_logits(
    logits: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None,
    dim: Dimensions,
    ignore_label: int | None,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Both in one shape and dtype, 0 where a pixel is ignored, and 1 where a pixel counts."""
    logits, mask = _fitted("logits", logits, target, weight, dim)
    counts = without_ignored(mask, ignore_label, None, mask.shape)
    if counts is None:
        counts = torch.ones_like(mask)
    else:
        logits, mask = drop_weightless(counts, logits, mask)
    return logits, checked_target("target", mask), counts


def _fitted(
    name: str,
    prediction: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None,
    dim: Dimensions,
) -> tuple[torch.Tensor, ...]:
    check_floating(**{name: prediction})
    named = dim if isinstance(dim, tuple) else (dim,)
    are_last = sorted(named) == list(range(-len(named), 0))
    event = len(named) if are_last else 0
    check_shapes({name: prediction, "target": target}, event=event)
    both = torch.broadcast_tensors(prediction, target.to(prediction.dtype))
    rank = both[0].ndim
    there = all(-rank <= d < rank for d in named)
    if not named or not there or len({d % rank for d in named}) < len(named):
        raise ValueError(
            f"dim must name different dimensions of a mask of shape {tuple(both[0].shape)}; "
            f"got {dim}"
        )
    return drop_weightless(weight, *both, dim=named)


def ratio(errors: torch.Tensor, whole: torch.Tensor) -> torch.Tensor:
    """The ratio; 0/0, an empty prediction of an empty mask without smoothing, costs 0."""
    return errors / torch.where(whole == 0, 1, whole)


def average(pixels: torch.Tensor, dim: Dimensions) -> torch.Tensor:
    """The mean over a mask; 0 for one without pixels."""
    total = pixels.sum(dim)
    return total * (total.numel() / max(pixels.numel(), 1))
