"""Minus the log-probabilities of the labels and, for a share of the target, of all classes."""

from typing import Any

import torch

from losses.arguments import Scalar
from losses.classification.classes import class_dimension, pick, sum_over_classes
from losses.limits import share_of
from losses.precision import functions_of_ones_own_work
from losses.values import is_constant, is_plain, known_to_be_finite


def pick_smoothed(
    log_probabilities: torch.Tensor,
    labels: torch.Tensor,
    counts: torch.Tensor,
    class_weight: torch.Tensor | None,
    label_smoothing: Scalar,
) -> tuple[torch.Tensor, torch.Tensor]:
    """`pick` for a target of which a share is spread evenly over all classes."""
    if functions_of_ones_own_work() and _is_simple(
        log_probabilities, class_weight, label_smoothing
    ):
        loss, share = _at_once(log_probabilities, labels, counts, class_weight, label_smoothing)
        if known_to_be_finite(loss):  # then no share of 0 met infinity
            return loss, share
    loss, share = pick(log_probabilities, labels, counts, class_weight)
    classes = log_probabilities.shape[class_dimension(log_probabilities)]
    uniform = sum_over_classes(class_weight, log_probabilities) / -classes
    mean_weight = 1 if class_weight is None else class_weight.mean()
    loss = share_of(1 - label_smoothing, loss) + share_of(label_smoothing * counts, uniform)
    return loss, share + label_smoothing * (mean_weight * counts - share)


def _is_simple(
    log_probabilities: torch.Tensor, class_weight: torch.Tensor | None, label_smoothing: Scalar
) -> bool:
    """Whether nothing but the log-probabilities is differentiated, and only backwards."""
    if isinstance(label_smoothing, torch.Tensor) or log_probabilities.ndim != 2:
        return False
    return is_plain(log_probabilities) and (class_weight is None or is_constant(class_weight))


def _at_once(
    log_probabilities: torch.Tensor,
    labels: torch.Tensor,
    counts: torch.Tensor,
    class_weight: torch.Tensor | None,
    label_smoothing: Scalar,
) -> tuple[torch.Tensor, torch.Tensor]:
    classes = log_probabilities.shape[1]
    weight = log_probabilities.new_ones(classes) if class_weight is None else class_weight
    picked = (1 - label_smoothing) * counts * weight.gather(0, labels)
    spread = label_smoothing / classes * counts
    loss = _SmoothedPick.apply(log_probabilities, labels, picked, spread, weight)
    return loss, picked + spread * weight.sum()


class _SmoothedPick(torch.autograd.Function):
    """−a ln p of the label − b Σ w ln p over the classes; its slope is made in a single map.

    The sum of two slopes, one for each term, would be three.
    """

    @staticmethod
    def forward(
        ctx: Any,
        log_probabilities: torch.Tensor,
        labels: torch.Tensor,
        picked: torch.Tensor,
        spread: torch.Tensor,
        weight: torch.Tensor,
    ) -> torch.Tensor:
        ctx.save_for_backward(labels, picked, spread, weight)
        of_label = log_probabilities.gather(1, labels.unsqueeze(1)).squeeze(1)
        return -(picked * of_label + spread * torch.mv(log_probabilities, weight))

    @staticmethod
    def backward(ctx: Any, slope: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        labels, picked, spread, weight = ctx.saved_tensors
        slopes = (-spread * slope).unsqueeze(1) * weight
        slopes.scatter_add_(1, labels.unsqueeze(1), (-picked * slope).unsqueeze(1))
        return slopes, None, None, None, None
