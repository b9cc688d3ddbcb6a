"""Boxes that are hardly boxes: the losses stay finite, and their gradients bounded."""

import math

import numpy as np
import pytest
import torch

from losses import boxes
from tests.losses.boxes import oracle

POINT = (1.0, 2.0, 1.0, 2.0)
GRID = {
    "point": POINT,
    "other point": (5.0, 3.0, 5.0, 3.0),
    "zero width": (2.0, 1.0, 2.0, 4.0),
    "zero height": (1.0, 2.0, 4.0, 2.0),
    "flat, aligned": (2.0, 2.0, 6.0, 2.0),
    "box": (1.0, 1.0, 4.0, 3.0),
    "touching": (4.0, 1.0, 6.0, 3.0),
    "touching at a corner": (4.0, 3.0, 6.0, 5.0),
    "nested": (2.0, 1.5, 3.0, 2.5),
    "far": (1e6, -1e6, 1e6 + 3, -1e6 + 2),
    "tiny": (1.0, 2.0, 1.0 + 1e-4, 2.0 + 1e-4),
    "tiny sliver": (1.0, 2.0, 1.0 + 1e-4, 5.0),
    "huge": (0.0, 0.0, 1e4, 1e4),
    "inverted in x": (4.0, 1.0, 1.0, 3.0),
    "inverted": (4.0, 3.0, 1.0, 1.0),
    "inverted elsewhere": (7.3, 6.1, 6.9, 5.7),
}
FINITE = [(n, parameters) for n, parameters in oracle.VARIANTS if n != "log_iou_loss"]
FINITE.append(("focal_eiou_loss", {"focusing": "normalised"}))
EXACT = pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=["f32", "f64"])


def all_pairs(dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    grid = torch.tensor(list(GRID.values()), dtype=dtype)
    count = len(grid)
    prediction = grid[:, None].expand(count, count, 4).reshape(-1, 4).clone()
    return prediction.requires_grad_(), grid.repeat(count, 1)


def sides(box: torch.Tensor) -> torch.Tensor:
    return (box[..., 2:] - box[..., :2]).clamp(min=0)


def length_scales(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The larger side in x and in y; the enclosing side where both are 0."""
    first = torch.minimum(prediction, target)[..., :2]
    last = torch.maximum(
        torch.maximum(prediction[..., :2], prediction[..., 2:]),
        torch.maximum(target[..., :2], target[..., 2:]),
    )
    larger = torch.maximum(sides(prediction), sides(target))
    return torch.where(larger > 0, larger, last - first)


def gradient_and_bound(
    name: str, parameters: dict, prediction: torch.Tensor, target: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The losses, their gradients, and the bound that the docstrings promise, per coordinate."""
    loss = getattr(boxes, name)(prediction, target, **parameters, reduction="none")
    (gradient,) = torch.autograd.grad(loss.sum(), prediction)
    scale = length_scales(prediction.detach(), target)
    if name == "siou_loss":  # the angle couples the axes
        scale = torch.where(scale > 0, scale, torch.inf).amin(-1, keepdim=True).expand_as(scale)
    bound = torch.where(scale > 0, 10 / scale, 0)
    if name == "ciou_loss" or parameters.get("base") == "ciou":
        diagonal = sides(prediction.detach()).norm(dim=-1, keepdim=True)
        bound = bound + torch.where(diagonal > 0, 4 / math.pi / diagonal, 0)
        if parameters.get("trade_off") == "differentiated":
            bound = 3 * bound
    if parameters.get("focusing") == "normalised":  # what the mean divides by
        bound = bound / boxes.box_iou(prediction.detach(), target).sqrt().mean()
    return loss.detach(), gradient, torch.cat((bound, bound), -1)


WITHOUT_BOUND = [
    id
    for id, loss in oracle.RECORDS.items()
    if math.isinf(loss.properties.highest) or not loss.properties.scale_invariant
]
"""Losses to whose gradient the size of the boxes sets no bound."""


def steep(name: str, parameters: dict) -> bool:
    power = parameters.get("alpha", 3.0)
    if name == "focal_eiou_loss" and parameters.get("focusing") == "differentiated":
        power = parameters.get("gamma", oracle.RECORDS[name].defaults()["gamma"])
    return power < 1


@EXACT
@pytest.mark.parametrize(("name", "parameters"), FINITE, ids=oracle.variant_id)
def test_finite_and_bounded(name: str, parameters: dict, dtype: torch.dtype) -> None:
    prediction, target = all_pairs(dtype)
    loss, gradient, bound = gradient_and_bound(name, parameters, prediction, target)
    assert loss.isfinite().all()
    assert (loss >= -1e-6).all()
    assert gradient.isfinite().all()
    if name not in WITHOUT_BOUND and not steep(name, parameters):
        assert (gradient.abs() <= bound * 1.001).all()


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16], ids=["f16", "bf16"])
@pytest.mark.parametrize(("name", "parameters"), FINITE, ids=oracle.variant_id)
def test_finite_in_half_precision(name: str, parameters: dict, dtype: torch.dtype) -> None:
    if "image_size" in parameters:  # over an image of 8 × 6, boxes of 1e4 would exceed float16
        parameters = {"image_size": (4e4, 3e4)}
    prediction, target = all_pairs(dtype)
    holds = prediction.isfinite().all(-1) & target.isfinite().all(-1)
    prediction = prediction.detach()[holds].requires_grad_()
    loss = getattr(boxes, name)(prediction, target[holds], **parameters, reduction="none")
    (gradient,) = torch.autograd.grad(loss.sum(), prediction)
    assert loss.isfinite().all()
    assert gradient.isfinite().all()


