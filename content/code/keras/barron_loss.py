# Made from losses/regression/barron.py of Loss Lab by `python -m tools.portable`.

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


def _as_tensor(number, like):
    largest = limits_of(like).max
    number = min(max(number, -largest), largest)
    return ops.full((), number, dtype=like.dtype)


def barron_loss(prediction, target, *, alpha=0.0, scale=1.0):
    residual = prediction - target
    limits = limits_of(residual)
    shape = ops.clip(
        _as_tensor(alpha, residual), -(limits.eps ** (-1.25)), limits.eps ** (-1.25)
    )
    bend = ops.maximum(ops.abs(shape - 2), limits.eps)
    ratio = ops.clip(residual / scale, -(limits.max**0.3), limits.max**0.3)
    # With g = ln(z²/b + 1) and u = α g / 2 the loss is (b/α) (e^u − 1). Once b is kept off 0, α = 2
    # is no longer special; α = 0 is, as (b g / 2) · (e^u − 1)/u shows, a removable singularity.
    # e^|u| must stay within the dtype, so g ends where |u| reaches 90 % of that.
    ceiling = 1.8 * math.log(limits.max) / ops.maximum(ops.abs(shape), 0.001)
    growth = ops.minimum(ops.log1p(ops.square(ratio) / bend), ceiling)
    exponent = shape / 2 * growth
    small = ops.abs(exponent) < limits.eps**0.25
    series = 1 + exponent / 2 * (1 + exponent / 3 * (1 + exponent / 4))
    # The derivative of expm1 is computed as expm1 + 1, which far below 0 has no digits left.
    rise = ops.where(exponent < -1, ops.exp(exponent) - 1, ops.expm1(exponent))
    loss = ops.where(
        small, bend / 2 * growth * series, bend / ops.where(small, 1, shape) * rise
    )
    return loss


class BarronLoss(keras.losses.Loss):
    def __init__(self, alpha=0.0, scale=1.0, name="barron_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.alpha = alpha
        self.scale = scale

    def call(self, y_true, y_pred):
        return ops.mean(
            barron_loss(y_pred, y_true, alpha=self.alpha, scale=self.scale), axis=-1
        )

    def get_config(self):
        return {**super().get_config(), "alpha": self.alpha, "scale": self.scale}
