"""The contrastive loss of a labelled batch."""

import torch

from losses.arguments import Scalar, check_number
from losses.embeddings.batches import read_batch, reduce_by_count
from losses.limits import unit_vectors
from losses.precision import full_precision, matrix_product
from losses.reduction import Reduction

__all__ = ["supervised_contrastive_loss"]


@full_precision
def supervised_contrastive_loss(
    embeddings: torch.Tensor,
    labels: torch.Tensor,
    *,
    temperature: Scalar = 0.1,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Each embedding must find all others of its class among the whole batch.

    For an anchor the mean, over the others of its class, of the cross-entropy of cosines divided by
    the temperature, over all others of the batch: the form of the paper with the sum outside the
    logarithm (L_out). An anchor that is alone in its class asks for nothing: it costs 0 and does
    not count in a mean. Where each class has two members, two views of one sample, this is
    `nt_xent_loss`.

    Args:
        embeddings: Embeddings `(…, N, D)`: of one batch, or of several that do not meet.
        labels: Their classes `(…, N)`, any numbers of an integer dtype.
        temperature: τ > 0.
        weight: Non-negative, finite weights of the anchors, broadcastable to `(…, N)`; 0 takes an
            embedding out of the batch, as a negative of others too. `None` weighs all alike.
        reduction: `"none"` (one value per anchor), `"mean"` (by the sum of the weights, over the
            anchors that are not alone) or `"sum"`.

    Returns:
        Nats ≥ 0, in the dtype of `embeddings`; computed in float32 or better. The lowest value is
        not 0 for classes of more than two: those of one's class compete too. A zero vector has no
        direction and counts as similar to nothing (cosine 0).

    Raises:
        ValueError: for integer embeddings, labels of a floating dtype, shapes that do not fit, a
            temperature that is not above 0, a negative or infinite weight or one that does not
            broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or a temperature that is no number.

    Example:
        >>> embeddings = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
        >>> labels = torch.tensor([0, 0, 1])  # the last is alone
        >>> supervised_contrastive_loss(embeddings, labels, temperature=1.0)  # ln(1 + 1/e)
        tensor(0.3133)

    Source: P. Khosla et al., Supervised Contrastive Learning, NeurIPS 2020.
    """
    embeddings, alike, unlike = read_batch(embeddings, labels, weight)
    directions = unit_vectors(embeddings)
    similarity = matrix_product(directions, directions.mT)
    check_number("temperature", temperature, above=0, like=similarity)
    similarity = similarity / temperature
    others = alike | unlike
    others = others | (others.sum(-1, keepdim=True) == 0)  # ln 0 would have no derivative
    whole = torch.where(others, similarity, -torch.inf).logsumexp(-1)
    count = alike.sum(-1)
    right = torch.where(alike, similarity, 0).sum(-1) / count.clamp(min=1)
    return reduce_by_count(whole - right, count > 0, weight, reduction)
