"""How much of a mask is wrong, pixel by pixel, and how large the prediction is."""

from typing import Any

import torch

from losses.precision import functions_of_ones_own_work
from losses.segmentation.masks import Dimensions
from losses.values import is_constant, is_plain


def wrong_and_whole(
    prediction: torch.Tensor, mask: torch.Tensor, dim: Dimensions
) -> tuple[torch.Tensor, torch.Tensor]:
    """Σ p(1 − g) + (1 − p)g and Σ p over each mask."""
    if functions_of_ones_own_work() and is_plain(prediction, mask) and is_constant(mask):
        wrong, whole = _WrongAndWhole.apply(prediction, mask, dim)
        return wrong.squeeze(dim), whole.squeeze(dim)
    # p(1 − g) + (1 − p)g = g + p(1 − 2g), and 1 − 2g in one pass.
    sign = torch.rsub(mask, 1, alpha=2)
    return torch.addcmul(mask, prediction, sign).sum(dim), prediction.sum(dim)


class _WrongAndWhole(torch.autograd.Function):
    """The same sums and slopes with one map more in memory: to ask for memory takes longest."""

    @staticmethod
    def forward(
        ctx: Any, prediction: torch.Tensor, mask: torch.Tensor, dim: Dimensions
    ) -> tuple[torch.Tensor, torch.Tensor]:
        ctx.save_for_backward(mask)
        sign = torch.rsub(mask, 1, alpha=2)
        wrong = torch.addcmul(mask, prediction, sign, out=sign)
        return wrong.sum(dim, keepdim=True), prediction.sum(dim, keepdim=True)

    @staticmethod
    def backward(
        ctx: Any, of_wrong: torch.Tensor, of_whole: torch.Tensor
    ) -> tuple[torch.Tensor, None, None]:
        (mask,) = ctx.saved_tensors
        return (mask * (-2 * of_wrong)).add_(of_wrong + of_whole), None, None
