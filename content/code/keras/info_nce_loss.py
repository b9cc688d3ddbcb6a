# Made from losses/embeddings/info_nce.py of Loss Lab by `python -m tools.portable`.

from types import SimpleNamespace
import ml_dtypes

import keras
from keras import ops


def limits_of(values):
    """The limits of the type of the values, as plain numbers."""
    limits = ml_dtypes.finfo(keras.backend.standardize_dtype(values.dtype))
    names = ("eps", "max", "min", "tiny")
    return SimpleNamespace(**{name: float(getattr(limits, name)) for name in names})


def largest_size(vectors):
    sizes = ops.abs(ops.stop_gradient(vectors))
    # which has no largest
    if ops.size(vectors) == 0:
        return ops.sum(sizes, -1, keepdims=True) + 1
    largest = ops.minimum(ops.max(sizes, -1, keepdims=True), limits_of(sizes).max)
    return largest + (largest == 0)


def _root_of_squares(vectors):
    squares = ops.sum(vectors * vectors, -1, keepdims=True)
    # √(0 + 1) − 1 is 0 as well, and has all its derivatives
    nothing = squares == 0
    return ops.sqrt(squares + nothing) - ops.cast(nothing, squares.dtype)


def unit_vectors(vectors):
    vectors = vectors / largest_size(vectors)
    size = _root_of_squares(vectors)
    return vectors / (size + (size == 0))


def info_nce_loss(queries, keys, *, temperature=0.1):
    directions = unit_vectors(keys)
    similarity = unit_vectors(queries) @ ops.swapaxes(directions, -2, -1)
    log_probabilities = ops.log_softmax(similarity / temperature, axis=-1)
    loss = -ops.diagonal(log_probabilities, axis1=-2, axis2=-1)
    return loss


class InfoNCELoss(keras.losses.Loss):
    def __init__(self, temperature=0.1, name="info_nce_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.temperature = temperature

    def call(self, y_true, y_pred):
        return info_nce_loss(y_pred, y_true, temperature=self.temperature)

    def get_config(self):
        return {**super().get_config(), "temperature": self.temperature}
