# Made from losses/regression/absolute.py of Loss Lab by `python -m tools.portable`.

import keras
from keras import ops


def quantile_loss(prediction, target, *, tau=0.9):
    residual = prediction - target
    # its derivative at 0 is 0, so both branches agree at the kink
    size = ops.abs(residual)
    loss = ops.where(residual > 0, (1 - tau) * size, tau * size)
    return loss


class QuantileLoss(keras.losses.Loss):
    def __init__(self, tau=0.9, name="quantile_loss", **keywords):
        super().__init__(name=name, **keywords)
        self.tau = tau

    def call(self, y_true, y_pred):
        return ops.mean(quantile_loss(y_pred, y_true, tau=self.tau), axis=-1)

    def get_config(self):
        return {**super().get_config(), "tau": self.tau}
