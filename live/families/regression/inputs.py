"""The tensors that a state of the regression page stands for."""

import torch

QUANTILES = (0.1, 0.5, 0.9)
"""The quantiles whose lines can be seen together."""


def outlier_example(percent: float) -> tuple[torch.Tensor, torch.Tensor]:
    """The notes' example: most targets are 1000, `percent` of them 10; with their shares."""
    share = torch.tensor(percent / 100, dtype=torch.float64)
    return torch.tensor([1000.0, 10.0], dtype=torch.float64), torch.stack([1 - share, share])
