"""The tensors that a state of the information page stands for."""

import torch

from catalog import Loss
from experiments.information import pull_back
from live.families.base import State
from live.families.loss_numbers import keywords

DIRECTIONS = ("forward", "reverse")
HUMPS = ("first_mean", "first_width", "second_mean", "second_width", "share")


def distributions(state: State) -> tuple[torch.Tensor, torch.Tensor]:
    """P and Q."""
    truth, model = (torch.tensor(row, dtype=torch.float64) for row in state["distributions"])
    return truth, model


def goal(loss: Loss, state: State) -> torch.Tensor:
    """What `loss` takes as its target: P, or for a loss of one outcome the chosen one, one-hot."""
    truth, _ = distributions(state)
    if loss.arguments != ("probability",):
        return truth
    chosen = min(int(state["outcome"]), len(truth)) - 1
    return torch.eye(len(truth), dtype=torch.float64)[chosen]


def gradient(loss: Loss, state: State, model: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The gradient of `loss` in the coordinates of the state."""
    leaf = model.clone().requires_grad_()
    value = loss.call(leaf, target, **keywords(loss, state))
    (slope,) = torch.autograd.grad(value, leaf)
    return pull_back(model, slope) if state["coordinates"] == "logits" else slope


def fit_inputs(state: State) -> dict[str, torch.Tensor]:
    """The tensors of `experiments.information.fit`, as the state sets them."""
    numbers = {name: torch.tensor(state[name], dtype=torch.float64) for name in HUMPS}
    width = torch.tensor(state["width"], dtype=torch.float64)
    mean = torch.tensor(state["mean"], dtype=torch.float64)
    return {"prediction": torch.stack([mean, width.log()]), **numbers}
