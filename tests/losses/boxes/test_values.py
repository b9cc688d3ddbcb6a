"""Values and gradients of the box losses against the test vectors and against plain formulas."""

import math

import numpy as np
import pytest
import torch

from losses import boxes
from tests.losses.boxes import oracle
from tests.vectors import Vector, vectors

# The fact sheet's words for what the functions take as options.
OPTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "1-IoU": ("iou_loss", {}),
    "-ln(IoU)": ("log_iou_loss", {}),
    "stop-gradient, not gated (AAAI 2020, torchvision)": ("", {"trade_off": "constant"}),
    "differentiated through": ("", {"trade_off": "differentiated"}),
    "stop-gradient, set to 0 when IoU < 0.5 (2021 journal version)": ("", {"trade_off": "gated"}),
}
FOCUSINGS = {"stop-gradient": "detached", "differentiated through": "differentiated"}
BASES = {"1-IoU": "iou", "1-GIoU": "giou"}
NAMES = (
    "iou_loss", "giou_loss", "diou_loss", "ciou_loss", "eiou_loss", "focal_eiou_loss", "cdiou_loss",
)  # fmt: skip


def call(vector: Vector, prediction: torch.Tensor) -> torch.Tensor:
    name, options, given = vector.loss, {}, vector.parameters
    if name == "focal_eiou_loss":
        options = {"gamma": given["gamma"], "focusing": FOCUSINGS[given["weight"]]}
    elif name == "cdiou_loss":
        options = {"base": BASES[given["base"]]}
    elif given:
        (word,) = given.values()
        other, options = OPTIONS[word]
        name = other or name
    return getattr(boxes, name)(prediction, vector.tensor("target"), **options)


def test_every_loss_has_an_oracle() -> None:
    missing = oracle.RECORDS.keys() - oracle.FUNCTIONS.keys()
    assert not missing, f"tests/losses/oracle.py has no function {sorted(missing)}"


