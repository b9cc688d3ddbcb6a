"""The evidence about one prediction and one target, and about its way there."""

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch.func import grad

from catalog import CATALOG
from experiments.box_simulation import remaining_errors, sample_cases
from experiments.boxes import COORDINATES, steps_to_iou
from experiments.descent import descend
from experiments.evidence.record import Curve, Evidence, curve
from losses.boxes import (
    box_iou,
    cdiou_loss,
    centre_to_corners,
    ciou_loss,
    diou_loss,
    eiou_loss,
    focal_eiou_loss,
    giou_loss,
    iou_loss,
    log_iou_loss,
)
from losses.regression import l1_loss

Loss = Callable[..., torch.Tensor]
PAIR = ((1.0, 1.0, 4.0, 3.0), (2.0, 1.5, 6.0, 4.5))  # overlapping, nothing aligned
FAR = ((0.0, 0.0, 1.0, 1.0), (3.0, 2.0, 5.0, 5.0))  # disjoint
CROSS = ((1.0, -1.0, 3.0, 3.0), (0.0, 0.0, 4.0, 2.0))  # concentric


def shifted_and_zoomed() -> Evidence:
    """Coordinate L1 and 1 − IoU of a box shifted sideways, as it is and ten times as large."""
    box, shift, zoom = _box(0, 0, 2, 2), _box(1, 0, 1, 0), 10.0
    shifts = torch.linspace(0, 3, 61, dtype=torch.float64)
    shifted = box + shifts[:, None] * shift
    numbers = {"shift": 1.0, "zoom": zoom}
    for name, scale in (("small", 1.0), ("large", zoom)):
        numbers[f"l1_{name}"] = float(l1_loss(scale * (box + shift), scale * box))
        numbers[f"iou_loss_{name}"] = float(iou_loss(scale * (box + shift), scale * box))
    return Evidence(
        numbers=numbers,
        curves=(
            curve("l1", shifts, (shifted - box).abs().mean(-1)),
            curve("iou_loss", shifts, iou_loss(shifted, box, reduction="none")),
        ),
        x_label="moved",
        y_label="loss",
    )


def sliding_away() -> Evidence:
    """Three losses while a box slides off its target, and their gradients before and after."""
    target, step = _box(0, 0, 2, 2), _box(1, 0, 1, 0)
    shifts = torch.linspace(0, 4, 81, dtype=torch.float64)
    boxes = target + shifts[:, None] * step
    touching = shifts < 2  # −ln IoU is infinite from there on
    sliver = target + 1.98 * step
    return Evidence(
        numbers={
            "overlapping": _slope(iou_loss, *map(_tensor, PAIR)),
            "apart": _slope(iou_loss, *map(_tensor, FAR)),
            "giou_apart": _slope(giou_loss, *map(_tensor, FAR)),
            "iou_of_sliver": float(box_iou(sliver, target)),
            "log_of_sliver": float(log_iou_loss(sliver, target)),
        },
        curves=(
            curve("iou_loss", shifts, iou_loss(boxes, target, reduction="none")),
            curve(
                "log_iou_loss",
                shifts[touching],
                log_iou_loss(boxes[touching], target, reduction="none"),
            ),
            curve("giou_loss", shifts, giou_loss(boxes, target, reduction="none")),
        ),
        x_label="moved",
        y_label="loss",
    )


def around_a_circle() -> Evidence:
    """GIoU of two unit boxes, one of which goes round the other at a fixed distance."""
    unit = _box(0, 0, 1, 1)
    angles = torch.linspace(0, 90, 91, dtype=torch.float64)
    radians = torch.deg2rad(angles)
    direction = torch.stack((radians.cos(), radians.sin()) * 2, -1)

    def giou(box: torch.Tensor, target: torch.Tensor = unit) -> torch.Tensor:
        return 1 - giou_loss(box, target, reduction="none")

    distances = {"near": 1.1 * math.sqrt(2), "far": 2.2}
    long, other_long = _box(0, 0, 10, 1), _box(9, 0, 10, 10)
    return Evidence(
        numbers={
            **{f"{name}_distance": distance for name, distance in distances.items()},
            "near_giou": float(giou(unit + 1.1)),
            "far_giou": float(giou(unit + 2.2 * _box(1, 0, 1, 0))),
            "touching_giou": float(giou(unit + _box(1, 0, 1, 0))),
            "crossing_iou": float(box_iou(long, other_long)),
            "crossing_giou": float(giou(long, other_long)),
        },
        curves=tuple(
            curve(name, angles, giou(unit + distance * direction))
            for name, distance in distances.items()
        ),
        x_label="angle",
        y_label="giou",
    )


