"""What the losses of yes-or-no classifiers read, and the checks of it."""

import torch

from losses.arguments import (
    Scalar,
    check_floating,
    check_number,
    check_shape_of_part,
    check_shapes,
)
from losses.reduction import drop_weightless
from losses.values import check_probability, checked_target, is_constant, values_are_readable


def read_binary(
    name: str,
    prediction: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = None,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor | None]:
    """Prediction and target in one shape and dtype, and 0 where nothing counts; and the weight.

    What is ignored has a weight of 0; the target is smoothed.
    """
    check_floating(**{name: prediction})
    check_shapes({name: prediction, "target": target})
    target = target.to(prediction.dtype)
    shape = torch.broadcast_shapes(prediction.shape, target.shape)
    weight = without_ignored(target, ignore_label, weight, shape)
    both = torch.broadcast_tensors(prediction, target)
    prediction, target = drop_weightless(weight, *both)
    target = checked_target("target", target)
    check_number("label_smoothing", label_smoothing, at_least=0, at_most=1, like=target)
    if isinstance(label_smoothing, torch.Tensor) or label_smoothing > 0:
        target = target + label_smoothing * (0.5 - target)
    return prediction, target, weight


def read_probabilities(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = None,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor | None]:
    """`read_binary` of probabilities, which are checked too."""
    read = read_binary(
        "probabilities", probabilities, target, weight, label_smoothing, ignore_label
    )
    check_probability(probabilities=read[0])
    return read


def without_ignored(
    target: torch.Tensor,
    ignore_label: int | None,
    weight: torch.Tensor | None,
    shape: torch.Size,
) -> torch.Tensor | None:
    """The weights of losses of this shape, 0 where the target is to be ignored."""
    if ignore_label is None:
        return weight
    if not isinstance(ignore_label, int):
        raise TypeError(f"ignore_label must be an integer or None; got {ignore_label!r}")
    counts = (target != ignore_label).to(target.dtype)
    if weight is None:
        return counts
    check_shape_of_part("weight", weight, "losses", shape)
    return torch.where(counts == 0, 0, weight)


def known_to_be_hard(target: torch.Tensor) -> bool:
    """Whether all targets are 0 or 1 and constants; where values cannot be read, one may not be."""
    if not (values_are_readable(target) and is_constant(target)):
        return False
    return target.numel() == 0 or target.frac().amax().item() == 0  # none lies outside [0, 1]


def against(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The logits of the wrong answers, for targets that are 0 or 1."""
    return torch.rsub(target, 1, alpha=2) * logits  # 1 − 2y in one pass


def is_one(number: Scalar) -> bool:
    """Whether a factor can be left out."""
    return not isinstance(number, torch.Tensor) and number == 1
