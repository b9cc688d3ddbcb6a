# Made from losses/boxes/overlap.py of Loss Lab by `python -m tools.portable`.

from collections import namedtuple

import torch
from torch import nn


def _not_before(last, first):
    # max(first, last), but with the gradient of `last` alone, exact in value: the added difference
    # is 0. The gradient of the maximum would leave an inverted side inverted for ever.
    return torch.maximum(first, last).detach() + (last - last.detach())


def _corners(boxes):
    left, top, right, bottom = boxes.unbind(-1)
    return (left, top, _not_before(right, left), _not_before(bottom, top))


BoxGeometry = namedtuple(
    "BoxGeometry",
    "left top right bottom target_left target_top target_right target_bottom width height target_width target_height enclosing_width enclosing_height intersection union iou",
)


def _measure(corners, target_corners):
    left, top, right, bottom = corners
    target_left, target_top, target_right, target_bottom = target_corners
    width = right - left
    height = bottom - top
    target_width = target_right - target_left
    target_height = target_bottom - target_top
    # Negative where the boxes are apart: then it is the gap between them.
    overlap_x = torch.minimum(right, target_right) - torch.maximum(left, target_left)
    overlap_y = torch.minimum(bottom, target_bottom) - torch.maximum(top, target_top)
    # max(a, b) = a + b − min(a, b) spares the other four extrema. No digits are lost: the result
    # is at least half the sum.
    enclosing_width = width + target_width - overlap_x
    enclosing_height = height + target_height - overlap_y
    intersection = overlap_x.clamp(min=0) * overlap_y.clamp(min=0)
    union = width * height + target_width * target_height - intersection
    identical = enclosing_width - overlap_x + (enclosing_height - overlap_y) == 0
    # Double where: the branch that is not taken must not divide by zero either, or the gradient
    # would be NaN.
    no_area = union == 0
    ratio = intersection / torch.where(no_area, 1, union)
    iou = torch.where(no_area, identical.to(ratio.dtype), ratio)
    return BoxGeometry(
        left,
        top,
        right,
        bottom,
        target_left,
        target_top,
        target_right,
        target_bottom,
        width,
        height,
        target_width,
        target_height,
        enclosing_width,
        enclosing_height,
        intersection,
        union,
        iou,
    )


def measure_boxes(prediction, target):
    corners = _corners(prediction)
    target_corners = _corners(target)
    return _measure(corners, target_corners)


def iou_terms(geometry):
    return {"overlap": 1 - geometry.iou}


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def iou_loss(prediction, target, *, reduction="mean"):
    terms = iou_terms(measure_boxes(prediction, target))
    return reduce_loss(sum(terms.values()), reduction)


class IoULoss(nn.Module):
    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, prediction, target):
        return iou_loss(prediction, target, reduction=self.reduction)
