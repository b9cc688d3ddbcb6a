"""The loss of two views of one batch: SimCLR's NT-Xent."""

import torch

from losses.arguments import Scalar, check_floating, check_number, check_shapes
from losses.embeddings.batches import diagonal
from losses.limits import unit_vectors
from losses.precision import full_precision, matrix_product
from losses.reduction import Reduction, drop_weightless, reduce_loss

__all__ = ["nt_xent_loss"]


@full_precision
def nt_xent_loss(
    first: torch.Tensor,
    second: torch.Tensor,
    *,
    temperature: Scalar = 0.1,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Each view must find the other view of its sample among all views of the batch.

    Of the 2N views every one is a query once: the cross-entropy of its cosines, divided by the
    temperature, over the 2N − 1 others, with its other view as the right answer. The loss of a pair
    is the mean of its two queries, so that the mean over the pairs is the paper's loss. Beside
    `info_nce_loss`, views of the same side are negatives too, and both sides ask.

    Args:
        first: Embeddings `(…, N, D)` of one view of each of N samples.
        second: Those of the other view, in the same order and of the same shape.
        temperature: τ > 0.
        weight: Non-negative, finite weights of the pairs, broadcastable to `(…, N)`; 0 takes a pair
            out of the batch: its views are no negatives of others either. `None` weighs all alike.
        reduction: `"none"` (one value per pair), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Nats ≥ 0, in the dtype that `first` and `second` promote to; computed in float32 or better.
        A single pair costs 0; a model that knows nothing ln(2N − 1). A zero vector has no direction
        and counts as similar to nothing (cosine 0).

    Raises:
        ValueError: for integer embeddings, shapes that do not fit, a temperature that is not above
            0, a negative or infinite weight or one that does not broadcast, or an unknown
            `reduction`.
        TypeError: for what is no tensor, or a temperature that is no number.

    Example:
        >>> first = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
        >>> nt_xent_loss(first, first, temperature=1.0)  # ln(1 + 2/e)
        tensor(0.5514)
        >>> nt_xent_loss(torch.ones(2, 2), torch.ones(2, 2))  # ln 3
        tensor(1.0986)

    Source: T. Chen, S. Kornblith, M. Norouzi, G. Hinton, A Simple Framework for Contrastive
    Learning of Visual Representations, ICML 2020.
    """
    check_floating(first=first, second=second)
    if first.ndim < 2 or second.ndim < 2:
        shapes = f"first {tuple(first.shape)}, second {tuple(second.shape)}"
        raise ValueError(f"first and second must be of one shape (…, N, D); got shapes {shapes}")
    check_shapes({"first": first, "second": second}, event=2)
    first, second = torch.broadcast_tensors(first, second)
    first, second = drop_weightless(weight, first, second, dim=(-1,))
    count = first.shape[-2]
    views = unit_vectors(torch.cat((first, second), dim=-2))
    similarity = matrix_product(views, views.mT)
    check_number("temperature", temperature, above=0, like=similarity)
    similarity = similarity / temperature
    hidden = itself = diagonal(similarity)
    if weight is not None:
        absent = (weight == 0).expand(first.shape[:-1])
        other_view = itself.roll(count, -1)
        absent = torch.cat((absent, absent), -1).unsqueeze(-2)
        hidden = itself | torch.where(other_view, False, absent)
    whole = similarity.masked_fill(hidden, -torch.inf).logsumexp(-1)
    right = similarity.diagonal(count, dim1=-2, dim2=-1)
    loss = whole.unflatten(-1, (2, count)).mean(-2) - right
    return reduce_loss(loss, weight, reduction)
