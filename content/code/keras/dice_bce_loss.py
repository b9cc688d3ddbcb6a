# Made from losses/segmentation/dice.py of Loss Lab by `python -m tools.portable`.

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


def average(pixels):
    total = ops.sum(pixels, (-2, -1))
    return total * (ops.size(total) / max(ops.size(pixels), 1))


def ratio(errors, whole):
    return errors / ops.where(whole == 0, 1, whole)


def _dice(prediction, mask, smoothing, denominator="sum"):
    if denominator == "squares":
        errors = ops.sum((prediction - mask) ** 2, (-2, -1))
        areas = ops.sum(prediction * prediction + mask * mask, (-2, -1))
    else:
        errors = ops.sum(prediction + mask - 2 * prediction * mask, (-2, -1))
        areas = ops.sum(prediction + mask, (-2, -1))
    return ratio(errors, areas + smoothing)


def dice_bce_loss(
    probabilities, target, *, dice_weight=1.0, bce_weight=1.0, smoothing=1.0
):
    mask = ops.cast(target, probabilities.dtype)
    cross_entropy = average(bce(probabilities, mask))
    dice = _dice(probabilities, mask, smoothing)
    return dice_weight * dice + bce_weight * cross_entropy


class DiceBCELoss(keras.losses.Loss):
    def __init__(
        self,
        dice_weight=1.0,
        bce_weight=1.0,
        smoothing=1.0,
        name="dice_bce_loss",
        **keywords,
    ):
        super().__init__(name=name, **keywords)
        self.dice_weight = dice_weight
        self.bce_weight = bce_weight
        self.smoothing = smoothing

    def call(self, y_true, y_pred):
        return dice_bce_loss(
            y_pred,
            y_true,
            dice_weight=self.dice_weight,
            bce_weight=self.bce_weight,
            smoothing=self.smoothing,
        )

    def get_config(self):
        return {
            **super().get_config(),
            "dice_weight": self.dice_weight,
            "bce_weight": self.bce_weight,
            "smoothing": self.smoothing,
        }
