"""The loss of queries that must find their keys."""

import torch
from torch.nn import functional

from losses.arguments import (
    Scalar,
    check_floating,
    check_number,
    check_shapes,
    is_single,
)
from losses.limits import unit_vectors
from losses.precision import full_precision, matrix_product
from losses.reduction import Reduction, drop_weightless, reduce_loss

__all__ = [
    "info_nce_loss",
]


@full_precision
def info_nce_loss(
    queries: torch.Tensor,
    keys: torch.Tensor,
    *,
    temperature: Scalar = 0.1,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """A classification among keys: each query must find its own, by cosine similarity.

    Query i belongs to key i; all other keys are its negatives. The loss is the cross-entropy of
    the similarities divided by the temperature. A low temperature looks at the hardest negatives
    only. The log of the softmax is taken with its maximum out, so that no temperature overflows.

    Args:
        queries: Embeddings `(…, N, D)`.
        keys: Embeddings `(…, M, D)` with M ≥ N; those beyond the first N are negatives of all.
        temperature: τ > 0.
        weight: Non-negative, finite weights of the queries, broadcastable to `(…, N)`; 0 removes a
            query, its key stays as a negative. `None` weighs all alike.
        reduction: `"none"` (one value per query), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Nats ≥ 0, in the dtype that `queries` and `keys` promote to; computed in float32 or better.
        A single pair costs 0; a model that knows nothing ln M. A zero vector has no direction and
        counts as similar to nothing (cosine 0).

    Raises:
        ValueError: for integer embeddings, shapes that do not fit, fewer keys than queries, a
            temperature that is not above 0, a negative or infinite weight or one that does not
            broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or a temperature that is no number.

    Example:
        >>> queries = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
        >>> info_nce_loss(queries, queries, temperature=1.0)  # ln(1 + 1/e)
        tensor(0.3133)
        >>> info_nce_loss(queries, torch.ones(2, 2))  # ln 2
        tensor(0.6931)

    Source: A. van den Oord, Y. Li, O. Vinyals, Representation Learning with Contrastive Predictive
    Coding, 2018. Cosine and temperature: T. Chen, S. Kornblith, M. Norouzi, G. Hinton, A Simple
    Framework for Contrastive Learning of Visual Representations, ICML 2020.
    """
    check_floating(queries=queries, keys=keys)
    shapes = f"queries {tuple(queries.shape)}, keys {tuple(keys.shape)}"
    if queries.ndim < 2 or keys.ndim < 2 or queries.shape[-1] != keys.shape[-1]:
        raise ValueError(f"queries and keys must be (…, N, D) and (…, M, D); got {shapes}")
    check_shapes({"queries": queries, "keys": keys}, event=2, alike=False)
    count, choices = queries.shape[-2], keys.shape[-2]
    if choices < count:
        raise ValueError(f"keys must be at least as many as queries; got {shapes}")
    batch = torch.broadcast_shapes(queries.shape[:-2], keys.shape[:-2])
    (queries,) = drop_weightless(weight, queries.expand(*batch, -1, -1), dim=(-1,))
    directions = unit_vectors(keys).expand(*batch, -1, -1)
    queries = unit_vectors(queries)
    if is_single(temperature):
        check_number("temperature", temperature, above=0, like=queries)
        queries = queries / temperature  # these are N D numbers, the similarities N M
    similarity = matrix_product(queries, directions.mT)
    if not is_single(temperature):
        check_number("temperature", temperature, above=0, like=similarity)
        similarity = similarity / temperature
    log_probabilities = functional.log_softmax(similarity, dim=-1)
    loss = -log_probabilities.diagonal(dim1=-2, dim2=-1)
    return reduce_loss(loss, weight, reduction)
