"""What each loss of the distances page compares, and the tensors that a state stands for."""

import torch

from catalog import Loss
from live.families.base import State
from losses.distances import l1_shrinkage, l2_shrinkage

SHRINKAGES = {"l1_penalty": l1_shrinkage, "l2_penalty": l2_shrinkage}
"""The step that each penalty takes."""

NORMS = ("frobenius_norm", "row_norm", "spectral_norm", "nuclear_norm")

CODES = ("hamming_distance", "hamming_count")


def inputs(loss: Loss, state: State) -> tuple[torch.Tensor, torch.Tensor]:
    """What `loss` looks at: both matrices, the chosen pair of points, both codes, the weight."""
    if loss.id in NORMS or loss.id in CODES:
        both = state["matrices" if loss.id in NORMS else "codes"]
        first, second = (torch.tensor(part, dtype=torch.float64) for part in both)
        return first, second
    if loss.id in SHRINKAGES:
        weight = torch.tensor(state["weight"], dtype=torch.float64)
        return weight, torch.zeros_like(weight)
    first, second = point_sets(state)
    row, column = chosen_pair(state)
    return first[row], second[column]


def point_sets(state: State) -> tuple[torch.Tensor, torch.Tensor]:
    first, second = (torch.tensor(state[k], dtype=torch.float64) for k in ("first", "second"))
    return first, second


def chosen_pair(state: State) -> tuple[int, int]:
    """The positions of the chosen pair; fewer points may be left than when it was chosen."""
    row, column = (int(number) - 1 for number in state["pair"].split("-"))
    return min(row, len(state["first"]) - 1), min(column, len(state["second"]) - 1)
