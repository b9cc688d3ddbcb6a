"""The tapes of the segmentation page."""

import torch

from experiments.segmentation import areas, scores, step, to_logits
from live.families.segmentation.masks import GRID
from live.tape.loss_tapes import Tapes, loss_tapes
from live.tape.record import record
from live.tape.tape_key import TapeKey


def tapes() -> Tapes:
    """Every loss with its gradient in the probabilities, the step of descent, areas and scores."""

    def descent_step(
        logits: torch.Tensor, gradient: torch.Tensor, rate: torch.Tensor
    ) -> dict[str, torch.Tensor]:
        moved = step(logits, gradient, rate)
        return {"logits": moved, "probabilities": torch.sigmoid(moved)}

    def logits(probabilities: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"logits": to_logits(probabilities)}

    masks = {"probabilities": GRID, "target": GRID}
    return loss_tapes("segmentation", masks, order=1, differentiate="probabilities") | {
        TapeKey("descent_step"): record(
            descent_step, {"logits": GRID, "gradient": GRID, "rate": ()}
        ),
        TapeKey("to_logits"): record(logits, {"probabilities": GRID}),
        TapeKey("areas"): record(areas, masks),
        TapeKey("scores"): record(scores, {**masks, "threshold": ()}),
    }
