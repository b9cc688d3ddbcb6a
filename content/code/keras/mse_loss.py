# Made from losses/regression/squared.py of Loss Lab by `python -m tools.portable`.

import keras
from keras import ops


def mse_loss(prediction, target):
    residual = prediction - target
    return ops.square(residual)


class MSELoss(keras.losses.Loss):
    def __init__(self, name="mse_loss", **keywords):
        super().__init__(name=name, **keywords)

    def call(self, y_true, y_pred):
        return ops.mean(mse_loss(y_pred, y_true), axis=-1)
