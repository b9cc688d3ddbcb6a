"""A loss of classification in one picture: its curve on the map."""

import torch

from catalog import Loss
from experiments.classification import binary_program, multiclass_program


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss against the logit of the true answer."""
    logits = torch.linspace(-4, 4, 61, dtype=torch.float64)
    one = torch.ones((), dtype=torch.float64)
    if "binary" in loss.views:
        program = binary_program(loss, "logit")
        return logits, torch.stack(
            [program(one, logit=z, **loss.defaults())["value"] for z in logits]
        )
    several, truth = multiclass_program(loss), torch.eye(3, dtype=torch.float64)[0]
    values = [several(z * truth, truth, one, 0 * one, **loss.defaults())["value"] for z in logits]
    return logits, torch.stack(values)
