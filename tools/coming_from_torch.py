"""What those who come from `torch.nn.functional` must know, each with a case that shows it."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

import losses

T = torch.tensor
P = T([[0.5, 0.25, 0.25], [0.125, 0.75, 0.125]])
Q = T([[0.25, 0.25, 0.5], [0.25, 0.5, 0.25]])
LOGITS = T([[1.0, -0.5, 2.0], [0.5, 0.25, -1.0]])
LABELS = T([2, 0])
WEIGHTS = T([0.5, 2.0, 1.0])
A, B, C = T([[1.0, 0.5]]), T([[0.5, 2.0]]), T([[-1.0, 1.0]])
R, S = T([0.25, -1.5, 3.0]), T([0.0, 0.5, -1.0])
Y = T([1.0, 0.0, 1.0])


@dataclass(frozen=True)
class Difference:
    """A function of torch and ours.

    theirs, ours: how both are called, as the table shows it.
    differs: what a reader must know.
    same: both in a case in which they agree: their value and ours.
    apart: their value and ours in a case that `differs` tells of, with what each of them gives.
    """

    theirs: str
    ours: str
    differs: str
    same: Callable[[], tuple[Tensor, Tensor]]
    apart: tuple[Callable[[], Tensor], float, Callable[[], Tensor], float] | None = None


TORCH = (
    Difference(
        "l1_loss, mse_loss",
        "l1_loss, mse_loss",
        "shapes that differ warn and broadcast there, raise here; a weight there has the shape of "
        "the input, here it may broadcast",
        lambda: (
            functional.mse_loss(R, S, weight=WEIGHTS),
            losses.mse_loss(R, S, weight=WEIGHTS),
        ),
    ),
    Difference(
        "smooth_l1_loss(beta=1.0)",
        "smooth_l1_loss(beta=1.0)",
        "",
        lambda: (
            functional.smooth_l1_loss(R, S, beta=0.5),
            losses.smooth_l1_loss(R, S, beta=0.5),
        ),
    ),
    Difference(
        "huber_loss(delta=1.0)",
        "huber_loss(delta=1.0)",
        "a weighted mean divides by the number of elements there, by the sum of the weights here",
        lambda: (functional.huber_loss(R, S, delta=2.0), losses.huber_loss(R, S, delta=2.0)),
        (
            lambda: functional.huber_loss(T([1.0, 2.0]), T([0.0, 0.0]), weight=T([1.0, 3.0])),
            2.5,
            lambda: losses.huber_loss(T([1.0, 2.0]), T([0.0, 0.0]), weight=T([1.0, 3.0])),
            1.25,
        ),
    ),
    Difference(
        "binary_cross_entropy",
        "bce_loss",
        "a weighted mean as above",
        lambda: (
            functional.binary_cross_entropy(T([0.25, 0.5, 1.0]), Y),
            losses.bce_loss(T([0.25, 0.5, 1.0]), Y),
        ),
        (
            lambda: functional.binary_cross_entropy(T([0.5, 0.25]), T([1.0, 1.0]), WEIGHTS[:2] * 2),
            3.11916,
            lambda: losses.bce_loss(T([0.5, 0.25]), T([1.0, 1.0]), weight=WEIGHTS[:2] * 2),
            1.24766,
        ),
    ),
    Difference(
        "binary_cross_entropy_with_logits(pos_weight=None)",
        "bce_with_logits_loss(pos_weight=1.0)",
        "a weighted mean as above; an infinite logit on the right side is NaN there, 0 here",
        lambda: (
            functional.binary_cross_entropy_with_logits(R, Y, pos_weight=T(3.0)),
            losses.bce_with_logits_loss(R, Y, pos_weight=3.0),
        ),
        (
            lambda: functional.binary_cross_entropy_with_logits(T([torch.inf]), T([1.0])),
            torch.nan,
            lambda: losses.bce_with_logits_loss(T([torch.inf]), T([1.0])),
            0.0,
        ),
    ),
    Difference(
        "cross_entropy(weight, ignore_index=-100)",
        "cross_entropy_loss(class_weight, ignore_label=-100)",
        "a mean over ignored examples alone is NaN there, 0 here; with weights and smoothing a "
        "mean divides by the weights of the labels there, of the smoothed targets here; "
        "probabilities as target are `soft_cross_entropy_loss`",
        lambda: (
            functional.cross_entropy(LOGITS, LABELS, weight=WEIGHTS),
            losses.cross_entropy_loss(LOGITS, LABELS, class_weight=WEIGHTS),
        ),
        (
            lambda: functional.cross_entropy(LOGITS, T([-100, -100])),
            torch.nan,
            lambda: losses.cross_entropy_loss(LOGITS, T([-100, -100])),
            0.0,
        ),
    ),
    Difference(
        "nll_loss(weight, ignore_index=-100)",
        "nll_loss(class_weight, ignore_label=-100)",
        "as above",
        lambda: (
            functional.nll_loss(LOGITS.log_softmax(1), LABELS, weight=WEIGHTS),
            losses.nll_loss(LOGITS.log_softmax(1), LABELS, class_weight=WEIGHTS),
        ),
    ),
    Difference(
        'kl_div(log_q, p, reduction="batchmean")',
        "kl_divergence(truth=p, model=q)",
        'the model comes first there, as its log; `"mean"` there divides by all numbers, here by '
        'the number of distributions, as `"batchmean"` does',
        lambda: (
            functional.kl_div(Q.log(), P, reduction="batchmean"),
            losses.kl_divergence(truth=P, model=Q),
        ),
    ),
    Difference(
        "cosine_embedding_loss",
        "cosine_embedding_loss",
        "a dissimilar pair is −1 there, 0 here",
        lambda: (
            functional.cosine_embedding_loss(A, B, T([-1.0])),
            losses.cosine_embedding_loss(A, B, T([0.0])),
        ),
    ),
    Difference(
        "triplet_margin_loss(margin=1.0)",
        'triplet_loss(margin=0.2, distance="squared")',
        '`distance="euclidean", margin=1.0` here is the default there, up to the 1e-6 that it '
        "adds to every coordinate; `swap=True` is `swapped_triplet_loss`",
        lambda: (
            functional.triplet_margin_loss(A, B, C, eps=0.0),
            losses.triplet_loss(A, B, C, margin=1.0, distance="euclidean"),
        ),
    ),
    Difference(
        "pairwise_distance, torch.cdist",
        "row_norm, pairwise_distance",
        "`pairwise_distance` there goes row by row and adds 1e-6; ours is between all, as `cdist`",
        lambda: (torch.cdist(P, Q), losses.pairwise_distance(P, Q)),
        (
            lambda: functional.pairwise_distance(P[:1], P[:1], eps=1e-6) * 1e6,
            3**0.5,
            lambda: losses.row_norm(P[:1], P[:1]),
            0.0,
        ),
    ),
)