@pytest.mark.parametrize("side", [0, 1], ids=["prediction", "target"])
@pytest.mark.parametrize("coordinate", range(4))
@pytest.mark.parametrize(("name", "parameters"), oracle.VARIANTS, ids=oracle.variant_id)
def test_a_coordinate_that_is_no_number_shows(
    name: str, parameters: dict, coordinate: int, side: int
) -> None:
    pair = torch.tensor([GRID["box"], GRID["nested"]], dtype=torch.float64)
    pair[side, coordinate] = math.nan
    assert getattr(boxes, name)(*pair, **parameters).isnan()


def test_shape_iou_of_boxes_in_pixels_with_a_large_scale() -> None:
    generator = torch.Generator().manual_seed(3)
    corner = 3e4 * torch.rand(2, 50, 2, generator=generator, dtype=torch.float64)
    sides_in_pixels = 3e4 * torch.rand(2, 50, 2, generator=generator, dtype=torch.float64) + 1
    prediction, target = torch.cat((corner, corner + sides_in_pixels), -1)
    expected = boxes.shape_iou_loss(prediction / 3e4, target / 3e4, scale=10.0)
    torch.testing.assert_close(boxes.shape_iou_loss(prediction, target, scale=10.0), expected)
    single = boxes.shape_iou_loss(prediction.float(), target.float(), scale=10.0)
    torch.testing.assert_close(single.double(), expected, rtol=1e-5, atol=1e-6)


@EXACT
def test_log_iou_is_infinite_exactly_where_nothing_overlaps(dtype: torch.dtype) -> None:
    prediction, target = all_pairs(dtype)
    loss = boxes.log_iou_loss(prediction, target, reduction="none")
    (gradient,) = torch.autograd.grad(loss[loss.isfinite()].sum(), prediction, retain_graph=True)
    torch.testing.assert_close(loss.isinf(), boxes.box_iou(prediction, target) == 0)
    assert gradient.isfinite().all()
    (gradient,) = torch.autograd.grad(loss.sum(), prediction)
    assert (gradient[loss.isinf()] == 0).all()


