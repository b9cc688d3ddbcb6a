# Made from losses/distances/norms.py of Loss Lab by `python -m tools.portable`.

from types import SimpleNamespace
import ml_dtypes

import keras
from keras import ops


def limits_of(values):
    """The limits of the type of the values, as plain numbers."""
    limits = ml_dtypes.finfo(keras.backend.standardize_dtype(values.dtype))
    names = ("eps", "max", "min", "tiny")
    return SimpleNamespace(**{name: float(getattr(limits, name)) for name in names})


def _rounding(values, matrix):
    relative = max(matrix.shape[-2:]) * limits_of(values).eps
    return relative * ops.max(values, -1, keepdims=True)


def is_rounding(values, matrix):
    return values <= _rounding(values, matrix)


def one_of_each(values, matrix):
    return ops.cast(ops.logical_not(is_rounding(values, matrix)), values.dtype)


def _difference(prediction, target):
    return prediction - target


def _outer_sum(here, there):
    return ops.expand_dims(here, -1) + ops.expand_dims(there, -2)


def _ratio(above, below):
    most = limits_of(below).max
    ratio = ops.clip(above / ops.where(below == 0, 1, below), -most, most)
    return ops.where(above == 0, 0, ratio)


def weighted_sum(matrix, slopes):
    fixed = ops.stop_gradient(matrix)
    left, values, right = ops.svd(fixed, full_matrices=False)
    factors = slopes(values, fixed)
    moving = matrix - fixed
    moving_right = moving @ ops.swapaxes(right, -2, -1)
    moving_left = ops.swapaxes(left, -2, -1) @ moving
    inner = moving_left @ ops.swapaxes(right, -2, -1)
    symmetric = inner + ops.swapaxes(inner, -2, -1)
    skew = inner - ops.swapaxes(inner, -2, -1)
    bend = _ratio(_outer_sum(factors, -factors), _outer_sum(values, -values))
    turn = _ratio(_outer_sum(factors, factors), _outer_sum(values, values))
    within = (
        ops.sum(bend * ops.square(symmetric) + turn * ops.square(skew), (-2, -1)) / 8
    )
    squares = ops.square(inner)
    outside = ops.sum(ops.square(moving_right), -2) - ops.sum(squares, -2)
    outside = outside + ops.sum(ops.square(moving_left), -1) - ops.sum(squares, -1)
    first = factors * (values + ops.diagonal(inner, axis1=-2, axis2=-1))
    return ops.sum(first + _ratio(factors, values) * outside / 2, -1) + within


def _of_singular_values(prediction, target, slopes):
    difference = _difference(prediction, target)
    if 0 in difference.shape[-2:]:
        return ops.sum(difference, (-2, -1))
    return weighted_sum(difference, slopes)


def nuclear_norm(prediction, target):
    norm = _of_singular_values(prediction, target, one_of_each)
    return norm


class NuclearNorm(keras.losses.Loss):
    def __init__(self, name="nuclear_norm", **keywords):
        super().__init__(name=name, **keywords)

    def call(self, y_true, y_pred):
        return nuclear_norm(y_pred, y_true)
