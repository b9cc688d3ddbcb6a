# Made from losses/boxes/shape.py of Loss Lab by `python -m tools.portable`.

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


def centre_offset(geometry):
    offset_x = (
        geometry.left - geometry.target_left + (geometry.right - geometry.target_right)
    )
    offset_y = (
        geometry.top - geometry.target_top + (geometry.bottom - geometry.target_bottom)
    )
    return (offset_x / 2, offset_y / 2)


def nonzero(denominator):
    return torch.where(denominator == 0, 1, denominator)


Misfits = namedtuple("Misfits", "offset_x offset_y width height")


def misfits(geometry):
    offset_x, offset_y = centre_offset(geometry)
    offset_x = offset_x / nonzero(geometry.enclosing_width)
    offset_y = offset_y / nonzero(geometry.enclosing_height)
    larger_width = torch.maximum(geometry.width, geometry.target_width)
    larger_height = torch.maximum(geometry.height, geometry.target_height)
    return Misfits(
        offset_x * offset_x,
        offset_y * offset_y,
        (geometry.width - geometry.target_width).abs() / nonzero(larger_width),
        (geometry.height - geometry.target_height).abs() / nonzero(larger_height),
    )


def distance_exponent(geometry):
    offset_x, offset_y = centre_offset(geometry)
    product = 2 * (offset_x * offset_y).abs()
    return 2 - product / nonzero(offset_x * offset_x + offset_y * offset_y)


def _saturating(misfit):
    # 1 − exp(−misfit), exact for small misfits
    return -torch.expm1(-misfit)


def iou_terms(geometry):
    return {"overlap": 1 - geometry.iou}


def siou_terms(geometry, theta=4.0):
    rho_x, rho_y, omega_width, omega_height = misfits(geometry)
    exponent = distance_exponent(geometry)
    distance = _saturating(exponent * rho_x) + _saturating(exponent * rho_y)
    shape = _saturating(omega_width) ** theta + _saturating(omega_height) ** theta
    return iou_terms(geometry) | {"distance": distance / 2, "shape": shape / 2}


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def siou_loss(prediction, target, *, theta=4.0, reduction="mean"):
    terms = siou_terms(measure_boxes(prediction, target), theta)
    return reduce_loss(sum(terms.values()), reduction)


class SIoULoss(nn.Module):
    def __init__(self, theta=4.0, reduction="mean"):
        super().__init__()
        self.theta = theta
        self.reduction = reduction

    def forward(self, prediction, target):
        return siou_loss(prediction, target, theta=self.theta, reduction=self.reduction)
