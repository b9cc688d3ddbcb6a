# Made from losses/regression/absolute.py of Loss Lab by `python -m tools.portable`.

import keras
from keras import ops


def l1_loss(prediction, target):
    residual = prediction - target
    return ops.abs(residual)


class L1Loss(keras.losses.Loss):
    def __init__(self, name="l1_loss", **keywords):
        super().__init__(name=name, **keywords)

    def call(self, y_true, y_pred):
        return ops.mean(l1_loss(y_pred, y_true), axis=-1)
