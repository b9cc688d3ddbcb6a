# Made from losses/classification/cross_entropy.py of Loss Lab by `python -m tools.portable`.

from torch import nn
from torch.nn import functional


def pick(log_probabilities, labels):
    picked = functional.nll_loss(log_probabilities, labels, reduction="none")
    return (picked, 1)


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def _picked(log_probabilities, labels, reduction):
    loss, share = pick(log_probabilities, labels)
    return reduce_loss(loss, reduction)


def nll_loss(log_probabilities, labels, *, reduction="mean"):
    return _picked(log_probabilities, labels, reduction)


class NLLLoss(nn.Module):
    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, log_probabilities, labels):
        return nll_loss(log_probabilities, labels, reduction=self.reduction)