def penalties_of_a_cross() -> Evidence:
    """What GIoU and DIoU add to 1 − IoU for concentric boxes, as the arms of a cross grow."""
    box, target = map(_tensor, CROSS)
    giou, diou = (_reading(name, box, target) for name in ("giou_loss", "diou_loss"))
    arms = torch.linspace(0, 3, 61, dtype=torch.float64)
    boxes = _box(1, 0, 3, 2) + arms[:, None] * _box(0, -1, 0, 1)
    penalties = {
        "giou_penalty": _readings("giou_loss", boxes, target)["enclosing"],
        "diou_penalty": _readings("diou_loss", boxes, target)["distance"],
    }
    return Evidence(
        numbers={
            "iou": float(box_iou(box, target)),
            "giou": 1 - float(giou_loss(box, target)),
            "diou": 1 - float(diou_loss(box, target)),
            "giou_enclosing": giou["enclosing"],
            "diou_distance": diou["distance"],
        },
        curves=tuple(curve(name, arms, penalty) for name, penalty in penalties.items()),
        x_label="arm",
        y_label="penalty",
    )


def squares_or_lengths() -> Evidence:
    """DIoU's distance term, and what it would be with lengths in the place of squares."""
    found = _reading("diou_loss", *map(_tensor, PAIR))
    box, target = _tensor(FAR[0]), _tensor(FAR[0])
    shifts = torch.linspace(0, 4, 81, dtype=torch.float64)
    term = _readings("diou_loss", box + shifts[:, None], target)["distance"]
    return Evidence(
        numbers={
            "distance_squared": found["centre_distance_squared"],
            "diagonal_squared": found["diagonal_squared"],
            "term": found["distance"],
            "of_lengths": math.sqrt(found["distance"]),
        },
        curves=(curve("squares", shifts, term), curve("lengths", shifts, term.sqrt())),
        x_label="moved",
        y_label="ratio",
    )


def ratio_not_rotation() -> Evidence:
    """CIoU's v while a box grows in width only, and in width and height together."""
    target = _box(0, 0, 4, 2)
    scales = torch.linspace(0.25, 2.5, 91, dtype=torch.float64)

    def difference(width: torch.Tensor, height: torch.Tensor) -> torch.Tensor:
        boxes = torch.stack((2 + 0 * width, 1 + 0 * width, 4 * width, 2 * height), -1)
        return _readings("ciou_loss", centre_to_corners(boxes), target)["aspect_difference"]

    one, two = torch.ones(1, dtype=torch.float64), torch.full((1,), 2.0, dtype=torch.float64)
    half = centre_to_corners(_box(2, 1, 2, 1))
    return Evidence(
        numbers={
            "double_width": float(difference(two, one)),
            "double_both": float(difference(two, two)),
            "half_ciou": float(ciou_loss(half, target)),
            "half_diou": float(diou_loss(half, target)),
        },
        curves=(
            curve("width_only", scales, difference(scales, torch.ones_like(scales))),
            curve("both_sides", scales, difference(scales, scales)),
        ),
        x_label="scale",
        y_label="difference",
    )


def three_terms() -> Evidence:
    """The terms of CIoU, and the enclosing area that is not among them."""
    box, target = map(_tensor, CROSS)
    found = _reading("ciou_loss", box, target)
    return Evidence(
        numbers={
            "overlap": found["overlap"],
            "distance": found["distance"],
            "aspect": found["aspect"],
            "ciou_loss": float(ciou_loss(box, target)),
            "diou_loss": float(diou_loss(box, target)),
            "enclosing": _reading("giou_loss", box, target)["enclosing"],
        }
    )


