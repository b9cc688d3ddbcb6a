# Made from losses/regression/squared.py of Loss Lab by `python -m tools.portable`.

import keras
from keras import ops


def half_mse_loss(prediction, target):
    residual = prediction - target
    return ops.square(residual) / 2


class HalfMSELoss(keras.losses.Loss):
    def __init__(self, name="half_mse_loss", **keywords):
        super().__init__(name=name, **keywords)

    def call(self, y_true, y_pred):
        return ops.mean(half_mse_loss(y_pred, y_true), axis=-1)
