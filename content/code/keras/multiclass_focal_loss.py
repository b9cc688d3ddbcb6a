# Made from losses/classification/focal.py of Loss Lab by `python -m tools.portable`.

import math
from types import SimpleNamespace
import ml_dtypes

import keras
from keras import ops


def limits_of(values):
    """The limits of the type of the values, as plain numbers."""
    limits = ml_dtypes.finfo(keras.backend.standardize_dtype(values.dtype))
    names = ("eps", "max", "min", "tiny")
    return SimpleNamespace(**{name: float(getattr(limits, name)) for name in names})


def pick(log_probabilities, labels):
    picked = -ops.squeeze(
        ops.take_along_axis(log_probabilities, ops.expand_dims(labels, -1), -1), -1
    )
    return (picked, 1)


def _log_of_others(log_probabilities, chosen):
    # The lowest finite number, for a sum of −∞ alone has no slope.
    lowest = limits_of(log_probabilities).min
    others = ops.where(chosen, lowest, log_probabilities)
    return ops.logsumexp(others, -1)


def focused(term, log_wrong, gamma):
    # The lowest finite number instead of −∞: γ = 0 times it is 0, not NaN.
    focus = ops.exp(gamma * ops.maximum(log_wrong, limits_of(log_wrong).min))
    # Where the term is infinite the focus has arrived at 1: its slope there is 0, not 0 · ∞.
    return term * ops.where(term == math.inf, ops.stop_gradient(focus), focus)


def multiclass_focal_loss(logits, labels, *, gamma=2.0):
    log_probabilities = ops.log_softmax(logits, -1)
    loss, _ = pick(log_probabilities, labels)
    loss = focused(
        loss,
        _log_of_others(
            log_probabilities,
            ops.arange(logits.shape[-1]) == ops.expand_dims(labels, -1),
        ),
        gamma,
    )
    return loss


class MulticlassFocalLoss(keras.losses.Loss):
    def __init__(self, gamma=2.0, name="multiclass_focal_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.gamma = gamma

    def call(self, y_true, y_pred):
        labels = ops.cast(y_true, "int32")
        return multiclass_focal_loss(y_pred, labels, gamma=self.gamma)

    def get_config(self):
        return {**super().get_config(), "gamma": self.gamma}
