# Made from losses/regression/smooth.py of Loss Lab by `python -m tools.portable`.

import math
from types import SimpleNamespace
import ml_dtypes

import keras
from keras import ops


def limits_of(values):
    """The limits of the type of the values, as plain numbers."""
    limits = ml_dtypes.finfo(keras.backend.standardize_dtype(values.dtype))
    names = ("eps", "max", "min", "tiny")
    return SimpleNamespace(**{name: float(getattr(limits, name)) for name in names})


def log_cosh_loss(prediction, target):
    residual = prediction - target
    # cosh q = 1 + (e^q − 1)² / (2 e^q) keeps the digits of a tiny q. Beyond the limit cosh r is
    # e^|r| / 2 to the last digit, and |r| − |q| is added outside the logarithm.
    limit = -math.log(limits_of(residual).eps) / 2
    inner = ops.clip(residual, -limit, limit)
    bowl = ops.log1p(ops.square(ops.expm1(inner)) / (2 * ops.exp(inner)))
    return bowl + ops.abs(residual - inner)


class LogCoshLoss(keras.losses.Loss):
    def __init__(self, name="log_cosh_loss", **keywords):
        super().__init__(name=name, **keywords)

    def call(self, y_true, y_pred):
        return ops.mean(log_cosh_loss(y_pred, y_true), axis=-1)