def who_is_faster() -> Evidence:
    """Two races that end in a different order, and a sample of the DIoU paper's simulation.

    The curves follow the mean error of the simulated boxes. `unclamped` is GIoU with the product
    of negative sides counted as an intersection in its enclosing term.
    """
    start, target = map(_tensor, FAR)
    numbers = {"rate": 0.5, "threshold": 0.9}
    for name, loss in {"giou": giou_loss, "diou": diou_loss}.items():
        corner = _race(loss, start, target, rate=0.5, steps=150)
        centre = _race(loss, start, start + 4, rate=0.5, steps=245, coordinates="centre")
        numbers[f"{name}_corner_steps"] = float(steps_to_iou(corner, target, 0.9))
        numbers[f"{name}_centre_steps"] = float(steps_to_iou(centre, start + 4, 0.9))

    count = 1000
    starts, targets = sample_cases(count)
    runs = {
        "giou_centre": remaining_errors(giou_loss, starts, targets),
        "diou_centre": remaining_errors(diou_loss, starts, targets),
        "giou_corner": remaining_errors(giou_loss, starts, targets, "corner"),
        "diou_corner": remaining_errors(diou_loss, starts, targets, "corner"),
        "unclamped": remaining_errors(_unclamped_giou_loss, starts, targets),
    }
    means = {name: errors.mean(-1) for name, errors in runs.items()}
    numbers |= {"count": float(count), "before": float(means["giou_centre"][0])}
    numbers |= {f"{name}_left": float(mean[-1]) for name, mean in means.items()}
    return Evidence(
        numbers=numbers,
        curves=tuple(_path(name, mean) for name, mean in means.items()),
        x_label="step",
        y_label="error",
    )


def same_shape_other_size() -> Evidence:
    """Three losses of concentric boxes of one shape, as the size of the prediction changes."""
    target = _box(0, 0, 4, 2)
    scales = torch.linspace(0.25, 2.5, 91, dtype=torch.float64)
    boxes = _box(2, 1, 2, 1) + scales[:, None] * _box(-2, -1, 2, 1)
    half = _box(1, 0.5, 3, 1.5)
    ciou, eiou = (_reading(name, half, target) for name in ("ciou_loss", "eiou_loss"))
    losses = {"iou_loss": iou_loss, "ciou_loss": ciou_loss, "eiou_loss": eiou_loss}
    return Evidence(
        numbers={
            "aspect": ciou["aspect"],
            "width": eiou["width"],
            "height": eiou["height"],
            **{f"{name}_half": float(loss(half, target)) for name, loss in losses.items()},
        },
        curves=tuple(
            curve(name, scales, loss(boxes, target, reduction="none"))
            for name, loss in losses.items()
        ),
        x_label="scale",
        y_label="loss",
    )


def the_other_focus() -> Evidence:
    """Focal-EIoU's weight, and a descent with the weight held constant and differentiated."""
    start, target = _box(0.5, 0.5, 1.5, 1), _box(0, 0, 4, 2)
    steps = 50
    paths = {
        focusing: _race(
            partial(focal_eiou_loss, focusing=focusing), start, target, rate=0.2, steps=steps
        )
        for focusing in ("detached", "differentiated")
    }
    # A box of the target's width and a share of its height has that share as its IoU.
    weights = {
        f"weight_at_{tenths}": _reading("focal_eiou_loss", _box(0, 0, 4, tenths / 5), target)
        for tenths in (1, 5, 9)
    }
    far, far_target = map(_tensor, FAR)
    return Evidence(
        numbers={
            **{name: found["focus_weight"] for name, found in weights.items()},
            "apart": float(focal_eiou_loss(far, far_target)),
            "apart_gradient": _slope(focal_eiou_loss, far, far_target),
            "start": float(box_iou(start, target)),
            "steps": float(steps),
            **{f"{name}_end": float(box_iou(path[-1], target)) for name, path in paths.items()},
        },
        curves=tuple(_path(name, box_iou(path, target)) for name, path in paths.items()),
        x_label="step",
        y_label="iou",
    )


