"""Losses of pairs that are similar or not."""

import torch
from torch.nn import functional

from losses.arguments import (
    Scalar,
    check_number,
)
from losses.embeddings.vectors import read_pairs
from losses.limits import length, share_of, unit_vectors
from losses.precision import full_precision
from losses.reduction import Reduction, reduce_loss

__all__ = [
    "contrastive_loss",
    "cosine_embedding_loss",
]


@full_precision
def contrastive_loss(
    first: torch.Tensor,
    second: torch.Tensor,
    similar: torch.Tensor,
    *,
    margin: Scalar = 1.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Pulls similar pairs together and pushes dissimilar ones at least a margin apart.

    ½ d² for a similar pair, ½ max(0, m − d)² for a dissimilar one, d the Euclidean distance.
    Without the second term the best answer is to put everything on one spot.

    Args:
        first: Embeddings `(…, D)`.
        second: Embeddings of a shape that broadcasts with `first`; either may be a single `(D,)`.
        similar: 1 for similar pairs, 0 for dissimilar ones, broadcastable to `(…)`, of any dtype;
            values between are a mixture of both. (The paper's Y is the other way round.)
        margin: m ≥ 0, a distance.
        weight: Non-negative, finite weights of the pairs, broadcastable to `(…)`; 0 removes a pair.
            `None` weighs all alike.
        reduction: `"none"` (one value per pair), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values ≥ 0 in the dtype that the embeddings and a floating `similar` promote to; computed in
        float32 or better. Identical dissimilar points cost ½ m² with gradient 0.

    Raises:
        ValueError: for integer embeddings, shapes that do not fit, `similar` outside [0, 1], a
            negative margin, a negative or infinite weight or one that does not broadcast, or an
            unknown `reduction`.
        TypeError: for embeddings or a weight that are no tensors, or a margin that is no number.

    Example:
        >>> first, second = torch.zeros(2, 2), torch.tensor([[2.0, 0.0], [0.5, 0.0]])
        >>> contrastive_loss(first, second, torch.tensor([1, 0]), reduction="none")
        tensor([2.0000, 0.1250])

    Source: R. Hadsell, S. Chopra, Y. LeCun, Dimensionality Reduction by Learning an Invariant
    Mapping, CVPR 2006.
    """
    first, second, similar = read_pairs(first, second, similar, weight)
    difference = first - second
    near = (difference * difference).sum(-1)
    check_number("margin", margin, at_least=0, like=near)
    short = functional.relu(margin - length(difference).squeeze(-1))
    loss = (share_of(similar, near) + (1 - similar) * short * short) / 2
    return reduce_loss(loss, weight, reduction)


@full_precision
def cosine_embedding_loss(
    first: torch.Tensor,
    second: torch.Tensor,
    similar: torch.Tensor,
    *,
    margin: Scalar = 0.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Turns similar pairs towards each other and dissimilar ones away; lengths do not matter.

    1 − cos for a similar pair, max(0, cos − m) for a dissimilar one.

    Args:
        first: Embeddings `(…, D)`.
        second: Embeddings of a shape that broadcasts with `first`; either may be a single `(D,)`.
        similar: 1 for similar pairs, 0 for dissimilar ones (PyTorch has −1), broadcastable to
            `(…)`, of any dtype; values between are a mixture of both.
        margin: m in [−1, 1], a cosine.
        weight: Non-negative, finite weights of the pairs, broadcastable to `(…)`; 0 removes a pair.
            `None` weighs all alike.
        reduction: `"none"` (one value per pair), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, 2], in the dtype that the embeddings and a floating `similar` promote to;
        computed in float32 or better. A zero vector has no direction; its cosine is 0.

    Raises:
        ValueError: for integer embeddings, shapes that do not fit, `similar` outside [0, 1], a
            margin outside [−1, 1], a negative or infinite weight or one that does not broadcast, or
            an unknown `reduction`.
        TypeError: for embeddings or a weight that are no tensors, or a margin that is no number.

    Example:
        >>> first, second = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 2.0], [3.0, 0.0]])
        >>> cosine_embedding_loss(first, second, torch.tensor([1, 1]), reduction="none")
        tensor([1., 0.])
        >>> cosine_embedding_loss(first, second, torch.tensor([0, 0]), reduction="none")
        tensor([0., 1.])

    Source: we know of no single paper; the form is that of PyTorch (A. Paszke et al., PyTorch: An
    Imperative Style, High-Performance Deep Learning Library, NeurIPS 2019).
    """
    first, second, similar = read_pairs(first, second, similar, weight)
    apart = _one_minus_cosine(unit_vectors(first), unit_vectors(second))
    check_number("margin", margin, at_least=-1, at_most=1, like=apart)
    loss = similar * apart + (1 - similar) * functional.relu(1 - margin - apart)
    return reduce_loss(loss, weight, reduction)


def _one_minus_cosine(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    # 1 − u·v = (|u − v|² + (1 − |u|²) + (1 − |v|²)) / 2: exactly 0 for equal directions, whatever
    # the processor makes of the last digit of a root, and with all digits for nearly equal ones.
    # 1 − |u|² is 1 for a vector without direction and 0 for every other.
    difference = first - second
    without = sum(((one * one).sum(-1) == 0).to(difference.dtype) for one in (first, second))
    return ((difference * difference).sum(-1) + without) / 2
