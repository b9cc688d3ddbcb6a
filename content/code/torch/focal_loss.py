# Made from losses/binary/focal.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn
from torch.nn import functional


def _shares(target, alpha):
    if alpha is None:
        return (target, 1 - target)
    return (alpha * target, (1 - alpha) * (1 - target))


def share_of(share, term):
    nothing = (term.abs() == torch.inf) & (share == 0)
    return share * torch.where(nothing, 0, term)


def focused(term, log_wrong, gamma):
    # The lowest finite number instead of −∞: γ = 0 times it is 0, not NaN.
    focus = torch.exp(gamma * log_wrong.clamp(min=torch.finfo(log_wrong.dtype).min))
    # Where the term is infinite the focus has arrived at 1: its slope there is 0, not 0 · ∞.
    return term * torch.where(term == torch.inf, focus.detach(), focus)


def focal_of_logits(logits, target, alpha, gamma):
    log_p = functional.logsigmoid(logits)
    log_not_p = functional.logsigmoid(-logits)
    positive_share, negative_share = _shares(target, alpha)
    positive = focused(share_of(positive_share, -log_p), log_not_p, gamma)
    negative = focused(share_of(negative_share, -log_not_p), log_p, gamma)
    return positive + negative


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def focal_loss(logits, target, *, alpha=0.25, gamma=2.0, reduction="mean"):
    target = target.to(logits.dtype)
    loss = focal_of_logits(logits, target, alpha, gamma)
    return reduce_loss(loss, reduction)


class FocalLoss(nn.Module):
    def __init__(self, alpha=0.25, gamma=2.0, reduction="mean"):
        super().__init__()
        self.alpha = alpha
        self.gamma = gamma
        self.reduction = reduction

    def forward(self, logits, target):
        return focal_loss(
            logits, target, alpha=self.alpha, gamma=self.gamma, reduction=self.reduction
        )
