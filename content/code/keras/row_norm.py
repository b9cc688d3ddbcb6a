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


def _difference(prediction, target):
    return prediction - target


def _root_of_squares(vectors):
    squares = ops.sum(vectors * vectors, -1, keepdims=True)
    # √(0 + 1) − 1 is 0 as well, and has all its derivatives
    nothing = squares == 0
    return ops.sqrt(squares + nothing) - ops.cast(nothing, squares.dtype)


def largest_size(vectors):
    sizes = ops.abs(ops.stop_gradient(vectors))
    # which has no largest
    if ops.size(vectors) == 0:
        return ops.sum(sizes, -1, keepdims=True) + 1
    largest = ops.minimum(ops.max(sizes, -1, keepdims=True), limits_of(sizes).max)
    return largest + (largest == 0)


def length(vectors):
    scale = largest_size(vectors)
    return scale * _root_of_squares(vectors / scale)


def row_norm(prediction, target):
    difference = _difference(prediction, target)
    norm = ops.squeeze(length(difference), -1)
    return norm


class RowNorm(keras.losses.Loss):
    def __init__(self, name="row_norm", **keywords):
        super().__init__(name=name, **keywords)

    def call(self, y_true, y_pred):
        return row_norm(y_pred, y_true)
