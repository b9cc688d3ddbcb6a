"""Losses of embeddings: which vectors should lie together and which apart.

An embedding lies in the last dimension, `(…, D)`. Embeddings that are compared have the same shape;
a dimension of size 1 in one of them stands for all, and one may be a single embedding `(D,)`.

At a distance of 0 the direction is unknown and the gradient of the distance is taken as 0, its
curvature as finite: all three stay finite for identical points, but two embeddings that have
collapsed onto each other are not driven apart.

The result has the dtype to which embeddings and a floating `similar` promote. It is computed in
float32 at least, also under autocast, and rounded once, at the end.
"""

from typing import Literal

import torch
from torch.nn import functional

from losses.arguments import (
    Scalar,
    check_choice,
    check_floating,
    check_number,
    check_shape_of_part,
    check_shapes,
)
from losses.limits import length, unit_vectors
from losses.precision import full_precision
from losses.reduction import Reduction, drop_weightless, reduce_loss
from losses.values import check_probability

__all__ = ["contrastive_loss", "cosine_embedding_loss", "info_nce_loss", "triplet_loss"]

TripletDistance = Literal["squared", "euclidean"]
TRIPLET_DISTANCES = ("squared", "euclidean")


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
    first, second, similar = _read_pairs(first, second, similar, weight)
    difference = first - second
    near = (difference * difference).sum(-1)
    check_number("margin", margin, at_least=0, like=near)
    short = functional.relu(margin - length(difference).squeeze(-1))
    loss = (similar * near + (1 - similar) * short * short) / 2
    return reduce_loss(loss, weight, reduction)


@full_precision
def triplet_loss(
    anchor: torch.Tensor,
    positive: torch.Tensor,
    negative: torch.Tensor,
    *,
    margin: Scalar = 0.2,
    distance: TripletDistance = "squared",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Asks that the negative be farther from the anchor than the positive, by a margin.

    max(0, d(a, p) − d(a, n) + m). A triplet that satisfies it gives neither loss nor gradient;
    if all embeddings collapse, every triplet costs m, and the gradient is 0 there too.

    Args:
        anchor: Embeddings `(…, D)`.
        positive: Embeddings of the anchor's kind, of a shape that broadcasts with `anchor`.
        negative: Embeddings of another kind, of a shape that broadcasts with `anchor`.
        margin: m ≥ 0, in the unit of the distance.
        distance: `"squared"` as in FaceNet; `"euclidean"` as in PyTorch's `TripletMarginLoss`
            (whose default margin is 1, and which adds 1e-6 to every coordinate; this does not).
        weight: Non-negative, finite weights of the triplets, broadcastable to `(…)`; 0 removes a
            triplet. `None` weighs all alike.
        reduction: `"none"` (one value per triplet), `"mean"` (by the sum of the weights) or
            `"sum"`.

    Returns:
        Values ≥ 0 in the dtype that `anchor`, `positive` and `negative` promote to; computed in
        float32 or better.

    Raises:
        ValueError: for integer embeddings, shapes that do not fit, a negative margin, an unknown
            distance, a negative or infinite weight or one that does not broadcast, or an unknown
            `reduction`.
        TypeError: for what is no tensor, or a margin that is no number.

    Example:
        >>> anchor, positive, negative = torch.tensor([[0.0, 0.0], [2.0, 0.0], [1.0, 0.0]])
        >>> triplet_loss(anchor, positive, negative, margin=0.5)
        tensor(3.5000)
        >>> triplet_loss(anchor, positive, negative, margin=0.5, distance="euclidean")
        tensor(1.5000)

    Source: F. Schroff, D. Kalenichenko, J. Philbin, FaceNet, CVPR 2015; after K. Q. Weinberger,
    L. K. Saul, Distance Metric Learning for Large Margin Nearest Neighbor Classification, 2009.
    """
    check_choice("distance", distance, TRIPLET_DISTANCES)
    _check_embeddings(anchor=anchor, positive=positive, negative=negative)
    points = drop_weightless(weight, anchor, positive, negative, dim=(-1,))
    to_positive, to_negative = points[0] - points[1], points[0] - points[2]
    if distance == "squared":
        gap = (to_positive * to_positive).sum(-1) - (to_negative * to_negative).sum(-1)
    else:
        gap = (length(to_positive) - length(to_negative)).squeeze(-1)
    check_number("margin", margin, at_least=0, like=gap)
    loss = functional.relu(gap + margin)
    return reduce_loss(loss, weight, reduction)


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
    similarity = unit_vectors(queries) @ unit_vectors(keys).transpose(-2, -1)
    check_number("temperature", temperature, above=0, like=similarity)
    log_probabilities = functional.log_softmax(similarity / temperature, dim=-1)
    loss = -log_probabilities.diagonal(dim1=-2, dim2=-1)
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
    first, second, similar = _read_pairs(first, second, similar, weight)
    cosine = (unit_vectors(first) * unit_vectors(second)).sum(-1)
    check_number("margin", margin, at_least=-1, at_most=1, like=cosine)
    loss = similar * (1 - cosine) + (1 - similar) * functional.relu(cosine - margin)
    return reduce_loss(loss, weight, reduction)


def _check_embeddings(**embeddings: torch.Tensor) -> None:
    check_floating(**embeddings)
    check_shapes(embeddings, event=1)
    shapes = [tuple(tensor.shape) for tensor in embeddings.values()]
    if any(not shape for shape in shapes) or len({shape[-1] for shape in shapes}) > 1:
        given = ", ".join(f"{n} {shape}" for n, shape in zip(embeddings, shapes, strict=True))
        raise ValueError(f"embeddings must have the same size in the last dimension; got {given}")


def _read_pairs(
    first: torch.Tensor,
    second: torch.Tensor,
    similar: torch.Tensor,
    weight: torch.Tensor | None,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The pairs and which are similar, in one dtype, and 0 where there is no weight."""
    _check_embeddings(first=first, second=second)
    pairs = torch.broadcast_shapes(first.shape, second.shape)[:-1]
    check_shape_of_part("similar", similar, "pairs", pairs)
    first, second = drop_weightless(weight, first, second, dim=(-1,))
    if weight is not None:
        (similar,) = drop_weightless(weight, similar.expand(pairs))
    check_probability(similar=similar)
    return first, second, similar.to(first.dtype)
