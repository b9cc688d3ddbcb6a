# Made from losses/regression/smooth.py of Loss Lab by `python -m tools.portable`.

from types import SimpleNamespace
import ml_dtypes

import keras
from keras import ops


def limits_of(values):
    """The limits of the type of the values, as plain numbers."""
    limits = ml_dtypes.finfo(keras.backend.standardize_dtype(values.dtype))
    names = ("eps", "max", "min", "tiny")
    return SimpleNamespace(**{name: float(getattr(limits, name)) for name in names})


def charbonnier_loss(prediction, target, *, epsilon=1.0):
    residual = prediction - target
    # r²/(√(r² + ε²) + ε) keeps the digits that the subtraction would lose. Both are first divided
    # by the larger, so that no square overflows; this scale cancels, hence needs no derivative. Of
    # an infinite r its finite part q is taken, and |r − q| added.
    most = limits_of(residual).max
    inner = ops.clip(residual, -most, most)
    scale = ops.stop_gradient(ops.maximum(ops.abs(inner), epsilon))
    ratio = inner / scale
    width = epsilon / scale
    root = ops.sqrt(ops.square(ratio) + width * width)
    loss = inner * (ratio / (root + width)) + ops.abs(residual - inner)
    return loss


class CharbonnierLoss(keras.losses.Loss):
    def __init__(self, epsilon=1.0, name="charbonnier_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.epsilon = epsilon

    def call(self, y_true, y_pred):
        return ops.mean(charbonnier_loss(y_pred, y_true, epsilon=self.epsilon), axis=-1)

    def get_config(self):
        return {**super().get_config(), "epsilon": self.epsilon}
