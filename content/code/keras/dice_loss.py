# Made from losses/segmentation/dice.py of Loss Lab by `python -m tools.portable`.

import keras
from keras import ops


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


def dice_loss(probabilities, target, *, denominator="sum", smoothing=1.0):
    mask = ops.cast(target, probabilities.dtype)
    loss = _dice(probabilities, mask, smoothing, denominator)
    return loss


class DiceLoss(keras.losses.Loss):
    def __init__(self, smoothing=1.0, denominator="sum", name="dice_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.smoothing = smoothing
        self.denominator = denominator

    def call(self, y_true, y_pred):
        return dice_loss(
            y_pred, y_true, smoothing=self.smoothing, denominator=self.denominator
        )

    def get_config(self):
        return {
            **super().get_config(),
            "smoothing": self.smoothing,
            "denominator": self.denominator,
        }
