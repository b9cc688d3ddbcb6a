# Made from losses/information/entropies.py of Loss Lab by `python -m tools.portable`.

import math

import keras
from keras import ops


def log_where(present, values):
    return ops.log(ops.where(present == 0, 1, values))


def in_unit(nats, unit):
    return nats if unit == "nats" else nats / math.log(2)


def reduce_in_unit(terms, unit):
    return in_unit(ops.sum(terms, -1), unit)


def cross_entropy(*, truth, model, unit="nats"):
    return reduce_in_unit(-truth * log_where(truth, model), unit)


class CrossEntropy(keras.losses.Loss):
    def __init__(self, unit="nats", name="cross_entropy", **keywords):
        super().__init__(name=name, **keywords)
        self.unit = unit

    def call(self, y_true, y_pred):
        return cross_entropy(truth=y_true, model=y_pred, unit=self.unit)

    def get_config(self):
        return {**super().get_config(), "unit": self.unit}
