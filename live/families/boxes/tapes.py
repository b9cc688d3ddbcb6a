"""The tapes of the box page."""

import torch

from live.tape.loss_tapes import Programs, loss_programs
from live.tape.program import Program
from live.tape.tape_key import TapeKey
from losses.boxes import box_iou, centre_to_corners, corners_to_centre
from losses.regression import l1_loss


def programs() -> Programs:
    """Every loss in corner coordinates, and the change of coordinates with its chain rule.

    A gradient in centre form is the corner gradient pulled back through `centre_to_corners`, so no
    loss has to be recorded twice.
    """

    def to_corners(box: torch.Tensor, gradient: torch.Tensor) -> dict[str, torch.Tensor]:
        corners, pull_back = torch.func.vjp(centre_to_corners, box)
        return {"box": corners, "gradient": pull_back(gradient)[0]}

    def to_centre(box: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"box": corners_to_centre(box)}

    def overlap(prediction: torch.Tensor, target: torch.Tensor) -> dict[str, torch.Tensor]:
        # Beside the overlap, what the old losses of single coordinates say.
        return {"iou": box_iou(prediction, target), "l1": l1_loss(prediction, target)}

    return loss_programs("boxes", {"prediction": (4,), "target": (4,)}, order=1) | {
        TapeKey("centre_to_corners"): Program(to_corners, {"box": (4,), "gradient": (4,)}),
        TapeKey("corners_to_centre"): Program(to_centre, {"box": (4,)}),
        TapeKey("box_iou"): Program(overlap, {"prediction": (4,), "target": (4,)}),
    }
