# Made from losses/binary/cross_entropy.py of Loss Lab by `python -m tools.portable`.

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


def surprises(probabilities):
    ones = ops.ones_like(probabilities)
    return (bce(probabilities, ones), bce(probabilities, ops.zeros_like(probabilities)))


def weighted_bce_loss(
    probabilities, target, *, positive_weight=1.0, negative_weight=1.0
):
    target = ops.cast(target, probabilities.dtype)
    positive, negative = surprises(probabilities)
    loss = (
        positive_weight * target * positive + negative_weight * (1 - target) * negative
    )
    return loss


class WeightedBCELoss(keras.losses.Loss):
    def __init__(
        self,
        positive_weight=1.0,
        negative_weight=1.0,
        name="weighted_bce_loss",
        **keywords,
    ):
        super().__init__(name=name, **keywords)
        self.positive_weight = positive_weight
        self.negative_weight = negative_weight

    def call(self, y_true, y_pred):
        return ops.mean(
            weighted_bce_loss(
                y_pred,
                y_true,
                positive_weight=self.positive_weight,
                negative_weight=self.negative_weight,
            ),
            axis=-1,
        )

    def get_config(self):
        return {
            **super().get_config(),
            "positive_weight": self.positive_weight,
            "negative_weight": self.negative_weight,
        }
