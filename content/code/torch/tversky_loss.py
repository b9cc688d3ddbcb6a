# Made from losses/segmentation/tversky.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn


def ratio(errors, whole):
    return errors / torch.where(whole == 0, 1, whole)


def tversky_of_counts(
    true_positives, false_positives, false_negatives, fp_weight, fn_weight, smoothing
):
    errors = fp_weight * false_positives + fn_weight * false_negatives
    return ratio(errors, true_positives + errors + smoothing)


def _tversky(probabilities, target, fp_weight, fn_weight, smoothing):
    mask = target.to(probabilities.dtype)
    overlap = probabilities * mask
    true_positives = overlap.sum((-2, -1))
    false_positives = (probabilities - overlap).sum((-2, -1))
    false_negatives = (mask - overlap).sum((-2, -1))
    return tversky_of_counts(
        true_positives,
        false_positives,
        false_negatives,
        fp_weight,
        fn_weight,
        smoothing,
    )


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def tversky_loss(
    probabilities,
    target,
    *,
    fp_weight=0.3,
    fn_weight=0.7,
    smoothing=1.0,
    reduction="mean",
):
    loss = _tversky(probabilities, target, fp_weight, fn_weight, smoothing)
    return reduce_loss(loss, reduction)


class TverskyLoss(nn.Module):
    def __init__(self, fp_weight=0.3, fn_weight=0.7, smoothing=1.0, reduction="mean"):
        super().__init__()
        self.fp_weight = fp_weight
        self.fn_weight = fn_weight
        self.smoothing = smoothing
        self.reduction = reduction

    def forward(self, probabilities, target):
        return tversky_loss(
            probabilities,
            target,
            fp_weight=self.fp_weight,
            fn_weight=self.fn_weight,
            smoothing=self.smoothing,
            reduction=self.reduction,
        )
