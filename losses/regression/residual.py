"""The residual of a prediction, and the check of a number in its unit."""

import torch

from losses.arguments import (
    Scalar,
    check_floating,
    check_number,
    check_shapes,
)
from losses.reduction import drop_weightless


def residual_of(
    prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None
) -> torch.Tensor:
    """The residual; 0, where every loss here is smooth or takes a slope of 0, without a weight."""
    check_floating(prediction=prediction, target=target)
    check_shapes({"prediction": prediction, "target": target})
    (residual,) = drop_weightless(weight, prediction - target)
    return residual


def check_length(name: str, value: Scalar, residual: torch.Tensor) -> None:
    """Above 0, and finite in the dtype that the residual is computed in."""
    most = torch.finfo(residual.dtype).max
    check_number(name, value, above=0.0, at_most=most, like=residual)
