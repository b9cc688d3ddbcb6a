# Made from losses/regression/smooth.py of Loss Lab by `python -m tools.portable`.

import keras
from keras import ops


def _clamped(residual, bound):
    # torch's stubs know a number and a tensor, but no union of the two.
    return ops.clip(residual, -bound, bound)


def smooth_l1_loss(prediction, target, *, beta=1.0):
    residual = prediction - target
    if beta == 0:
        return ops.abs(residual)
    inner = _clamped(residual, beta)
    return inner / beta * (residual - inner / 2)


class SmoothL1Loss(keras.losses.Loss):
    def __init__(self, beta=1.0, name="smooth_l1_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.beta = beta

    def call(self, y_true, y_pred):
        return ops.mean(smooth_l1_loss(y_pred, y_true, beta=self.beta), axis=-1)

    def get_config(self):
        return {**super().get_config(), "beta": self.beta}