@pytest.mark.parametrize(
    ("name", "parameters"),
    [v for v in FINITE if v[0] not in WITHOUT_BOUND and not steep(*v)],
    ids=oracle.variant_id,
)
def test_bound_holds_for_boxes_of_any_shape(name: str, parameters: dict) -> None:
    generator = torch.Generator().manual_seed(11)

    def wild(count: int) -> torch.Tensor:
        corner = torch.randn(count, 2, generator=generator, dtype=torch.float64)
        corner = corner * 10 ** (4 * torch.rand(count, 1, generator=generator) - 3)
        exponent = 6 * torch.rand(count, 2, generator=generator, dtype=torch.float64) - 4
        return torch.cat((corner, corner + 10**exponent), -1)

    prediction = wild(20_000).requires_grad_()
    loss, gradient, bound = gradient_and_bound(name, parameters, prediction, wild(20_000))
    assert loss.isfinite().all()
    assert (gradient.abs() <= bound).all()


@pytest.mark.parametrize(("name", "parameters"), oracle.VARIANTS, ids=oracle.variant_id)
def test_identical_boxes_have_loss_and_gradient_zero(name: str, parameters: dict) -> None:
    # The two-way descent of an inverted box is no gradient of its zero, so those are left out.
    upright = [box for name, box in GRID.items() if "inverted" not in name]
    prediction = torch.tensor(upright, requires_grad=True)
    target = prediction.detach().clone()
    loss = getattr(boxes, name)(prediction, target, **parameters, reduction="none")
    loss.sum().backward()
    assert (loss.abs() < 1e-6).all()
    scale = sides(target).amax(-1, keepdim=True)
    assert (prediction.grad.abs() * torch.where(scale > 0, scale, 1) < 1e-4).all()


def test_decided_values() -> None:
    point, other = torch.tensor(POINT), torch.tensor(GRID["other point"])
    box = torch.tensor(GRID["box"])
    assert boxes.iou_loss(point, other) == 1
    assert boxes.iou_loss(point, box) == 1
    assert boxes.giou_loss(point, other) == 2
    assert boxes.diou_loss(point, other) == 2
    assert boxes.ciou_loss(point, other) == 2  # a point has no aspect ratio
    # Two segments at right angles differ in aspect as much as is possible: v = 1, α = 1/2.
    upright, flat = torch.tensor([2.0, 1, 2, 3]), torch.tensor([1.0, 2, 3, 2])
    torch.testing.assert_close(boxes.ciou_loss(upright, flat), torch.tensor(1.5))


@pytest.mark.parametrize("size", [1e-4, 1.0, 1e4])
@pytest.mark.parametrize(("name", "parameters"), oracle.VARIANTS, ids=oracle.variant_id)
def test_size_does_not_matter_in_float32(name: str, parameters: dict, size: float) -> None:
    if "image_size" in parameters:
        parameters = {"image_size": (8 * size, 6 * size)}
    predictions, targets = oracle.random_boxes(30, 8), oracle.random_boxes(30, 9)
    prediction = (torch.tensor(predictions) * size).float().requires_grad_()
    target = (torch.tensor(targets) * size).float()
    loss = getattr(boxes, name)(prediction, target, **parameters, reduction="none")
    given = prediction.detach().double().numpy(), target.double().numpy()
    expected = oracle.values(name, *given, **parameters)
    np.testing.assert_allclose(loss.detach().numpy(), expected, rtol=3e-5, atol=3e-6)
    loss[loss.isfinite()].sum().backward()
    assert prediction.grad.isfinite().all()


@pytest.mark.parametrize("name", ["giou_loss", "eiou_loss", "cdiou_loss", "siou_loss"])
def test_descent_opens_an_inverted_side_again(name: str) -> None:
    box = torch.tensor([3.0, 1, 2.5, 3], requires_grad=True)  # x2 < x1
    target = torch.tensor([1.0, 0, 5, 4])
    getattr(boxes, name)(box, target).backward()
    assert box.grad[2] < box.grad[0]  # x2 moves to the right of x1
