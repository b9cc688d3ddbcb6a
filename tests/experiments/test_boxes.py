"""Descents of boxes: the counted steps of the fact sheet, and what a path is."""

from functools import partial

import pytest
import torch

from experiments.boxes import COORDINATES, steps_to_iou
from experiments.descent import descend
from losses import boxes

START = torch.tensor([0.0, 0, 1, 1]).double()
TARGET = torch.tensor([3.0, 2, 5, 5]).double()


def race(loss, start, target, *, coordinates="corner", **steps):
    to_coordinates, to_corners = COORDINATES[coordinates]
    return descend(
        lambda box: loss(box, target, reduction="sum"),
        to_coordinates(start),
        through=to_corners,
        **steps,
    )


@pytest.mark.parametrize(
    ("name", "steps"),
    [("giou_loss", 114), ("diou_loss", 148), ("ciou_loss", 150), ("eiou_loss", 151)],
)
def test_steps_in_corners(name: str, steps: int) -> None:
    path = race(getattr(boxes, name), START, TARGET, rate=0.5, steps=160)
    assert steps_to_iou(path, TARGET) == steps


@pytest.mark.parametrize(
    ("name", "steps"), [("giou_loss", 241), ("diou_loss", 179), ("eiou_loss", 130)]
)
def test_steps_in_centre_and_size(name: str, steps: int) -> None:
    target = START + 4
    path = race(getattr(boxes, name), START, target, rate=0.5, steps=250, coordinates="centre")
    assert steps_to_iou(path, target) == steps


def test_iou_loss_never_moves_a_disjoint_box() -> None:
    path = race(boxes.iou_loss, START, TARGET, rate=0.5, steps=5)
    assert (path == START).all()
    assert steps_to_iou(path, TARGET) == -1


def test_focal_eiou_with_a_differentiated_weight_loses_the_target() -> None:
    inside, target = torch.tensor([[0.5, 0.5, 1.5, 1], [0.0, 0, 4, 2]]).double()

    def iou_along(focusing: str) -> torch.Tensor:
        loss = partial(boxes.focal_eiou_loss, focusing=focusing)
        path = race(loss, inside, target, rate=0.2, steps=40)
        return boxes.box_iou(path, target)

    lost = iou_along("differentiated")
    torch.testing.assert_close(
        lost[:4], torch.tensor([0.0625, 0.044, 0.022, 0]).double(), rtol=0, atol=5e-4
    )
    assert lost[-1] == 0
    assert iou_along("detached")[-1] > 0.9


@pytest.mark.parametrize("coordinates", ["corner", "centre"])
def test_a_batch_descends_as_its_boxes_do_alone(coordinates: str) -> None:
    starts = torch.stack((START, START + 1, START * 3)).reshape(3, 1, 4).expand(3, 2, 4)
    targets = torch.stack((TARGET, TARGET - 1))
    loss = partial(boxes.focal_eiou_loss, focusing="detached")
    keywords = {"rate": 0.3, "steps": 6, "coordinates": coordinates}
    paths = race(loss, starts, targets, **keywords)
    assert paths.shape == (7, 3, 2, 4)
    for i in range(3):
        for j in range(2):
            alone = race(loss, starts[i, 0], targets[j], **keywords)
            torch.testing.assert_close(paths[:, i, j], alone)


def test_one_step_is_the_gradient() -> None:
    start = START.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(boxes.diou_loss(start, TARGET), start)
    path = race(boxes.diou_loss, START, TARGET, rate=2.0, steps=1)
    torch.testing.assert_close(path, torch.stack((START, START - 2 * gradient)))


def test_centre_step_moves_the_centre_by_the_sum_over_both_corners() -> None:
    start = START.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(boxes.diou_loss(start, TARGET), start)
    _, after = race(boxes.diou_loss, START, TARGET, rate=1.0, steps=1, coordinates="centre")
    moved = boxes.corners_to_centre(after) - boxes.corners_to_centre(START)
    torch.testing.assert_close(moved[:2], -(gradient[:2] + gradient[2:]))
    torch.testing.assert_close(moved[2:], -(gradient[2:] - gradient[:2]) / 2)
