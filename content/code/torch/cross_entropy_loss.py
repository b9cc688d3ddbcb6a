# Made from losses/classification/cross_entropy.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn
from torch.nn import functional


def class_dimension(scores):
    return 1 if scores.ndim > 1 else 0


def pick(log_probabilities, labels):
    picked = functional.nll_loss(log_probabilities, labels, reduction="none")
    return (picked, 1)


def share_of(share, term):
    nothing = (term.abs() == torch.inf) & (share == 0)
    return share * torch.where(nothing, 0, term)


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def _picked(log_probabilities, labels, label_smoothing, reduction):
    loss, share = pick(log_probabilities, labels)
    if label_smoothing > 0:
        uniform = (-log_probabilities).mean(class_dimension(log_probabilities))
        loss = share_of(1 - label_smoothing, loss) + share_of(label_smoothing, uniform)
        share = share + label_smoothing * (1 - share)
    return reduce_loss(loss, reduction)


def cross_entropy_loss(logits, labels, *, label_smoothing=0.0, reduction="mean"):
    log_probabilities = functional.log_softmax(logits, class_dimension(logits))
    return _picked(log_probabilities, labels, label_smoothing, reduction)


class CrossEntropyLoss(nn.Module):
    def __init__(self, label_smoothing=0.0, reduction="mean"):
        super().__init__()
        self.label_smoothing = label_smoothing
        self.reduction = reduction

    def forward(self, logits, labels):
        return cross_entropy_loss(
            logits,
            labels,
            label_smoothing=self.label_smoothing,
            reduction=self.reduction,
        )
