# Made from losses/boxes/distance.py of Loss Lab by `python -m tools.portable`.

import math
from collections import namedtuple

import keras
from keras import ops


def _not_before(last, first):
    # max(first, last), but with the gradient of `last` alone, exact in value: the added difference
    # is 0. The gradient of the maximum would leave an inverted side inverted for ever.
    return ops.stop_gradient(ops.maximum(first, last)) + (
        last - ops.stop_gradient(last)
    )


def _corners(boxes):
    left, top, right, bottom = ops.unstack(boxes, axis=-1)
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
    overlap_x = ops.minimum(right, target_right) - ops.maximum(left, target_left)
    overlap_y = ops.minimum(bottom, target_bottom) - ops.maximum(top, target_top)
    # max(a, b) = a + b − min(a, b) spares the other four extrema. No digits are lost: the result
    # is at least half the sum.
    enclosing_width = width + target_width - overlap_x
    enclosing_height = height + target_height - overlap_y
    intersection = ops.maximum(overlap_x, 0) * ops.maximum(overlap_y, 0)
    union = width * height + target_width * target_height - intersection
    identical = enclosing_width - overlap_x + (enclosing_height - overlap_y) == 0
    # Double where: the branch that is not taken must not divide by zero either, or the gradient
    # would be NaN.
    no_area = union == 0
    ratio = intersection / ops.where(no_area, 1, union)
    iou = ops.where(no_area, ops.cast(identical, ratio.dtype), ratio)
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
    return ops.where(denominator == 0, 1, denominator)


def giou_terms(geometry):
    area = enclosing_area(geometry)
    # Without area the numerator is 0, but its gradient is not: it must be cut off as well.
    empty = (area - geometry.union) / nonzero(area)
    return iou_terms(geometry) | {"enclosing": ops.where(area == 0, 0, empty)}


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
    quarters = ops.arctan(across / nonzero(along)) * (2 / math.pi)
    turn = ops.where(along == 0, ops.sign(across), quarters)
    return turn * turn


def trade_off_weight(geometry, difference, trade_off="constant"):
    weight = difference / nonzero(1 - geometry.iou + difference)
    if trade_off == "differentiated":
        return weight
    weight = ops.stop_gradient(weight)
    return ops.where(geometry.iou >= 0.5, weight, 0) if trade_off == "gated" else weight


def ciou_terms(geometry, trade_off="constant"):
    difference = aspect_difference(geometry)
    weight = trade_off_weight(geometry, difference, trade_off)
    return diou_terms(geometry) | {"aspect": weight * difference}


def _root(squared):
    coincide = squared == 0
    return ops.where(coincide, 0, ops.sqrt(ops.where(coincide, 1, squared)))


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
    diagonal = ops.sqrt(nonzero(diagonal_squared(geometry)))
    return terms[base](geometry) | {
        "corners": corner_distances(geometry) / (4 * diagonal)
    }


def cdiou_loss(prediction, target, *, base="iou"):
    terms = cdiou_terms(measure_boxes(prediction, target), base)
    return sum(terms.values())


class CDIoULoss(keras.losses.Loss):
    def __init__(self, base="iou", name="cdiou_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.base = base

    def call(self, y_true, y_pred):
        return cdiou_loss(y_pred, y_true, base=self.base)

    def get_config(self):
        return {**super().get_config(), "base": self.base}
