"""The evidence about a batch of boxes."""

import torch

from experiments.evidence.record import Evidence, curve, tensor
from losses.boxes import focal_eiou_loss


def weights_of_a_batch() -> Evidence:
    """The mean Focal-EIoU of one good box and of more and more that do not overlap, which weigh
    nothing: as it is, and with the weights divided by their mean over the batch."""
    target, good, apart = tensor(0, 0, 4, 2), tensor(0, 0, 4, 1.8), tensor(8, 0, 12, 2)
    most = 9
    found = {
        focusing: torch.stack(
            [
                focal_eiou_loss(torch.stack([good] + [apart] * count), target, focusing=focusing)
                for count in range(most + 1)
            ]
        )
        for focusing in ("detached", "normalised")
    }
    counts = torch.arange(most + 1)
    return Evidence(
        numbers={
            "more": float(most),
            **{f"{name}_alone": float(values[0]) for name, values in found.items()},
            **{f"{name}_among": float(values[-1]) for name, values in found.items()},
        },
        curves=tuple(curve(name, counts, values) for name, values in found.items()),
        x_label="boxes_apart",
        y_label="mean_loss",
    )
