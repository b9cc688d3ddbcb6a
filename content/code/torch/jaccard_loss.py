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


def jaccard_loss(probabilities, target, *, smoothing=1.0, reduction="mean"):
    loss = _tversky(probabilities, target, 1.0, 1.0, smoothing)
    return reduce_loss(loss, reduction)


class JaccardLoss(nn.Module):
    def __init__(self, smoothing=1.0, reduction="mean"):
        super().__init__()
        self.smoothing = smoothing
        self.reduction = reduction

    def forward(self, probabilities, target):
        return jaccard_loss(
            probabilities, target, smoothing=self.smoothing, reduction=self.reduction
        )
