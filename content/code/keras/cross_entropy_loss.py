# Made from losses/classification/cross_entropy.py of Loss Lab by `python -m tools.portable`.

import math

import keras
from keras import ops


def pick(log_probabilities, labels):
    picked = -ops.squeeze(
        ops.take_along_axis(log_probabilities, ops.expand_dims(labels, -1), -1), -1
    )
    return (picked, 1)


def share_of(share, term):
    nothing = (ops.abs(term) == math.inf) & (share == 0)
    return share * ops.where(nothing, 0, term)


def _picked(log_probabilities, labels, label_smoothing):
    loss, share = pick(log_probabilities, labels)
    if label_smoothing > 0:
        uniform = ops.mean(-log_probabilities, -1)
        loss = share_of(1 - label_smoothing, loss) + share_of(label_smoothing, uniform)
        share = share + label_smoothing * (1 - share)
    return loss


def cross_entropy_loss(logits, labels, *, label_smoothing=0.0):
    log_probabilities = ops.log_softmax(logits, -1)
    return _picked(log_probabilities, labels, label_smoothing)


class CrossEntropyLoss(keras.losses.Loss):
    def __init__(self, label_smoothing=0.0, name="cross_entropy_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.label_smoothing = label_smoothing

    def call(self, y_true, y_pred):
        labels = ops.cast(y_true, "int32")
        return cross_entropy_loss(y_pred, labels, label_smoothing=self.label_smoothing)

    def get_config(self):
        return {**super().get_config(), "label_smoothing": self.label_smoothing}
