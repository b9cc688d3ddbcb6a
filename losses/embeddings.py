"""Losses of embeddings: which vectors should lie together and which apart.

An embedding lies in the last dimension, `(…, D)`. At a distance of 0 the direction is unknown and
the gradient of the distance is taken as 0: value and gradient stay finite for identical points,
but two embeddings that have collapsed onto each other are not driven apart. Half precision is
computed in float32 and rounded once, at the end.
"""

from typing import Literal

import torch
from torch.nn import functional

from losses.arguments import Scalar, check_broadcastable, check_choice, check_floating, check_number
from losses.precision import at_least_float32
from losses.reduction import Reduction, reduce_loss
from losses.values import check_probability

__all__ = ["contrastive_loss", "cosine_embedding_loss", "info_nce_loss", "triplet_loss"]

TripletDistance = Literal["squared", "euclidean"]
TRIPLET_DISTANCES = ("squared", "euclidean")


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
        second: Embeddings `(…, D)`.
        similar: 1 for similar pairs, 0 for dissimilar ones, broadcastable to `(…)`, of any dtype.
            (The paper's Y is the other way round.)
        margin: m ≥ 0, a distance.
        weight: Weights of the pairs, see `reduce_loss`.
        reduction: `"none"` (one value per pair), `"mean"` or `"sum"`.

    Returns:
        A loss in the dtype of `first`. Identical dissimilar points cost ½ m² with gradient 0.

    Raises:
        ValueError: for integer embeddings, shapes that do not fit, `similar` outside [0, 1], a
            negative margin, or an unknown `reduction`.

    Source: R. Hadsell, S. Chopra, Y. LeCun, Dimensionality Reduction by Learning an Invariant
    Mapping, CVPR 2006.
    """
    check_number("margin", margin, at_least=0)
    similar = _read_pairs(first, second, similar)
    difference = at_least_float32(first) - at_least_float32(second)
    near = (difference * difference).sum(-1)
    short = functional.relu(margin - torch.linalg.vector_norm(difference, dim=-1))
    loss = (similar * near + (1 - similar) * short * short) / 2
    return reduce_loss(loss, weight, reduction).to(first.dtype)


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
        positive: Embeddings of the anchor's kind, broadcastable to `anchor`.
        negative: Embeddings of another kind, broadcastable to `anchor`.
        margin: m ≥ 0, in the unit of the distance.
        distance: `"squared"` as in FaceNet; `"euclidean"` as in PyTorch's `TripletMarginLoss`
            (whose default margin is 1, and which adds 1e-6 to every coordinate; this does not).
        weight: Weights of the triplets, see `reduce_loss`.
        reduction: `"none"` (one value per triplet), `"mean"` or `"sum"`.

    Returns:
        A loss in the dtype of `anchor`.

    Raises:
        ValueError: for integer embeddings, shapes that do not fit, a negative margin, or an
            unknown name.

    Source: F. Schroff, D. Kalenichenko, J. Philbin, FaceNet, CVPR 2015; after K. Q. Weinberger,
    L. K. Saul, Distance Metric Learning for Large Margin Nearest Neighbor Classification, 2009.
    """
    check_choice("distance", distance, TRIPLET_DISTANCES)
    check_number("margin", margin, at_least=0)
    _check_embeddings(anchor=anchor, positive=positive, negative=negative)
    wide = at_least_float32(anchor)
    to_positive = wide - at_least_float32(positive)
    to_negative = wide - at_least_float32(negative)
    if distance == "squared":
        gap = (to_positive * to_positive).sum(-1) - (to_negative * to_negative).sum(-1)
    else:
        gap = torch.linalg.vector_norm(to_positive, dim=-1) - torch.linalg.vector_norm(
            to_negative, dim=-1
        )
    loss = functional.relu(gap + margin)
    return reduce_loss(loss, weight, reduction).to(anchor.dtype)


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
        weight: Weights of the queries, see `reduce_loss`.
        reduction: `"none"` (one value per query), `"mean"` or `"sum"`.

    Returns:
        Nats, in the dtype of `queries`. A single pair costs 0; a model that knows nothing ln M. A
        zero vector has no direction and counts as similar to nothing (cosine 0).

    Raises:
        ValueError: for integer embeddings, shapes that do not fit, fewer keys than queries, a
            temperature that is not above 0, or an unknown `reduction`.

    Source: A. van den Oord, Y. Li, O. Vinyals, Representation Learning with Contrastive Predictive
    Coding, 2018. Cosine and temperature: T. Chen, S. Kornblith, M. Norouzi, G. Hinton, A Simple
    Framework for Contrastive Learning of Visual Representations, ICML 2020.
    """
    check_floating(queries=queries, keys=keys)
    check_number("temperature", temperature, above=0)
    shapes = f"queries {tuple(queries.shape)}, keys {tuple(keys.shape)}"
    if queries.ndim < 2 or keys.ndim < 2 or queries.shape[-1] != keys.shape[-1]:
        raise ValueError(f"queries and keys must be (…, N, D) and (…, M, D); got {shapes}")
    check_broadcastable(queries=queries[..., 0:1, 0:1], keys=keys[..., 0:1, 0:1])
    count, choices = queries.shape[-2], keys.shape[-2]
    if choices < count:
        raise ValueError(f"keys must be at least as many as queries; got {shapes}")
    similarity = _unit(queries) @ _unit(keys).transpose(-2, -1)
    log_probabilities = functional.log_softmax(similarity / temperature, dim=-1)
    loss = -log_probabilities.diagonal(dim1=-2, dim2=-1)
    return reduce_loss(loss, weight, reduction).to(queries.dtype)


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
        second: Embeddings `(…, D)`.
        similar: 1 for similar pairs, 0 for dissimilar ones (PyTorch has −1), broadcastable to
            `(…)`, of any dtype.
        margin: m in [−1, 1], a cosine.
        weight: Weights of the pairs, see `reduce_loss`.
        reduction: `"none"` (one value per pair), `"mean"` or `"sum"`.

    Returns:
        Values in [0, 2], in the dtype of `first`. A zero vector has no direction; its cosine is 0.

    Raises:
        ValueError: for integer embeddings, shapes that do not fit, `similar` outside [0, 1], a
            margin outside [−1, 1], or an unknown `reduction`.

    Source: we know of no single paper; the form is that of PyTorch (A. Paszke et al., PyTorch: An
    Imperative Style, High-Performance Deep Learning Library, NeurIPS 2019).
    """
    check_number("margin", margin, at_least=-1, at_most=1)
    similar = _read_pairs(first, second, similar)
    cosine = (_unit(first) * _unit(second)).sum(-1)
    loss = similar * (1 - cosine) + (1 - similar) * functional.relu(cosine - margin)
    return reduce_loss(loss, weight, reduction).to(first.dtype)


def _unit(vectors: torch.Tensor) -> torch.Tensor:
    """The vectors at length 1, in float32 at least; a zero vector stays one."""
    wide = at_least_float32(vectors)
    length = torch.linalg.vector_norm(wide, dim=-1, keepdim=True)
    return wide / torch.where(length == 0, 1, length)


def _check_embeddings(**embeddings: torch.Tensor) -> None:
    check_floating(**embeddings)
    check_broadcastable(**embeddings)
    shapes = [tuple(tensor.shape) for tensor in embeddings.values()]
    if any(not shape for shape in shapes) or len({shape[-1] for shape in shapes}) > 1:
        given = ", ".join(f"{n} {shape}" for n, shape in zip(embeddings, shapes, strict=True))
        raise ValueError(f"embeddings must have the same size in the last dimension; got {given}")


def _read_pairs(first: torch.Tensor, second: torch.Tensor, similar: torch.Tensor) -> torch.Tensor:
    """`similar` in the dtype in which the pair is computed."""
    _check_embeddings(first=first, second=second)
    pairs = torch.broadcast_shapes(first.shape, second.shape)[:-1]
    try:
        fits = torch.broadcast_shapes(pairs, similar.shape) == pairs
    except RuntimeError:
        fits = False
    if not fits:
        raise ValueError(
            f"similar must broadcast to one value per pair, {tuple(pairs)}; "
            f"got {tuple(similar.shape)}"
        )
    check_probability(similar=similar)
    return at_least_float32(similar.to(first.dtype))
