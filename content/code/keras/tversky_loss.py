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


def tversky_loss(probabilities, target, *, fp_weight=0.3, fn_weight=0.7, smoothing=1.0):
    loss = _tversky(probabilities, target, fp_weight, fn_weight, smoothing)
    return loss


class TverskyLoss(keras.losses.Loss):
    def __init__(
        self,
        fp_weight=0.3,
        fn_weight=0.7,
        smoothing=1.0,
        name="tversky_loss",
        **keywords,
    ):
        super().__init__(name=name, **keywords)
        self.fp_weight = fp_weight
        self.fn_weight = fn_weight
        self.smoothing = smoothing

    def call(self, y_true, y_pred):
        return tversky_loss(
            y_pred,
            y_true,
            fp_weight=self.fp_weight,
            fn_weight=self.fn_weight,
            smoothing=self.smoothing,
        )

    def get_config(self):
        return {
            **super().get_config(),
            "fp_weight": self.fp_weight,
            "fn_weight": self.fn_weight,
            "smoothing": self.smoothing,
        }
