"""Barron's adaptive loss: shape and scale are learnt with the model."""

import math

import torch
from torch import nn

from losses.arguments import check_choice, check_number
from losses.reduction import REDUCTIONS, Reduction
from losses.regression import barron_nll_loss

RANGE = (0.001, 1.999)
"""From almost a Cauchy to almost a normal distribution, without the ends: at α = 2 the gradient in
α has no bound."""


class AdaptiveLoss(nn.Module):
    """Barron's loss whose shape α and scale c are learnt with the model, for each dimension.

    The loss is `losses.barron_nll_loss`, so that neither can be lowered for nothing. α stays in its
    range as a sigmoid of a free parameter, c above its least value as a softplus of another. Give
    `loss.parameters()` to the optimiser beside those of the model, best without weight decay, which
    would draw α to the middle of its range. `loss.free_alpha.requires_grad_(False)` fixes the
    shape, `loss.free_scale.requires_grad_(False)` the scale.

    Args:
        dimensions: How many numbers the last dimension of prediction and target holds, each of
            which gets an α and a c of its own; `None` learns one pair for all.
        alpha: α at the start, inside its range; `None` takes the middle.
        alpha_range: The bounds of α, at least 0, the first below the second.
        scale: c at the start, above `least_scale`, in the unit of the data.
        least_scale: What c stays above; above 0.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Inputs:
        prediction, target: Tensors of a floating dtype, in the same unit, of one shape `(…, D)`, D
            being `dimensions` if that is given.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.

    Returns:
        Nats, as `losses.barron_nll_loss` gives them.

    Raises:
        ValueError: for a number out of its range, or an unknown `reduction`, when the class is
            constructed; at calls for what `losses.barron_nll_loss` refuses, and for another number
            of dimensions.
        TypeError: for what is no number, and at calls for what is no tensor.

    Example:
        >>> loss = AdaptiveLoss()
        >>> loss.alpha.item(), loss.scale.item()
        (1.0, 1.0)
        >>> loss(torch.tensor([1.0]), torch.tensor([0.0]))
        tensor(1.5997, grad_fn=<DivBackward0>)

    Source: J. T. Barron, "A General and Adaptive Robust Loss Function", CVPR 2019.
    """

    def __init__(
        self,
        dimensions: int | None = None,
        *,
        alpha: float | None = None,
        alpha_range: tuple[float, float] = RANGE,
        scale: float = 1.0,
        least_scale: float = 1e-5,
        reduction: Reduction = "mean",
    ) -> None:
        super().__init__()
        low, high = alpha_range
        check_number("alpha_range[0]", low, at_least=0, below=high)
        check_number("alpha_range[1]", high, at_most=torch.finfo(torch.float32).max)
        alpha = (low + high) / 2 if alpha is None else alpha
        check_number("alpha", alpha, above=low, below=high)
        check_number("least_scale", least_scale, above=0)
        check_number("scale", scale, above=least_scale, at_most=torch.finfo(torch.float32).max)
        check_choice("reduction", reduction, REDUCTIONS)
        if dimensions is not None and (not isinstance(dimensions, int) or dimensions < 1):
            raise ValueError(f"dimensions must be an integer >= 1 or None; got {dimensions!r}")
        self.dimensions, self.alpha_range = dimensions, (low, high)
        self.least_scale, self.reduction = least_scale, reduction
        share, excess = (alpha - low) / (high - low), scale - least_scale
        shape = () if dimensions is None else (dimensions,)
        # The inverses of sigmoid and softplus.
        start = math.log(share / (1 - share)), excess + math.log(-math.expm1(-excess))
        self.free_alpha = nn.Parameter(torch.full(shape, start[0]))
        self.free_scale = nn.Parameter(torch.full(shape, start[1]))

    @property
    def alpha(self) -> torch.Tensor:
        """The shapes α, `(dimensions,)` or one number."""
        low, high = self.alpha_range
        return low + (high - low) * torch.sigmoid(self.free_alpha)

    @property
    def scale(self) -> torch.Tensor:
        """The scales c, `(dimensions,)` or one number, in the unit of the data."""
        return self.least_scale + nn.functional.softplus(self.free_scale)

    def forward(
        self, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None
    ) -> torch.Tensor:
        """The loss of these data; a module is called as `module(…)`, not by this name."""
        sizes = {tuple(one.shape[-1:]) for one in (prediction, target)}
        if self.dimensions is not None and sizes != {(self.dimensions,)}:
            raise ValueError(
                f"the last dimension of prediction and target must be {self.dimensions}; "
                f"got {tuple(prediction.shape)} and {tuple(target.shape)}"
            )
        return barron_nll_loss(
            prediction,
            target,
            alpha=self.alpha,
            scale=self.scale,
            weight=weight,
            reduction=self.reduction,
        )

    def extra_repr(self) -> str:
        """What is not at its default."""
        parts = [f"dimensions={self.dimensions}"] if self.dimensions else []
        if self.alpha_range != RANGE:
            parts.append(f"alpha_range={self.alpha_range}")
        if self.reduction != "mean":
            parts.append(f"reduction={self.reduction!r}")
        return ", ".join(parts)
