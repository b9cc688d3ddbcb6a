# Made from losses/segmentation/pixels.py of Loss Lab by `python -m tools.portable`.

from types import SimpleNamespace
import ml_dtypes

import keras
from keras import ops


def limits_of(values):
    """The limits of the type of the values, as plain numbers."""
    limits = ml_dtypes.finfo(keras.backend.standardize_dtype(values.dtype))
    names = ("eps", "max", "min", "tiny")
    return SimpleNamespace(**{name: float(getattr(limits, name)) for name in names})


def binary_cross_entropy(probabilities, target):
    """No logarithm below −100, as in torch; Keras's own keeps probabilities 1e-7 off 0 and 1."""
    log_p = ops.maximum(ops.log(probabilities), -100.0)
    log_not_p = ops.maximum(ops.log1p(-probabilities), -100.0)
    return -target * log_p - (1 - target) * log_not_p


def bce(probabilities, target):
    # then they have been checked
    return binary_cross_entropy(probabilities, target)


def surprises(probabilities):
    ones = ops.ones_like(probabilities)
    return (bce(probabilities, ones), bce(probabilities, ops.zeros_like(probabilities)))


def _shares(target, alpha):
    if alpha is None:
        return (target, 1 - target)
    return (alpha * target, (1 - alpha) * (1 - target))


def focal(probabilities, target, alpha, gamma):
    # Above 0, or a power between 0 and 1 has an infinite slope there.
    least = limits_of(probabilities).tiny
    positive, negative = surprises(probabilities)
    positive = positive * ops.maximum(1 - probabilities, least) ** gamma
    negative = negative * ops.maximum(probabilities, least) ** gamma
    positive_share, negative_share = _shares(target, alpha)
    return positive_share * positive + negative_share * negative


def average(pixels):
    total = ops.sum(pixels, (-2, -1))
    return total * (ops.size(total) / max(ops.size(pixels), 1))


def pixel_focal_loss(probabilities, target, *, alpha=0.25, gamma=2.0):
    mask = ops.cast(target, probabilities.dtype)
    loss = average(focal(probabilities, mask, alpha, gamma))
    return loss


class PixelFocalLoss(keras.losses.Loss):
    def __init__(self, alpha=0.25, gamma=2.0, name="pixel_focal_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.alpha = alpha
        self.gamma = gamma

    def call(self, y_true, y_pred):
        return pixel_focal_loss(y_pred, y_true, alpha=self.alpha, gamma=self.gamma)

    def get_config(self):
        return {**super().get_config(), "alpha": self.alpha, "gamma": self.gamma}
