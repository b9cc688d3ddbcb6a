"""The box page: two boxes (x1, y1, x2, y2) in a picture of 8 × 6 units."""

from collections.abc import Sequence
from typing import Any

import torch

from catalog import Loss, family
from catalog.box_intermediates import MARKS
from experiments.measures.readings import CONTEXT, IMAGE_SIZE
from live.assets import images_root
from live.families.autograd import autograd_answer
from live.families.base import FamilyPage, State
from live.families.snippets import argument_list, float_list
from live.state.rows import Box, Choice, Number, Row, Several
from live.tape.loss_tapes import loss_programs
from live.tape.program import Program
from losses.boxes import box_iou, centre_to_corners, corners_to_centre

FIRST_SHOWN = (
    "iou_loss", "giou_loss", "diou_loss", "ciou_loss", "eiou_loss", "focal_eiou_loss", "cdiou_loss",
)  # fmt: skip
PIECES = ("none", "chosen", "intersection", "union", "enclosing", "centres", "corners")


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("boxes"))
    return [
        Box("prediction", (1.3, 2.8, 2.8, 5.0), *IMAGE_SIZE),
        Box("target", (3.4, 0.3, 7.4, 3.8), *IMAGE_SIZE),  # the raccoon's head
        Several("losses", FIRST_SHOWN, ids),
        Choice("loss", "diou_loss", ids),
        Choice("coordinates", "corner", ("corner", "centre")),
        Number("rate", 0.2, 0.01, 5.0, logarithmic=True),
        Choice("arrows", "chosen", ("chosen", "all", "none")),
        Several("overlay", ("chosen",), PIECES),
        Choice("picture", "photo", ("photo", "grid")),
    ]


def programs() -> dict[str, Program]:
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
        return {"iou": box_iou(prediction, target)}

    return loss_programs("boxes", {"prediction": (4,), "target": (4,)}, order=1) | {
        "centre_to_corners": Program(to_corners, {"box": (4,), "gradient": (4,)}),
        "corners_to_centre": Program(to_centre, {"box": (4,)}),
        "box_iou": Program(overlap, {"prediction": (4,), "target": (4,)}),
    }


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every loss, the gradient in the coordinates of the state."""
    corners, target = (
        torch.tensor(state[k], dtype=torch.float64) for k in ("prediction", "target")
    )
    if state["coordinates"] == "corner":
        return autograd_answer("boxes", state, corners, {"target": target})
    centre = corners_to_centre(corners)
    return autograd_answer("boxes", state, centre, {"target": target}, through=centre_to_corners)


SNIPPET = """\
import torch

from losses import {imports}

target = torch.tensor({target}, dtype=torch.float64)
box = torch.tensor({box}, dtype=torch.float64, requires_grad=True)

loss = {function}({prediction}, target{arguments})
loss.backward()
print(f"{{loss.item():.6f}}", box.grad.tolist())
"""


def snippet(loss: Loss, state: State) -> str:
    """The chosen loss and its gradient, in the coordinates of the state."""
    centred = state["coordinates"] == "centre"
    corners = torch.tensor(state["prediction"], dtype=torch.float64)
    return SNIPPET.format(
        imports=", ".join(sorted({loss.id} | ({"centre_to_corners"} if centred else set()))),
        target=float_list(state["target"]),
        box=float_list((corners_to_centre(corners) if centred else corners).tolist()),
        prediction="centre_to_corners(box)" if centred else "box",
        function=loss.id,
        arguments=argument_list(loss, state),
    )


def extras() -> dict[str, Any]:
    return {
        "picture_size": IMAGE_SIZE,
        "photo": f"{images_root()}/raccoon.jpg",
        "marks": MARKS,
    }


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss while a box slides over a target of another shape, from one side to the other."""
    shift = torch.linspace(-4, 4, 81, dtype=torch.float64)
    start = torch.tensor([-1.0, -0.6, 1.0, 0.6], dtype=torch.float64)
    target = torch.tensor([-0.8, -1.0, 0.8, 1.0], dtype=torch.float64)
    along = torch.tensor([1.0, 0.0, 1.0, 0.0], dtype=torch.float64)
    given = loss.defaults() | {name: CONTEXT[name] for name in loss.context}
    return shift, loss.call(start + shift[:, None] * along, target, **given, reduction="none")


PAGE = FamilyPage("boxes", rows, programs, answer, snippet, extras, profile)
