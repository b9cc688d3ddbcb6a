# Made from losses/regression/smooth.py of Loss Lab by `python -m tools.portable`.

import math

import keras
from keras import ops


def _clamped(residual, bound):
    # torch's stubs know a number and a tensor, but no union of the two.
    return ops.clip(residual, -bound, bound)


def huber_loss(prediction, target, *, delta=1.0):
    residual = prediction - target
    if delta == math.inf:
        return ops.square(residual) / 2
    # With q = r clamped to ±δ both pieces are q (r − q/2): no branch, and no |r| whose second
    # derivative at 0 would be lost.
    inner = _clamped(residual, delta)
    return inner * (residual - inner / 2)


class HuberLoss(keras.losses.Loss):
    def __init__(self, delta=1.0, name="huber_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.delta = delta

    def call(self, y_true, y_pred):
        return ops.mean(huber_loss(y_pred, y_true, delta=self.delta), axis=-1)

    def get_config(self):
        return {**super().get_config(), "delta": self.delta}
