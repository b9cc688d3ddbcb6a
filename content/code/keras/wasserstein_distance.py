# Made from losses/information/divergences.py of Loss Lab by `python -m tools.portable`.

import math

import keras
from keras import ops


def in_unit(nats, unit):
    return nats if unit == "nats" else nats / math.log(2)


def reduce_in_unit(terms, unit):
    return in_unit(ops.sum(terms, -1), unit)


def wasserstein_distance(first, second):
    # The last cumulative sum is 0 but for rounding, and its sign would be noise in the gradient.
    work = ops.abs(ops.cumsum(first - second, -1)[..., : first.shape[-1] - 1])
    return reduce_in_unit(work, "nats")


class WassersteinDistance(keras.losses.Loss):
    def __init__(self, name="wasserstein_distance", **keywords):
        super().__init__(name=name, **keywords)

    def call(self, y_true, y_pred):
        return wasserstein_distance(y_pred, y_true)
