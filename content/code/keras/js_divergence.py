# Made from losses/information/divergences.py of Loss Lab by `python -m tools.portable`.

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


def log_where(present, values):
    return ops.log(ops.where(present == 0, 1, values))


def _relative_entropy(truth, model):
    # A difference of logs, not the log of a ratio, which can overflow.
    return truth * (log_where(truth, truth) - log_where(truth, model))


def in_unit(nats, unit):
    return nats if unit == "nats" else nats / math.log(2)


def reduce_in_unit(terms, unit):
    return in_unit(ops.sum(terms, -1), unit)


def js_divergence(first, second, *, unit="nats"):
    # Half of the smallest number there is rounds to 0, and its log would be infinite.
    smallest = limits_of(first).tiny * limits_of(first).eps
    middle = ops.maximum((first + second) / 2, smallest)
    terms = _relative_entropy(first, middle) + _relative_entropy(second, middle)
    return reduce_in_unit(terms / 2, unit)


class JSDivergence(keras.losses.Loss):
    def __init__(self, unit="nats", name="js_divergence", **keywords):
        super().__init__(name=name, **keywords)
        self.unit = unit

    def call(self, y_true, y_pred):
        return js_divergence(y_pred, y_true, unit=self.unit)

    def get_config(self):
        return {**super().get_config(), "unit": self.unit}
