# Made from losses/boxes/focus.py of Loss Lab by `python -m tools.portable`.

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


def _power_of_iou(geometry, exponent):
    # The derivative of IoU^exponent at 0 is infinite for exponents below 1. The gradient there is
    # set to 0, the value is kept (0^0 = 1).
    apart = geometry.iou == 0
    at_zero = torch.zeros_like(geometry.iou) ** exponent
    return torch.where(apart, at_zero, torch.where(apart, 1, geometry.iou) ** exponent)


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def nonzero(denominator):
    return torch.where(denominator == 0, 1, denominator)


def focus_weight(geometry, gamma=0.5, focusing="detached"):
    if focusing == "differentiated":
        return _power_of_iou(geometry, gamma)
    focus = geometry.iou.detach() ** gamma
    if focusing == "normalised":
        focus = focus / nonzero(reduce_loss(focus, "mean"))
    return focus


def centre_offset(geometry):
    offset_x = (
        geometry.left - geometry.target_left + (geometry.right - geometry.target_right)
    )
    offset_y = (
        geometry.top - geometry.target_top + (geometry.bottom - geometry.target_bottom)
    )
    return (offset_x / 2, offset_y / 2)


def centre_distance_squared(geometry):
    offset_x, offset_y = centre_offset(geometry)
    return offset_x * offset_x + offset_y * offset_y


def diagonal_squared(geometry):
    width = geometry.enclosing_width
    height = geometry.enclosing_height
    return width * width + height * height


def iou_terms(geometry):
    return {"overlap": 1 - geometry.iou}


def diou_terms(geometry):
    distance = centre_distance_squared(geometry) / nonzero(diagonal_squared(geometry))
    return iou_terms(geometry) | {"distance": distance}


def eiou_terms(geometry):
    width = (geometry.width - geometry.target_width) / nonzero(geometry.enclosing_width)
    height = (geometry.height - geometry.target_height) / nonzero(
        geometry.enclosing_height
    )
    return diou_terms(geometry) | {"width": width * width, "height": height * height}


def focal_eiou_terms(geometry, gamma=0.5, focusing="detached"):
    focus = focus_weight(geometry, gamma, focusing)
    return {name: focus * term for name, term in eiou_terms(geometry).items()}


def focal_eiou_loss(
    prediction, target, *, gamma=0.5, focusing="detached", reduction="mean"
):
    geometry = measure_boxes(prediction, target)
    terms = focal_eiou_terms(geometry, gamma, focusing)
    return reduce_loss(sum(terms.values()), reduction)


class FocalEIoULoss(nn.Module):
    def __init__(self, gamma=0.5, focusing="detached", reduction="mean"):
        super().__init__()
        self.gamma = gamma
        self.focusing = focusing
        self.reduction = reduction

    def forward(self, prediction, target):
        return focal_eiou_loss(
            prediction,
            target,
            gamma=self.gamma,
            focusing=self.focusing,
            reduction=self.reduction,
        )
