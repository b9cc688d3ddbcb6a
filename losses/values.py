"""Checks that look into tensors, and the one rule that says when they do.

A value is looked at only where that is free: outside every trace and transform, on the CPU. On a
GPU the look would make the host wait, and inside `torch.compile`, `make_fx` or a `torch.func`
transform there is no value to look at. There a bad value is not reported: what it leads to is,
and for labels, targets and weights that is NaN. Data that goes to a GPU is therefore checked where
it enters, on the CPU.
"""

import math

import torch
from torch._C import _functorch
from torch._subclasses.fake_tensor import FakeTensor
from torch.autograd import forward_ad
from torch.utils._python_dispatch import is_in_torch_dispatch_mode

from losses.arguments import check_floating, check_tensor

__all__ = ["check_distribution", "check_finite", "check_labels", "check_probability"]


def values_are_readable(*tensors: torch.Tensor) -> bool:
    """Whether looking at the values of these tensors costs no wait and breaks no trace."""
    if torch.compiler.is_compiling() or torch.jit.is_tracing():
        return False
    transformed = _functorch.peek_interpreter_stack() is not None
    if transformed or is_in_torch_dispatch_mode():
        return False
    return all(
        tensor.device.type == "cpu" and not isinstance(tensor, FakeTensor) for tensor in tensors
    )


def is_constant(tensor: torch.Tensor) -> bool:
    """Whether it is known that nothing is differentiated in this tensor."""
    if torch.compiler.is_compiling() or _functorch.is_functorch_wrapped_tensor(tensor):
        return False
    return not tensor.requires_grad and forward_ad.unpack_dual(tensor).tangent is None


def is_plain(*tensors: torch.Tensor) -> bool:
    """Whether their values can be read and nothing is known of them but a backward pass."""
    moving = (forward_ad.unpack_dual(tensor).tangent for tensor in tensors)
    return values_are_readable(*tensors) and all(tangent is None for tangent in moving)


def known_to_be_finite(tensor: torch.Tensor, *, below: float = math.inf) -> bool:
    """Whether no number is as large as `below`, or NaN; where values cannot be read, one may be."""
    if not values_are_readable(tensor):
        return False
    least, most = value_range(tensor)
    return -below < least and most < below


def check_finite(**tensors: torch.Tensor) -> None:
    """Raise `ValueError` for a tensor that holds an infinity or NaN, where values are readable.

    Args:
        **tensors: Tensors of any shape, by the name that the message shall give.

    Returns:
        `None`.

    Raises:
        ValueError: for an infinity or NaN.
        TypeError: for what is no tensor.

    Example:
        >>> check_finite(score=torch.tensor([1.0, 2.0]))
        >>> check_finite(score=torch.tensor([1.0, float("inf")]))
        Traceback (most recent call last):
            ...
        ValueError: score must be finite; got inf
    """
    for name, tensor in tensors.items():
        check_tensor(name, tensor)
        if values_are_readable(tensor) and not tensor.isfinite().all():
            raise ValueError(f"{name} must be finite; got {_first(tensor, ~tensor.isfinite())}")


def check_probability(**tensors: torch.Tensor) -> None:
    """Raise `ValueError` for values outside [0, 1] (NaN included), where values are readable.

    Args:
        **tensors: Tensors of any shape, by the name that the message shall give.

    Returns:
        `None`.

    Raises:
        ValueError: for a value outside [0, 1] or NaN.
        TypeError: for what is no tensor.

    Example:
        >>> check_probability(chance=torch.tensor([0.0, 1.0]))
        >>> check_probability(chance=torch.tensor([0.5, 1.5]))
        Traceback (most recent call last):
            ...
        ValueError: chance must lie in [0, 1]; got 1.5
    """
    for name, tensor in tensors.items():
        check_tensor(name, tensor)
        if not values_are_readable(tensor):
            continue
        least, most = value_range(tensor)
        if not (least >= 0 and most <= 1):
            outside = ~((tensor >= 0) & (tensor <= 1))
            raise ValueError(f"{name} must lie in [0, 1]; got {_first(tensor, outside)}")


