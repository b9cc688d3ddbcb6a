# Made from losses/binary/margin.py of Loss Lab by `python -m tools.portable`.

import math

import keras
from keras import ops


def share_of(share, term):
    nothing = (ops.abs(term) == math.inf) & (share == 0)
    return share * ops.where(nothing, 0, term)


def hinge_loss(logits, target, *, margin=1.0):
    target = ops.cast(target, logits.dtype)
    loss = ops.relu(margin - share_of(2 * target - 1, logits))
    return loss


class HingeLoss(keras.losses.Loss):
    def __init__(self, margin=1.0, name="hinge_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.margin = margin

    def call(self, y_true, y_pred):
        return ops.mean(hinge_loss(y_pred, y_true, margin=self.margin), axis=-1)

    def get_config(self):
        return {**super().get_config(), "margin": self.margin}
