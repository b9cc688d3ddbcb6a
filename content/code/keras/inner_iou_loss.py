# Made from losses/boxes/focus.py of Loss Lab by `python -m tools.portable`.

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


def _scaled(corners, scale):
    left, top, right, bottom = corners
    centre_x = (left + right) / 2
    centre_y = (top + bottom) / 2
    reach_x = scale * (right - left) / 2
    reach_y = scale * (bottom - top) / 2
    return (
        centre_x - reach_x,
        centre_y - reach_y,
        centre_x + reach_x,
        centre_y + reach_y,
    )


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


def measure_boxes(prediction, target, *, scale=None):
    corners = _corners(prediction)
    target_corners = _corners(target)
    if scale is not None:
        corners = _scaled(corners, scale)
        target_corners = _scaled(target_corners, scale)
    return _measure(corners, target_corners)


def iou_terms(geometry):
    return {"overlap": 1 - geometry.iou}


def inner_iou_loss(prediction, target, *, ratio=0.75):
    geometry = measure_boxes(prediction, target, scale=ratio)
    terms = iou_terms(geometry)
    return sum(terms.values())


class InnerIoULoss(keras.losses.Loss):
    def __init__(self, ratio=0.75, name="inner_iou_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.ratio = ratio

    def call(self, y_true, y_pred):
        return inner_iou_loss(y_pred, y_true, ratio=self.ratio)

    def get_config(self):
        return {**super().get_config(), "ratio": self.ratio}