def never_minus_one() -> Evidence:
    """GIoU of two unit boxes that move apart along one line."""
    unit = _box(0, 0, 1, 1)
    distances = torch.linspace(0, 100, 101, dtype=torch.float64)

    def giou(distance: torch.Tensor) -> torch.Tensor:
        boxes = unit + distance[..., None] * _box(1, 0, 1, 0)
        return 1 - giou_loss(boxes, unit, reduction="none")

    far = {"far": 100.0, "farther": 10_000.0}
    return Evidence(
        numbers={
            **far,
            **{f"giou_{name}": float(giou(_tensor(distance))) for name, distance in far.items()},
            "giou_same": float(giou(_tensor(0.0))),
        },
        curves=(
            curve("giou", distances, giou(distances)),
            curve("limit", distances, -torch.ones_like(distances)),
        ),
        x_label="distance",
        y_label="giou_axis",
    )


def corners_come_home() -> Evidence:
    """The corner distances of CDIoU's box on its way, with a fixed and with a shrinking rate."""
    start, target = map(_tensor, FAR)
    fixed = _race(cdiou_loss, start, target, rate=0.5, steps=200)
    shrinking = _race(
        cdiou_loss, start, target, rate=lambda step: 0.5 * 0.92 ** max(step - 150, 0), steps=200
    )

    def distance(path: torch.Tensor) -> torch.Tensor:
        return _readings("cdiou_loss", path, target)["corner_distances"] / 4

    return Evidence(
        numbers={
            "steps": 200.0,
            "before": float(distance(fixed)[0]),
            "fixed": float(distance(fixed)[-1]),
            "shrinking": float(distance(shrinking)[-1]),
            "iou": float(box_iou(shrinking[-1], target)),
        },
        curves=(
            _path("fixed_rate", distance(fixed)),
            _path("shrinking_rate", distance(shrinking)),
        ),
        x_label="step",
        y_label="distance",
    )


def _unclamped_giou_loss(
    prediction: torch.Tensor, target: torch.Tensor, *, reduction: str
) -> torch.Tensor:
    """GIoU whose union forgets that two negative sides do not make an overlap."""
    (x1, y1, x2, y2), (a1, b1, a2, b2) = prediction.unbind(-1), target.unbind(-1)
    width = torch.minimum(x2, a2) - torch.maximum(x1, a1)
    height = torch.minimum(y2, b2) - torch.maximum(y1, b1)
    union = (x2 - x1) * (y2 - y1) + (a2 - a1) * (b2 - b1) - width * height
    enclosing = (torch.maximum(x2, a2) - torch.minimum(x1, a1)) * (
        torch.maximum(y2, b2) - torch.minimum(y1, b1)
    )
    empty = (enclosing - union) / enclosing
    return iou_loss(prediction, target, reduction=reduction) + empty.sum()


def _race(
    loss: Loss,
    start: torch.Tensor,
    target: torch.Tensor,
    *,
    coordinates: str = "corner",
    **steps: Any,
) -> torch.Tensor:
    """The corners of a box on its way from `start`."""
    to_coordinates, to_corners = COORDINATES[coordinates]
    return descend(
        lambda box: loss(box, target), to_coordinates(start), through=to_corners, **steps
    )


def _tensor(values: float | tuple[float, ...]) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def _box(*corners: float) -> torch.Tensor:
    return _tensor(corners)


def _readings(name: str, boxes: torch.Tensor, target: torch.Tensor) -> dict[str, torch.Tensor]:
    loss = CATALOG[name]
    return dict(loss.intermediates(boxes, target, **loss.defaults()))


def _reading(name: str, box: torch.Tensor, target: torch.Tensor) -> dict[str, float]:
    return {key: float(value) for key, value in _readings(name, box, target).items()}


def _slope(loss: Loss, box: torch.Tensor, target: torch.Tensor) -> float:
    """The length of the gradient."""
    return float(grad(loss)(box, target).norm())


def _path(label: str, values: torch.Tensor) -> Curve:
    return curve(label, torch.arange(len(values)), values)
