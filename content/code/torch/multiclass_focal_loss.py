# Made from losses/classification/focal.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn
from torch.nn import functional


def class_dimension(scores):
    return 1 if scores.ndim > 1 else 0


def pick(log_probabilities, labels):
    picked = functional.nll_loss(log_probabilities, labels, reduction="none")
    return (picked, 1)


def is_label(labels, scores):
    dim = class_dimension(scores)
    classes = torch.arange(scores.shape[dim], device=scores.device)
    return classes.reshape(-1, *[1] * (scores.ndim - 1 - dim)) == labels.unsqueeze(dim)


def _log_of_others(log_probabilities, chosen):
    # The lowest finite number, for a sum of −∞ alone has no slope.
    lowest = torch.finfo(log_probabilities.dtype).min
    others = torch.where(chosen, lowest, log_probabilities)
    return torch.logsumexp(others, class_dimension(log_probabilities))


def focused(term, log_wrong, gamma):
    # The lowest finite number instead of −∞: γ = 0 times it is 0, not NaN.
    focus = torch.exp(gamma * log_wrong.clamp(min=torch.finfo(log_wrong.dtype).min))
    # Where the term is infinite the focus has arrived at 1: its slope there is 0, not 0 · ∞.
    return term * torch.where(term == torch.inf, focus.detach(), focus)


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def multiclass_focal_loss(logits, labels, *, gamma=2.0, reduction="mean"):
    dim = class_dimension(logits)
    log_probabilities = functional.log_softmax(logits, dim)
    loss, _ = pick(log_probabilities, labels)
    loss = focused(
        loss, _log_of_others(log_probabilities, is_label(labels, logits)), gamma
    )
    return reduce_loss(loss, reduction)


class MulticlassFocalLoss(nn.Module):
    def __init__(self, gamma=2.0, reduction="mean"):
        super().__init__()
        self.gamma = gamma
        self.reduction = reduction

    def forward(self, logits, labels):
        return multiclass_focal_loss(
            logits, labels, gamma=self.gamma, reduction=self.reduction
        )
