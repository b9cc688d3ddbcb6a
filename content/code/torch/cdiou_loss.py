# Made from losses/boxes/distance.py of Loss Lab by `python -m tools.portable`.

import math
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


def enclosing_area(geometry):
    return geometry.enclosing_width * geometry.enclosing_height


def nonzero(denominator):
    return torch.where(denominator == 0, 1, denominator)


def giou_terms(geometry):
    area = enclosing_area(geometry)
    # Without area the numerator is 0, but its gradient is not: it must be cut off as well.
    empty = (area - geometry.union) / nonzero(area)
    return iou_terms(geometry) | {"enclosing": torch.where(area == 0, 0, empty)}


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


def diou_terms(geometry):
    distance = centre_distance_squared(geometry) / nonzero(diagonal_squared(geometry))
    return iou_terms(geometry) | {"distance": distance}


def aspect_difference(geometry):
    across = (
        geometry.target_width * geometry.height
        - geometry.width * geometry.target_height
    )
    along = (
        geometry.target_width * geometry.width
        + geometry.target_height * geometry.height
    )
    quarters = torch.atan(across / nonzero(along)) * (2 / math.pi)
    turn = torch.where(along == 0, across.sign(), quarters)
    return turn * turn


def trade_off_weight(geometry, difference, trade_off="constant"):
    weight = difference / nonzero(1 - geometry.iou + difference)
    if trade_off == "differentiated":
        return weight
    weight = weight.detach()
    return (
        torch.where(geometry.iou >= 0.5, weight, 0) if trade_off == "gated" else weight
    )


def ciou_terms(geometry, trade_off="constant"):
    difference = aspect_difference(geometry)
    weight = trade_off_weight(geometry, difference, trade_off)
    return diou_terms(geometry) | {"aspect": weight * difference}


def _root(squared):
    coincide = squared == 0
    return torch.where(coincide, 0, torch.where(coincide, 1, squared).sqrt())


def corner_distances(geometry):
    left = (geometry.left - geometry.target_left) ** 2
    right = (geometry.right - geometry.target_right) ** 2
    top = (geometry.top - geometry.target_top) ** 2
    bottom = (geometry.bottom - geometry.target_bottom) ** 2
    return (
        _root(left + top)
        + _root(right + top)
        + _root(left + bottom)
        + _root(right + bottom)
    )


def cdiou_terms(geometry, base="iou"):
    terms = {
        "iou": iou_terms,
        "giou": giou_terms,
        "diou": diou_terms,
        "ciou": ciou_terms,
    }
    diagonal = nonzero(diagonal_squared(geometry)).sqrt()
    return terms[base](geometry) | {
        "corners": corner_distances(geometry) / (4 * diagonal)
    }


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def cdiou_loss(prediction, target, *, base="iou", reduction="mean"):
    terms = cdiou_terms(measure_boxes(prediction, target), base)
    return reduce_loss(sum(terms.values()), reduction)


class CDIoULoss(nn.Module):
    def __init__(self, base="iou", reduction="mean"):
        super().__init__()
        self.base = base
        self.reduction = reduction

    def forward(self, prediction, target):
        return cdiou_loss(prediction, target, base=self.base, reduction=self.reduction)
