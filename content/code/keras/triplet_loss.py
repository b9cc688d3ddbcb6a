# Made from losses/embeddings/triplets.py of Loss Lab by `python -m tools.portable`.

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


def triplet_loss(anchor, positive, negative, *, margin=0.2, distance="squared"):
    points = (anchor, positive, negative)
    to_positive = points[0] - points[1]
    to_negative = points[0] - points[2]
    if distance == "squared":
        gap = ops.sum(to_positive * to_positive, -1) - ops.sum(
            to_negative * to_negative, -1
        )
    else:
        gap = ops.squeeze(length(to_positive) - length(to_negative), -1)
    loss = ops.relu(gap + margin)
    return loss


class TripletLoss(keras.losses.Loss):
    def __init__(self, margin=0.2, distance="squared", name="triplet_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.margin = margin
        self.distance = distance

    def call(self, y_true, y_pred):
        # y_pred holds the three of a triplet, (N, 3, D); the target is not looked at.
        anchor, positive, negative = ops.unstack(y_pred, axis=-2)
        return triplet_loss(
            anchor, positive, negative, margin=self.margin, distance=self.distance
        )

    def get_config(self):
        return {
            **super().get_config(),
            "margin": self.margin,
            "distance": self.distance,
        }