def check_distribution(**tensors: torch.Tensor) -> None:
    """Raise `ValueError` for what is no distribution over the last dimension.

    The dtype and the shape are always checked. Where values are readable, all must lie in [0, 1]
    and sum to 1, as exactly as the dtype can tell that may have been rounded before: 2⁻⁷ in
    float32 and half precision, for probabilities that were once in bfloat16, and 1e-5 in float64,
    for those that were in float32.

    Args:
        **tensors: Probabilities `(…, K)`, by the name that the message shall give.

    Returns:
        `None`.

    Raises:
        ValueError: for an integer dtype, no outcome, a value outside [0, 1], or a sum that is not
            1.
        TypeError: for what is no tensor.

    Example:
        >>> check_distribution(chances=torch.tensor([0.25, 0.75]))
        >>> check_distribution(chances=torch.tensor([0.5, 1.0]))
        Traceback (most recent call last):
            ...
        ValueError: chances must sum to 1 over its last dimension; got a sum of 1.5
    """
    check_floating(**tensors)
    for name, tensor in tensors.items():
        if tensor.ndim == 0 or tensor.shape[-1] == 0:
            raise ValueError(
                f"{name} must have at least one outcome in its last dimension; "
                f"got shape {tuple(tensor.shape)}"
            )
        check_probability(**{name: tensor})
        if not values_are_readable(tensor):
            continue
        total = tensor.detach().double().sum(-1)
        tolerance = 1e-5 if tensor.dtype == torch.float64 else torch.finfo(torch.bfloat16).eps
        wrong = (total - 1).abs() > tolerance
        if wrong.any():
            raise ValueError(
                f"{name} must sum to 1 over its last dimension; got a sum of {_first(total, wrong)}"
            )


def checked_target(name: str, target: torch.Tensor) -> torch.Tensor:
    """The target, if it lies in [0, 1].

    Where its values cannot be read, one outside becomes NaN, so that it shows.
    """
    check_probability(**{name: target})
    if values_are_readable(target):
        return target
    return torch.where(target.clamp(0, 1) == target, target, math.nan)


def check_weight(**weights: torch.Tensor) -> None:
    """Raise `ValueError` for weights that are negative or not finite, where values are readable."""
    for name, weight in weights.items():
        if not values_are_readable(weight):
            continue
        least, most = value_range(weight)
        if not (least >= 0 and most < math.inf):
            wrong = ~((weight >= 0) & weight.isfinite())
            raise ValueError(f"{name} must be finite and not negative; got {_first(weight, wrong)}")


def check_labels(
    name: str, labels: torch.Tensor, classes: int, *, ignore_label: int | None = None
) -> None:
    """Raise `ValueError` for labels that are no class numbers from 0 to `classes` − 1.

    The dtype is always checked, the values where they are readable. Labels equal to
    `ignore_label` pass.

    Args:
        name: What the message shall call them.
        labels: Class numbers of an integer dtype and any shape.
        classes: How many classes there are.
        ignore_label: A label that passes too; `None` for none.

    Returns:
        `None`.

    Raises:
        ValueError: for a floating, complex or boolean dtype, or a label that is no class number.
        TypeError: for what is no tensor.

    Example:
        >>> check_labels("labels", torch.tensor([0, 2, -1]), 3, ignore_label=-1)
        >>> check_labels("labels", torch.tensor([0, 3]), 3)
        Traceback (most recent call last):
            ...
        ValueError: labels must be class numbers from 0 to 2; got 3
    """
    check_tensor(name, labels)
    if labels.is_floating_point() or labels.is_complex() or labels.dtype == torch.bool:
        raise ValueError(f"{name} must be class numbers of an integer dtype; got {labels.dtype}")
    if not values_are_readable(labels):
        return
    least, most = value_range(labels)
    if least >= 0 and most < classes:
        return
    outside = (labels < 0) | (labels >= classes)
    if ignore_label is not None:
        outside = outside & (labels != ignore_label)
    if outside.any():
        also = "" if ignore_label is None else f" or ignore_label = {ignore_label}"
        raise ValueError(
            f"{name} must be class numbers from 0 to {classes - 1}{also}; "
            f"got {_first(labels, outside)}"
        )


def value_range(tensor: torch.Tensor) -> tuple[float, float]:
    """The smallest and the largest number, in one pass; NaN twice if one is there; 0 of none."""
    if tensor.numel() == 0:
        return 0, 0
    least, most = tensor.detach().aminmax()
    return least.item(), most.item()


def _first(tensor: torch.Tensor, chosen: torch.Tensor) -> str:
    return f"{tensor[chosen].flatten()[0].item():.7g}"
