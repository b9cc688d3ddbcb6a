# Made from losses/binary/cross_entropy.py of Loss Lab by `python -m tools.portable`.

import math

import keras
from keras import ops


def share_of(share, term):
    nothing = (ops.abs(term) == math.inf) & (share == 0)
    return share * ops.where(nothing, 0, term)


def bce_of_logits(logits, target, pos_weight):
    positive = share_of(pos_weight * target, -ops.log_sigmoid(logits))
    negative = share_of(1 - target, -ops.log_sigmoid(-logits))
    return positive + negative


def bce_with_logits_loss(logits, target, *, pos_weight=1.0):
    target = ops.cast(target, logits.dtype)
    return bce_of_logits(logits, target, pos_weight)


class BCEWithLogitsLoss(keras.losses.Loss):
    def __init__(self, pos_weight=1.0, name="bce_with_logits_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.pos_weight = pos_weight

    def call(self, y_true, y_pred):
        return ops.mean(
            bce_with_logits_loss(y_pred, y_true, pos_weight=self.pos_weight), axis=-1
        )

    def get_config(self):
        return {**super().get_config(), "pos_weight": self.pos_weight}
