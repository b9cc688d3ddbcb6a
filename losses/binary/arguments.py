"""What the losses of yes-or-no classifiers read, and the checks of it."""

import torch

from losses.arguments import (
    Scalar,
    check_floating,
    check_number,
    check_shapes,
)
from losses.reduction import drop_weightless
from losses.values import check_probability, check_weight


def read_binary(
    name: str, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Both in one shape and dtype, and 0 where there is no weight."""
    check_floating(**{name: prediction})
    check_shapes({name: prediction, "target": target})
    both = torch.broadcast_tensors(prediction, target.to(prediction.dtype))
    prediction, target = drop_weightless(weight, *both)
    check_probability(target=target)
    return prediction, target


def read_probabilities(
    probabilities: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None
) -> tuple[torch.Tensor, torch.Tensor]:
    probabilities, target = read_binary("probabilities", probabilities, target, weight)
    check_probability(probabilities=probabilities)
    return probabilities, target


def check_price(name: str, price: Scalar, target: torch.Tensor) -> None:
    """A factor ≥ 0 of one of the two terms; as a tensor it is a weight, but for its zeros."""
    check_number(name, price, at_least=0, like=target)
    if isinstance(price, torch.Tensor):
        check_weight(**{name: price})
