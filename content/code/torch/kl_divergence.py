# Made from losses/information/divergences.py of Loss Lab by `python -m tools.portable`.

import math

import torch
from torch import nn


def log_where(present, values):
    return torch.where(present == 0, 1, values).log()


def _relative_entropy(truth, model):
    # A difference of logs, not the log of a ratio, which can overflow.
    return truth * (log_where(truth, truth) - log_where(truth, model))


def in_unit(nats, unit):
    return nats if unit == "nats" else nats / math.log(2)


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def reduce_in_unit(terms, unit, reduction):
    return reduce_loss(in_unit(terms.sum(-1), unit), reduction)


def kl_divergence(*, truth, model, unit="nats", reduction="mean"):
    return reduce_in_unit(_relative_entropy(truth, model), unit, reduction)


class KLDivergence(nn.Module):
    def __init__(self, unit="nats", reduction="mean"):
        super().__init__()
        self.unit = unit
        self.reduction = reduction

    def forward(self, truth, model):
        return kl_divergence(
            truth=truth, model=model, unit=self.unit, reduction=self.reduction
        )
