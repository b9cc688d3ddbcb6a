# Made from losses/embeddings/pairs.py of Loss Lab by `python -m tools.portable`.

from types import SimpleNamespace
import ml_dtypes

import keras
from keras import ops


def limits_of(values):
    """The limits of the type of the values, as plain numbers."""
    limits = ml_dtypes.finfo(keras.backend.standardize_dtype(values.dtype))
    names = ("eps", "max", "min", "tiny")
    return SimpleNamespace(**{name: float(getattr(limits, name)) for name in names})


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


def contrastive_loss(first, second, similar, *, margin=1.0):
    similar = ops.cast(similar, first.dtype)
    difference = first - second
    near = ops.sum(difference * difference, -1)
    short = ops.relu(margin - ops.squeeze(length(difference), -1))
    loss = (similar * near + (1 - similar) * short * short) / 2
    return loss


class ContrastiveLoss(keras.losses.Loss):
    def __init__(self, margin=1.0, name="contrastive_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.margin = margin

    def call(self, y_true, y_pred):
        first, second = ops.unstack(
            y_pred, axis=-2
        )  # y_pred holds both of a pair: (N, 2, D)
        return contrastive_loss(first, second, y_true, margin=self.margin)

    def get_config(self):
        return {**super().get_config(), "margin": self.margin}
