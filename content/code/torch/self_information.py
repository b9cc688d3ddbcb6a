# Made from losses/information/entropies.py of Loss Lab by `python -m tools.portable`.

import math

from torch import nn


def in_unit(nats, unit):
    return nats if unit == "nats" else nats / math.log(2)


def self_information(probability, *, unit="nats"):
    return in_unit(-probability.log(), unit)


class SelfInformation(nn.Module):
    def __init__(self, unit="nats"):
        super().__init__()
        self.unit = unit

    def forward(self, probability):
        return self_information(probability, unit=self.unit)
