# Made from losses/classification/cross_entropy.py of Loss Lab by `python -m tools.portable`.

import math

import keras
from keras import ops


def share_of(share, term):
    nothing = (ops.abs(term) == math.inf) & (share == 0)
    return share * ops.where(nothing, 0, term)


def soft_cross_entropy_loss(logits, probabilities):
    log_probabilities = ops.log_softmax(logits, -1)
    loss = ops.sum(share_of(probabilities, -log_probabilities), -1)
    return loss


class SoftCrossEntropyLoss(keras.losses.Loss):
    def __init__(self, name="soft_cross_entropy_loss", **keywords):
        super().__init__(name=name, **keywords)

    def call(self, y_true, y_pred):
        return soft_cross_entropy_loss(y_pred, y_true)
