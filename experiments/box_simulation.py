"""The simulation of the DIoU paper, with the gradients of torch.

Many boxes descend to a target, and their remaining error is followed. The protocol is that of the
paper's published program, on a random sample of its cases: seven targets of area 1 around the
same centre; starts in a disk of radius 3, with seven areas and seven aspect ratios; 200 steps of
rate 0.1, at the end 0.01 and 0.001, each multiplied by 2 − IoU; the error of a box is
|Δx| + |Δy| + |Δw| + |Δh| in centre and size. The paper averages over 1 715 000 cases.

Source: Zhaohui Zheng, Ping Wang, Wei Liu, Jinze Li, Rongguang Ye, Dongwei Ren, "Distance-IoU Loss:
Faster and Better Learning for Bounding Box Regression", AAAI 2020, and the program
"simulation experiment" that its authors published with it.
"""

import math
from collections.abc import Callable

import torch

from experiments.boxes import COORDINATES
from losses.arguments import check_choice
from losses.boxes import box_iou, centre_to_corners, corners_to_centre

RATIOS = (1 / 4, 1 / 3, 1 / 2, 1, 2, 3, 4)  # width over height
AREAS = (0.5, 0.67, 0.75, 1, 1.33, 1.5, 2)
CENTRE, RADIUS = 10.0, 3.0
RATES = (0.1,) * 160 + (0.01,) * 20 + (0.001,) * 20


def sample_cases(count: int, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw starts and targets, `(count, 4)` each, as (centre x, centre y, width, height)."""
    generator = torch.Generator().manual_seed(seed)

    def one_of(values: tuple[float, ...]) -> torch.Tensor:
        drawn = torch.randint(len(values), (count,), generator=generator)
        return torch.tensor(values, dtype=torch.float64)[drawn]

    def box(x: torch.Tensor, y: torch.Tensor, area: torch.Tensor, ratio: torch.Tensor):
        return torch.stack((x, y, (area * ratio).sqrt(), (area / ratio).sqrt()), -1)

    middle = torch.full((count,), CENTRE, dtype=torch.float64)
    target = box(middle, middle, torch.ones_like(middle), one_of(RATIOS))
    # The root spreads the starts evenly over the disk's area.
    distance = RADIUS * torch.rand(count, generator=generator, dtype=torch.float64).sqrt()
    angle = 2 * math.pi * torch.rand(count, generator=generator, dtype=torch.float64)
    x, y = middle + distance * angle.cos(), middle + distance * angle.sin()
    return box(x, y, one_of(AREAS), one_of(RATIOS)), target


def remaining_errors(
    function: Callable[..., torch.Tensor],
    start: torch.Tensor,
    target: torch.Tensor,
    coordinates: str = "centre",
) -> torch.Tensor:
    """Let all boxes descend, and measure what is left after every step.

    Args:
        function: A loss of corner boxes that takes `reduction="sum"`.
        start, target: Boxes `(count, 4)` in centre and size, as `sample_cases` draws them.
        coordinates: The numbers that are descended in. The error is measured in centre and size
            either way.

    Returns:
        The errors before the first and after every step, `(201, count)`, float64.

    Raises:
        ValueError: for unknown coordinates.
    """
    check_choice("coordinates", coordinates, tuple(COORDINATES))
    in_centre = coordinates == "centre"
    goal = centre_to_corners(target)

    point = start if in_centre else centre_to_corners(start)
    path = [point]
    for rate in RATES:
        leaf = point.clone().requires_grad_()
        boxes = centre_to_corners(leaf) if in_centre else leaf
        (gradient,) = torch.autograd.grad(function(boxes, goal, reduction="sum"), leaf)
        pull = 2 - box_iou(boxes.detach(), goal)
        point = point - rate * pull[:, None] * gradient
        path.append(point)
    points = torch.stack(path)
    return ((points if in_centre else corners_to_centre(points)) - target).abs().sum(-1)
