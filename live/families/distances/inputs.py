"""What each loss of the distances page compares, and the tensors that a state stands for."""

import torch

from catalog import Loss
from live.families.base import State


def inputs(loss: Loss, state: State) -> tuple[torch.Tensor, torch.Tensor]:
    """What `loss` looks at: both matrices, the chosen pair of points or codes, the weight."""
    (view,) = loss.views
    if view == "matrices":
        first, second = (torch.tensor(part, dtype=torch.float64) for part in state["matrices"])
        return first, second
    if view == "codes":
        codes = torch.tensor(state["codes"], dtype=torch.float64)
        return codes[0], codes[chosen_code(state)]
    if view == "penalty":
        weight = torch.tensor(state["weight"], dtype=torch.float64)
        return weight, torch.zeros_like(weight)
    first, second = point_sets(state)
    row, column = chosen_pair(state)
    return first[row], second[column]


def point_sets(state: State) -> tuple[torch.Tensor, torch.Tensor]:
    first, second = (torch.tensor(state[k], dtype=torch.float64) for k in ("first", "second"))
    return first, second


def chosen_code(state: State) -> int:
    """The position of the chosen code; fewer may be stored than when it was chosen."""
    return min(int(state["stored"]), len(state["codes"]) - 1)


def chosen_pair(state: State) -> tuple[int, int]:
    """The positions of the chosen pair; fewer points may be left than when it was chosen."""
    row, column = (int(number) - 1 for number in state["pair"].split("-"))
    return min(row, len(state["first"]) - 1), min(column, len(state["second"]) - 1)
