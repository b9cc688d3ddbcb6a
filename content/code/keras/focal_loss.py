# Made from losses/binary/focal.py of Loss Lab by `python -m tools.portable`.

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


def _shares(target, alpha):
    if alpha is None:
        return (target, 1 - target)
    return (alpha * target, (1 - alpha) * (1 - target))


def share_of(share, term):
    nothing = (ops.abs(term) == math.inf) & (share == 0)
    return share * ops.where(nothing, 0, term)


def focused(term, log_wrong, gamma):
    # The lowest finite number instead of −∞: γ = 0 times it is 0, not NaN.
    focus = ops.exp(gamma * ops.maximum(log_wrong, limits_of(log_wrong).min))
    # Where the term is infinite the focus has arrived at 1: its slope there is 0, not 0 · ∞.
    return term * ops.where(term == math.inf, ops.stop_gradient(focus), focus)


def focal_of_logits(logits, target, alpha, gamma):
    log_p = ops.log_sigmoid(logits)
    log_not_p = ops.log_sigmoid(-logits)
    positive_share, negative_share = _shares(target, alpha)
    positive = focused(share_of(positive_share, -log_p), log_not_p, gamma)
    negative = focused(share_of(negative_share, -log_not_p), log_p, gamma)
    return positive + negative


def focal_loss(logits, target, *, alpha=0.25, gamma=2.0):
    target = ops.cast(target, logits.dtype)
    loss = focal_of_logits(logits, target, alpha, gamma)
    return loss


class FocalLoss(keras.losses.Loss):
    def __init__(self, alpha=0.25, gamma=2.0, name="focal_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.alpha = alpha
        self.gamma = gamma

    def call(self, y_true, y_pred):
        return ops.mean(
            focal_loss(y_pred, y_true, alpha=self.alpha, gamma=self.gamma), axis=-1
        )

    def get_config(self):
        return {**super().get_config(), "alpha": self.alpha, "gamma": self.gamma}