@pytest.mark.parametrize("vector", [v for name in NAMES for v in vectors(name)], ids=str)
def test_vector(vector: Vector) -> None:
    prediction = vector.tensor("pred").requires_grad_()
    value = call(vector, prediction)
    value.backward()
    assert value.item() == pytest.approx(float(vector.value), rel=1e-9, abs=1e-12)
    if isinstance(vector.gradients["pred"], str):  # "kink" or "undefined": finite all the same
        assert prediction.grad.isfinite().all()
    else:
        torch.testing.assert_close(prediction.grad, vector.gradient("pred"), rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize(("name", "parameters"), oracle.VARIANTS, ids=oracle.variant_id)
def test_values_and_gradients_agree_with_plain_formulas(name: str, parameters: dict) -> None:
    predictions, targets = oracle.random_boxes(60, 1), oracle.random_boxes(60, 2)
    expected = oracle.values(name, predictions, targets, **parameters)
    assert np.isfinite(expected).mean() > 0.3  # not only disjoint pairs
    prediction = torch.tensor(predictions, requires_grad=True)
    loss = getattr(boxes, name)(prediction, torch.tensor(targets), **parameters, reduction="none")
    np.testing.assert_allclose(loss.detach().numpy(), expected, rtol=1e-12, atol=1e-12)

    loss.sum().backward()
    finite = np.isfinite(expected)
    slopes = oracle.gradients(name, predictions[finite], targets[finite], **parameters)
    np.testing.assert_allclose(prediction.grad[finite].numpy(), slopes, rtol=1e-5, atol=2e-8)


# Their weights are constants in the backward pass, so the gradient is not that of the value.
CONSTANT_IN_BACKWARD = ("ciou_loss", "focal_eiou_loss", "wiou_loss", "shape_iou_loss")
DIFFERENTIABLE = [
    (name, parameters)
    for name, parameters in oracle.VARIANTS
    if not (name in CONSTANT_IN_BACKWARD or parameters.get("base") == "ciou")
    or "differentiated" in parameters.values()
]


@pytest.mark.parametrize(("name", "parameters"), DIFFERENTIABLE, ids=oracle.variant_id)
def test_gradcheck_in_both_boxes(name: str, parameters: dict) -> None:
    # Overlapping pairs and a disjoint one, no edges aligned.
    prediction = torch.tensor([[1.0, 1, 4, 3], [2, 2, 3, 2.5]], dtype=torch.float64)
    target = torch.tensor([[2.0, 1.5, 6, 4.5], [5, 0, 7, 1]], dtype=torch.float64)
    finite = getattr(boxes, name)(prediction, target, **parameters, reduction="none").isfinite()
    inputs = (prediction[finite].requires_grad_(), target[finite].requires_grad_())
    assert torch.autograd.gradcheck(
        lambda p, t: getattr(boxes, name)(p, t, **parameters, reduction="none"), inputs
    )


def test_normalised_focus_divides_by_the_sum_of_the_weights() -> None:
    predictions, targets = oracle.random_boxes(40, 3), oracle.random_boxes(40, 4)
    outer = np.random.default_rng(5).uniform(0, 2, 40)
    focus = np.sqrt(1 - oracle.values("iou_loss", predictions, targets))
    eiou = oracle.values("eiou_loss", predictions, targets)

    def loss(**keywords: torch.Tensor) -> float:
        prediction, target = torch.tensor(predictions), torch.tensor(targets)
        return boxes.focal_eiou_loss(prediction, target, focusing="normalised", **keywords).item()

    assert loss() == pytest.approx((focus * eiou).sum() / focus.sum(), rel=1e-12)
    expected = (outer * focus * eiou).sum() / (outer * focus).sum()
    assert loss(weight=torch.tensor(outer)) == pytest.approx(expected, rel=1e-12)


def test_normalised_focus_of_disjoint_boxes_is_zero() -> None:
    prediction = torch.tensor([[0.0, 0, 1, 1], [0, 2, 1, 3]], requires_grad=True)
    target = torch.tensor([5.0, 5, 6, 6])
    loss = boxes.focal_eiou_loss(prediction, target, focusing="normalised")
    loss.backward()
    assert loss == 0
    assert (prediction.grad == 0).all()


def test_gamma_zero_is_eiou_also_for_disjoint_boxes() -> None:
    prediction = torch.tensor([[1.0, 1, 4, 3], [2, 2, 3, 2.5]])
    target = torch.tensor([[2.0, 1.5, 6, 4.5], [5, 0, 7, 1]])
    for focusing in ("detached", "differentiated", "normalised"):
        focal = boxes.focal_eiou_loss(prediction, target, gamma=0.0, focusing=focusing)
        torch.testing.assert_close(focal, boxes.eiou_loss(prediction, target))


def test_differentiated_focus_pushes_apart_at_low_overlap() -> None:
    prediction = torch.tensor([9.0, 0, 19, 10], requires_grad=True)
    target = torch.tensor([0.0, 1, 10, 11])
    (apart,) = torch.autograd.grad(
        boxes.focal_eiou_loss(prediction, target, focusing="differentiated"), prediction
    )
    (together,) = torch.autograd.grad(boxes.focal_eiou_loss(prediction, target), prediction)
    assert apart[0] + apart[2] < 0 < together[0] + together[2]


def test_weights_and_reductions() -> None:
    prediction = torch.tensor([[1.0, 1, 4, 3], [2, 2, 3, 2.5], [0, 0, 1, 1]])
    target = torch.tensor([[2.0, 1.5, 6, 4.5], [5, 0, 7, 1], [0, 0, 1, 1]])
    single = [boxes.giou_loss(p, t) for p, t in zip(prediction, target, strict=True)]
    weight = torch.tensor([3.0, 1, 4])
    weighted = sum(w * s for w, s in zip(weight, single, strict=True))
    torch.testing.assert_close(
        boxes.giou_loss(prediction, target, reduction="none"), torch.stack(single)
    )
    torch.testing.assert_close(
        boxes.giou_loss(prediction, target, weight=weight, reduction="sum"), weighted
    )
    torch.testing.assert_close(boxes.giou_loss(prediction, target, weight=weight), weighted / 8)


def test_log_iou_is_infinite_without_overlap_and_a_weight_of_zero_takes_the_box_out() -> None:
    prediction = torch.tensor([[1.0, 1, 4, 3], [0, 0, 1, 1]], requires_grad=True)
    target = torch.tensor([[2.0, 1.5, 6, 4.5], [3, 2, 5, 5]])
    assert boxes.log_iou_loss(prediction, target).item() == math.inf
    for reduction, expected in (("mean", math.log(5)), ("sum", math.log(5))):
        loss = boxes.log_iou_loss(
            prediction, target, weight=torch.tensor([1.0, 0]), reduction=reduction
        )
        (gradient,) = torch.autograd.grad(loss, prediction)
        assert loss.item() == pytest.approx(expected)
        assert (gradient[0] != 0).all()
        assert (gradient[1] == 0).all()


def test_inner_iou_swaps_the_iou_of_another_loss() -> None:
    predictions = torch.tensor(oracle.random_boxes(30, 6))
    targets = torch.tensor(oracle.random_boxes(30, 7))
    both = {"prediction": predictions, "target": targets, "reduction": "none"}
    swapped = boxes.diou_loss(**both) + boxes.inner_iou_loss(**both) - boxes.iou_loss(**both)
    penalty = boxes.diou_loss(**both) - boxes.iou_loss(**both)
    torch.testing.assert_close(swapped - penalty, boxes.inner_iou_loss(**both))
    torch.testing.assert_close(boxes.inner_iou_loss(**both, ratio=1.0), boxes.iou_loss(**both))


def test_box_iou() -> None:
    prediction = torch.tensor([[1.0, 1, 4, 3], [0, 0, 1, 1]])
    target = torch.tensor([[2.0, 1.5, 6, 4.5], [3, 2, 5, 5]])
    torch.testing.assert_close(boxes.box_iou(prediction, target), torch.tensor([0.2, 0]))
    torch.testing.assert_close(
        boxes.box_iou(prediction[:, None], target), torch.tensor([[0.2, 1 / 11], [0, 0]])
    )


def test_conversions() -> None:
    corners = torch.tensor([[1.0, 1, 4, 3], [2, 1.5, 6, 4.5]])
    centre = torch.tensor([[2.5, 2, 3, 2], [4, 3, 4, 3]])
    torch.testing.assert_close(boxes.corners_to_centre(corners), centre)
    torch.testing.assert_close(boxes.centre_to_corners(centre), corners)
