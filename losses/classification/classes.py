"""Scores, labels and weights of classes, read and checked, and how they become a loss."""

import math

import torch
from torch.nn import functional

from losses.arguments import Scalar, check_floating, check_number
from losses.limits import share_of
from losses.reduction import Reduction, checked_weight, drop_weightless, reduce_loss
from losses.values import (
    check_labels,
    checked_target,
    known_to_be_finite,
    value_range,
    values_are_readable,
)

INTEGERS = (torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8)


def class_dimension(scores: torch.Tensor) -> int:
    return 1 if scores.ndim > 1 else 0


def weighted(class_weight: torch.Tensor | None, scores: torch.Tensor) -> torch.Tensor:
    """The scores times the weights of their classes; 0 for a weight of 0 of infinity."""
    if class_weight is None:
        return scores
    following = scores.ndim - 1 - class_dimension(scores)
    return share_of(class_weight.reshape(-1, *[1] * following), scores)


def sum_over_classes(class_weight: torch.Tensor | None, scores: torch.Tensor) -> torch.Tensor:
    """The sum of the scores times the weights of their classes; 0 for a weight of 0 of infinity."""
    dim = class_dimension(scores)
    if class_weight is None:
        return scores.sum(dim)
    if values_are_readable(scores):
        if scores.ndim == 2:
            total = torch.mv(scores, class_weight)
        else:
            total = (class_weight.reshape(-1, *[1] * (scores.ndim - 1 - dim)) * scores).sum(dim)
        if known_to_be_finite(total):  # then no score was infinite
            return total
    return weighted(class_weight, scores).sum(dim)


def is_label(labels: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
    """The labels as one-hot booleans, in the shape of `scores`."""
    dim = class_dimension(scores)
    classes = torch.arange(scores.shape[dim], device=scores.device)
    return classes.reshape(-1, *[1] * (scores.ndim - 1 - dim)) == labels.unsqueeze(dim)


def check_classes(name: str, scores: torch.Tensor) -> None:
    if scores.ndim == 0 or scores.shape[class_dimension(scores)] == 0:
        raise ValueError(
            f"{name} must hold at least one class, in shape (N, K, …) or (K,); "
            f"got shape {tuple(scores.shape)}"
        )


def read_class_weight(
    name: str, class_weight: torch.Tensor | None, scores: torch.Tensor
) -> torch.Tensor | None:
    """The weights of the classes, checked."""
    if class_weight is None:
        return None
    expected = (scores.shape[class_dimension(scores)],)
    if tuple(class_weight.shape) != expected:
        raise ValueError(
            f"{name} must have shape {expected}, one value per class; "
            f"got {tuple(class_weight.shape)}"
        )
    return checked_weight(name, class_weight.to(scores.dtype))


def read_labels(
    name: str,
    scores: torch.Tensor,
    labels: torch.Tensor,
    weight: torch.Tensor | None,
    ignore_label: int | None,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Scores and labels, both 0 where an example is ignored or has no weight, and what it counts.

    It counts 1, or 0, or NaN if its label is no class and that could not be reported.
    """
    check_classes(name, scores)
    dim = class_dimension(scores)
    expected = scores.shape[:dim] + scores.shape[dim + 1 :]
    if labels.shape != expected:
        raise ValueError(
            f"labels must have the shape of {name} {tuple(scores.shape)} without its classes, "
            f"{tuple(expected)}; got {tuple(labels.shape)}"
        )
    classes = scores.shape[dim]
    if weight is None and _all_count(labels, classes, ignore_label):
        return scores, labels.long(), scores.new_ones(labels.shape)
    (valid,) = drop_weightless(weight, torch.ones_like(labels, dtype=torch.bool), fill=False)
    if ignore_label is not None:
        valid = valid & (labels != ignore_label)
    if not (values_are_readable(valid) and valid.all()):
        labels = torch.where(valid, labels, labels.new_zeros(()))
        # What is ignored may be NaN, and NaN · 0 is NaN in the gradient.
        scores = torch.where(valid.unsqueeze(dim), scores, 0)
    check_labels("labels", labels, classes, ignore_label=ignore_label)
    labels = labels.long()
    counts = valid.to(scores.dtype)
    if values_are_readable(labels):
        return scores, labels, counts
    known = (labels >= 0) & (labels < classes)
    return scores, torch.where(known, labels, 0), torch.where(known, counts, math.nan)


def _all_count(labels: torch.Tensor, classes: int, ignore_label: int | None) -> bool:
    """Whether it can be read, in one look, that all are classes and none is to be ignored."""
    if labels.dtype not in INTEGERS or not values_are_readable(labels):
        return False
    least, most = value_range(labels)
    ignored = ignore_label is not None and least <= ignore_label <= most
    return least >= 0 and most < classes and not ignored


def read_distribution(
    logits: torch.Tensor,
    probabilities: torch.Tensor,
    weight: torch.Tensor | None,
    label_smoothing: Scalar,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits and target probabilities, 0 where an example has no weight; the target is smoothed."""
    check_floating(logits=logits, probabilities=probabilities)
    check_classes("logits", logits)
    if probabilities.shape != logits.shape:
        raise ValueError(
            f"probabilities must have the shape of logits, {tuple(logits.shape)}; "
            f"got {tuple(probabilities.shape)}"
        )
    dim = class_dimension(logits)
    logits, target = drop_weightless(weight, logits, probabilities, dim=(dim,))
    target = checked_target("probabilities", target)
    losses = target.select(dim, 0)
    check_number("label_smoothing", label_smoothing, at_least=0, at_most=1, like=losses)
    if isinstance(label_smoothing, torch.Tensor):
        label_smoothing = label_smoothing.expand(losses.shape).unsqueeze(dim)
    if isinstance(label_smoothing, torch.Tensor) or label_smoothing > 0:
        target = target + label_smoothing * (1 / logits.shape[dim] - target)
    return logits, target


def pick(
    log_probabilities: torch.Tensor,
    labels: torch.Tensor,
    counts: torch.Tensor,
    class_weight: torch.Tensor | None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Minus the entry of the label times the weight of its class, and that weight; 0 if ignored."""
    picked = functional.nll_loss(log_probabilities, labels, reduction="none", ignore_index=-1)
    if class_weight is None:
        return picked * counts, counts
    share = counts * class_weight.gather(0, labels.flatten()).reshape(labels.shape)
    return share_of(share, picked), share


def reduce_by_share(
    loss: torch.Tensor,
    share: torch.Tensor | None,
    weight: torch.Tensor | None,
    reduction: Reduction,
) -> torch.Tensor:
    """`reduce_loss` for losses that already hold a weight of their own, the `share`."""
    if share is None or reduction != "mean":
        return reduce_loss(loss, weight, reduction)
    summed = reduce_loss(loss, weight, "sum")
    total = (share if weight is None else share * weight).sum()
    return summed / torch.where(total == 0, 1, total)
