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


def jaccard_loss(probabilities, target, *, smoothing=1.0):
    loss = _tversky(probabilities, target, 1.0, 1.0, smoothing)
    return loss


class JaccardLoss(keras.losses.Loss):
    def __init__(self, smoothing=1.0, name="jaccard_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.smoothing = smoothing

    def call(self, y_true, y_pred):
        return jaccard_loss(y_pred, y_true, smoothing=self.smoothing)

    def get_config(self):
        return {**super().get_config(), "smoothing": self.smoothing}
