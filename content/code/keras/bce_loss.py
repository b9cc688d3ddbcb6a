# Made from losses/binary/cross_entropy.py of Loss Lab by `python -m tools.portable`.

import keras
from keras import ops


def binary_cross_entropy(probabilities, target):
    """No logarithm below −100, as in torch; Keras's own keeps probabilities 1e-7 off 0 and 1."""
    log_p = ops.maximum(ops.log(probabilities), -100.0)
    log_not_p = ops.maximum(ops.log1p(-probabilities), -100.0)
    return -target * log_p - (1 - target) * log_not_p


def bce(probabilities, target):
    # then they have been checked
    return binary_cross_entropy(probabilities, target)


def bce_loss(probabilities, target):
    target = ops.cast(target, probabilities.dtype)
    return bce(probabilities, target)


class BCELoss(keras.losses.Loss):
    def __init__(self, name="bce_loss", **keywords):
        super().__init__(name=name, **keywords)

    def call(self, y_true, y_pred):
        return ops.mean(bce_loss(y_pred, y_true), axis=-1)
