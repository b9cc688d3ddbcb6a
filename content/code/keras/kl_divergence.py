# Made from losses/information/divergences.py of Loss Lab by `python -m tools.portable`.

import math

import keras
from keras import ops


def log_where(present, values):
    return ops.log(ops.where(present == 0, 1, values))


def _relative_entropy(truth, model):
    # A difference of logs, not the log of a ratio, which can overflow.
    return truth * (log_where(truth, truth) - log_where(truth, model))


def in_unit(nats, unit):
    return nats if unit == "nats" else nats / math.log(2)


def reduce_in_unit(terms, unit):
    return in_unit(ops.sum(terms, -1), unit)


def kl_divergence(*, truth, model, unit="nats"):
    return reduce_in_unit(_relative_entropy(truth, model), unit)


class KLDivergence(keras.losses.Loss):
    def __init__(self, unit="nats", name="kl_divergence", **keywords):
        super().__init__(name=name, **keywords)
        self.unit = unit

    def call(self, y_true, y_pred):
        return kl_divergence(truth=y_true, model=y_pred, unit=self.unit)

    def get_config(self):
        return {**super().get_config(), "unit": self.unit}
