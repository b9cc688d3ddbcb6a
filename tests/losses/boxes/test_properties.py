"""What must hold for any two boxes."""

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import family
from losses import boxes
from tests.losses.boxes.oracle import CONTEXT, LOSSES, VARIANTS

RAYS = 40

place = st.floats(-50, 50)
side = st.floats(0.01, 50)
SETTINGS = settings(max_examples=60, deadline=None)


@st.composite
def box(draw: st.DrawFn) -> torch.Tensor:
    x, y = draw(place), draw(place)
    return torch.tensor([x, y, x + draw(side), y + draw(side)], dtype=torch.float64)


def evaluate(name: str, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return getattr(boxes, name)(prediction, target, **CONTEXT.get(name, {}), reduction="none")


@SETTINGS
@given(box(), box())
def test_range(prediction: torch.Tensor, target: torch.Tensor) -> None:
    for record in family("boxes"):
        loss = evaluate(record.id, prediction, target)
        assert record.properties.lowest - 1e-12 <= loss <= record.properties.highest + 1e-12, (
            record.id
        )


@SETTINGS
@given(box())
def test_zero_at_a_match(prediction: torch.Tensor) -> None:
    for name, parameters in VARIANTS:
        assert getattr(boxes, name)(prediction, prediction.clone(), **parameters) == 0, name


@SETTINGS
@given(box(), box(), place, place, st.floats(0.01, 100))
def test_invariance(
    prediction: torch.Tensor, target: torch.Tensor, dx: float, dy: float, factor: float
) -> None:
    move = torch.tensor([dx, dy, dx, dy], dtype=torch.float64)

    def measured(name: str, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        # exp(−loss): boxes that touch may overlap by a rounding error after the move, which is
        # nothing for IoU, but for its logarithm the step from infinity to about 30.
        return (-evaluate(name, prediction, target)).exp()

    for name in LOSSES:
        loss = measured(name, prediction, target)
        moved = measured(name, prediction + move, target + move)
        torch.testing.assert_close(moved, loss, rtol=1e-8, atol=1e-8)
        if name != "mpdiou_loss":
            scaled = measured(name, factor * prediction, factor * target)
            torch.testing.assert_close(scaled, loss, rtol=1e-8, atol=1e-8)


def test_mpdiou_knows_the_size_of_the_image() -> None:
    prediction, target = torch.tensor([1.0, 1, 4, 3]), torch.tensor([2.0, 1.5, 6, 4.5])
    size = {"image_size": (8.0, 6.0)}
    assert boxes.mpdiou_loss(prediction, target, **size) < boxes.mpdiou_loss(
        2 * prediction, 2 * target, **size
    )


@SETTINGS
@given(box(), box())
def test_symmetry(prediction: torch.Tensor, target: torch.Tensor) -> None:
    for name in LOSSES:
        there, back = evaluate(name, prediction, target), evaluate(name, target, prediction)
        torch.testing.assert_close(there, back, rtol=1e-10, atol=1e-10)


@SETTINGS
@given(box(), st.floats(-1, 1), st.floats(-1, 1))
def test_no_loss_rewards_distance(target: torch.Tensor, dx: float, dy: float) -> None:
    # A box of the target's shape leaves along a ray. A loss with a wrong sign in its distance
    # falls again.
    reach = torch.linspace(0, 300, RAYS, dtype=torch.float64)[:, None]
    direction = torch.tensor([dx, dy, dx, dy], dtype=torch.float64)
    path = target + reach * direction
    for name in LOSSES:
        if name == "focal_eiou_loss":  # 0 for disjoint boxes, on purpose
            continue
        loss = evaluate(name, path, target)
        step = torch.where(loss[1:].isinf(), 0, loss[1:] - loss[:-1])
        assert (step >= -1e-9).all(), name


@SETTINGS
@given(box(), side, side, st.floats(-1, 1), st.floats(-1, 1))
def test_distance_costs_for_boxes_of_any_shape(
    target: torch.Tensor, width: float, height: float, dx: float, dy: float
) -> None:
    x, y, _, _ = boxes.corners_to_centre(target)
    sides = torch.tensor([width, height], dtype=torch.float64)
    concentric = boxes.centre_to_corners(torch.cat((torch.stack((x, y)), sides)))
    reach = torch.linspace(0, 300, RAYS, dtype=torch.float64)[:, None]
    path = concentric + reach * torch.tensor([dx, dy, dx, dy], dtype=torch.float64)
    for name in ("iou_loss", "diou_loss", "siou_loss", "wiou_loss", "mpdiou_loss",
                 "alpha_iou_loss", "inner_iou_loss", "shape_iou_loss"):  # fmt: skip
        loss = evaluate(name, path, target)
        assert (loss[1:] - loss[:-1] >= -1e-9).all(), name


@SETTINGS
@given(box(), st.tuples(*[st.floats(0.01, 0.49)] * 4))
def test_giou_of_nested_boxes_is_iou(outer: torch.Tensor, insets: tuple[float, ...]) -> None:
    inset = torch.tensor(insets, dtype=torch.float64)
    width, height = outer[2] - outer[0], outer[3] - outer[1]
    inner = outer + inset * torch.stack((width, height, -width, -height))
    for pair in ((inner, outer), (outer, inner)):
        torch.testing.assert_close(boxes.giou_loss(*pair), boxes.iou_loss(*pair))


@SETTINGS
@given(box(), box())
def test_ciou_is_diou_plus_the_weighted_aspect(
    prediction: torch.Tensor, target: torch.Tensor
) -> None:
    def ratio(box: torch.Tensor) -> torch.Tensor:
        return (box[2] - box[0]) / (box[3] - box[1])

    v = (4 / torch.pi**2) * (ratio(target).atan() - ratio(prediction).atan()) ** 2
    alpha = v / (boxes.iou_loss(prediction, target) + v)
    difference = boxes.ciou_loss(prediction, target) - boxes.diou_loss(prediction, target)
    torch.testing.assert_close(difference, alpha.nan_to_num() * v, rtol=1e-9, atol=1e-12)


@SETTINGS
@given(box(), box())
def test_terms_add_up_to_the_loss(prediction: torch.Tensor, target: torch.Tensor) -> None:
    for record in family("boxes"):
        for options in _choices(record.options):
            parameters = record.defaults() | options | CONTEXT.get(record.id, {})
            readings = record.intermediates(prediction, target, **parameters)
            total = sum(readings[term] for term in record.terms)
            loss = record.call(prediction, target, **parameters)
            torch.testing.assert_close(total, loss, rtol=1e-12, atol=1e-14)


def _choices(options: tuple) -> list[dict[str, str]]:
    if not options:
        return [{}]
    (option,) = options
    return [{option.name: choice} for choice in option.choices]
