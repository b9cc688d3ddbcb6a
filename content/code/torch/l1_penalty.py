# Made from losses/distances/penalties.py of Loss Lab by `python -m tools.portable`.

from torch import nn


def l1_penalty(weights, *, strength):
    total = weights.abs().sum()
    return strength * total


class L1Penalty(nn.Module):
    def __init__(self, strength):
        super().__init__()
        self.strength = strength

    def forward(self, weights):
        return l1_penalty(weights, strength=self.strength)
