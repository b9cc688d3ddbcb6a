# Made from losses/segmentation/tversky.py of Loss Lab by `python -m tools.portable`.

import keras
from keras import ops


def ratio(errors, whole):
    return errors / ops.where(whole == 0, 1, whole)


def tversky_of_counts(
    true_positives, false_positives, false_negatives, fp_weight, fn_weight, smoothing
):
    errors = fp_weight * false_positives + fn_weight * false_negatives
    return ratio(errors, true_positives + errors + smoothing)


def _tversky(probabilities, target, fp_weight, fn_weight, smoothing):
    mask = ops.cast(target, probabilities.dtype)
    overlap = probabilities * mask
    true_positives = ops.sum(overlap, (-2, -1))
    false_positives = ops.sum(probabilities - overlap, (-2, -1))
    false_negatives = ops.sum(mask - overlap, (-2, -1))
    return tversky_of_counts(
        true_positives,
        false_positives,
        false_negatives,
        fp_weight,
        fn_weight,
        smoothing,
    )


def focal_tversky_loss(
    probabilities, target, *, fp_weight=0.3, fn_weight=0.7, gamma=4 / 3, smoothing=1.0
):
    loss = _tversky(probabilities, target, fp_weight, fn_weight, smoothing)
    perfect = loss == 0
    powered = ops.where(perfect, 1, loss) ** (1 / gamma)
    loss = ops.where(perfect, 0, powered)
    return loss


class FocalTverskyLoss(keras.losses.Loss):
    def __init__(
        self,
        fp_weight=0.3,
        fn_weight=0.7,
        gamma=1.3333333333333333,
        smoothing=1.0,
        name="focal_tversky_loss",
        **keywords,
    ):
        super().__init__(name=name, **keywords)
        self.fp_weight = fp_weight
        self.fn_weight = fn_weight
        self.gamma = gamma
        self.smoothing = smoothing

    def call(self, y_true, y_pred):
        return focal_tversky_loss(
            y_pred,
            y_true,
            fp_weight=self.fp_weight,
            fn_weight=self.fn_weight,
            gamma=self.gamma,
            smoothing=self.smoothing,
        )

    def get_config(self):
        return {
            **super().get_config(),
            "fp_weight": self.fp_weight,
            "fn_weight": self.fn_weight,
            "gamma": self.gamma,
            "smoothing": self.smoothing,
        }
