# Made from losses/classification/cross_entropy.py of Loss Lab by `python -m tools.portable`.

import keras
from keras import ops


def pick(log_probabilities, labels):
    picked = -ops.squeeze(
        ops.take_along_axis(log_probabilities, ops.expand_dims(labels, -1), -1), -1
    )
    return (picked, 1)


def _picked(log_probabilities, labels):
    loss, share = pick(log_probabilities, labels)
    return loss


def nll_loss(log_probabilities, labels):
    return _picked(log_probabilities, labels)


class NLLLoss(keras.losses.Loss):
    def __init__(self, name="nll_loss", **keywords):
        super().__init__(name=name, **keywords)

    def call(self, y_true, y_pred):
        labels = ops.cast(y_true, "int32")
        return nll_loss(y_pred, labels)
