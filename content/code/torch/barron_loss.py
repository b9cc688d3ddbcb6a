# Made from losses/regression/barron.py of Loss Lab by `python -m tools.portable`.

import math

import torch
from torch import nn


def _as_tensor(number, like):
    largest = torch.finfo(like.dtype).max
    number = min(max(number, -largest), largest)
    return torch.full((), number, dtype=like.dtype, device=like.device)


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def barron_loss(prediction, target, *, alpha=0.0, scale=1.0, reduction="mean"):
    residual = prediction - target
    limits = torch.finfo(residual.dtype)
    shape = _as_tensor(alpha, residual).clamp(
        -(limits.eps ** (-1.25)), limits.eps ** (-1.25)
    )
    bend = (shape - 2).abs().clamp(min=limits.eps)
    ratio = (residual / scale).clamp(-(limits.max**0.3), limits.max**0.3)
    # With g = ln(z²/b + 1) and u = α g / 2 the loss is (b/α) (e^u − 1). Once b is kept off 0, α = 2
    # is no longer special; α = 0 is, as (b g / 2) · (e^u − 1)/u shows, a removable singularity.
    # e^|u| must stay within the dtype, so g ends where |u| reaches 90 % of that.
    ceiling = 1.8 * math.log(limits.max) / shape.abs().clamp(min=0.001)
    growth = torch.minimum(torch.log1p(ratio.square() / bend), ceiling)
    exponent = shape / 2 * growth
    small = exponent.abs() < limits.eps**0.25
    series = 1 + exponent / 2 * (1 + exponent / 3 * (1 + exponent / 4))
    # The derivative of expm1 is computed as expm1 + 1, which far below 0 has no digits left.
    rise = torch.where(exponent < -1, torch.exp(exponent) - 1, torch.expm1(exponent))
    loss = torch.where(
        small, bend / 2 * growth * series, bend / torch.where(small, 1, shape) * rise
    )
    return reduce_loss(loss, reduction)


class BarronLoss(nn.Module):
    def __init__(self, alpha=0.0, scale=1.0, reduction="mean"):
        super().__init__()
        self.alpha = alpha
        self.scale = scale
        self.reduction = reduction

    def forward(self, prediction, target):
        return barron_loss(
            prediction,
            target,
            alpha=self.alpha,
            scale=self.scale,
            reduction=self.reduction,
        )
