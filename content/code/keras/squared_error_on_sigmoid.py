# Made from losses/binary/margin.py of Loss Lab by `python -m tools.portable`.

import keras
from keras import ops


def squared_error_on_sigmoid(logits, target):
    target = ops.cast(target, logits.dtype)
    error = ops.sigmoid(logits) - target
    return error * error


class SquaredErrorOnSigmoid(keras.losses.Loss):
    def __init__(self, name="squared_error_on_sigmoid", **keywords):
        super().__init__(name=name, **keywords)

    def call(self, y_true, y_pred):
        return ops.mean(squared_error_on_sigmoid(y_pred, y_true), axis=-1)
