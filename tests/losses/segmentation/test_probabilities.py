"""The losses of masks: vectors, closed forms, empty masks, pictures and volumes."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from losses.binary import bce_loss, focal_loss_on_probabilities
from losses.segmentation import (
    dice_bce_loss,
    dice_loss,
    focal_tversky_loss,
    jaccard_loss,
    pixel_bce_loss,
    pixel_focal_loss,
    tversky_loss,
)
from tests.losses.checks import (
    PROPERTY,
    assert_vector,
    assert_works_in_every_dtype,
    value_and_gradient,
)
from tests.vectors import Vector, vectors

OVERLAP = {
    "dice": dice_loss,
    "dice of squares": partial(dice_loss, denominator="squares"),
    "tversky": tversky_loss,
    "focal_tversky": focal_tversky_loss,
    "jaccard": jaccard_loss,
}
PIXELWISE = {
    "pixel_bce": pixel_bce_loss,
    "pixel_focal": pixel_focal_loss,
    "dice_bce": dice_bce_loss,
}
ALL = OVERLAP | PIXELWISE
every_loss = pytest.mark.parametrize("loss", ALL.values(), ids=ALL.keys())
overlap_losses = pytest.mark.parametrize("loss", OVERLAP.values(), ids=OVERLAP.keys())

GENERATOR = torch.Generator().manual_seed(0)
P = torch.rand(3, 2, 4, 5, generator=GENERATOR, dtype=torch.float64) * 0.9 + 0.05
G = (torch.rand(3, 2, 4, 5, generator=GENERATOR) > 0.6).double()


@pytest.mark.parametrize("vector", vectors("dice"), ids=str)
def test_dice_vectors(vector: Vector) -> None:
    def loss(pred: torch.Tensor) -> torch.Tensor:
        return dice_loss(
            pred,
            vector.tensor("target"),
            denominator="squares" if "squared" in vector.parameters["denominator"] else "sum",
            smoothing=vector.parameters["eps"],
            dim=-1,
        )

    assert_vector(vector, loss, {"pred": vector.tensor("pred")})


@pytest.mark.parametrize("vector", vectors("tversky"), ids=str)
def test_tversky_vectors(vector: Vector) -> None:
    a, b, smoothing = (vector.parameters[name] for name in ("alpha", "beta", "eps"))
    target = vector.tensor("target")

    def loss(pred: torch.Tensor) -> torch.Tensor:
        return tversky_loss(pred, target, fp_weight=a, fn_weight=b, smoothing=smoothing, dim=-1)

    assert_vector(vector, loss, {"pred": vector.tensor("pred")})
    if a == b == 1:
        assert_vector(
            vector,
            lambda pred: jaccard_loss(pred, target, smoothing=smoothing, dim=-1),
            {"pred": vector.tensor("pred")},
        )


def oracle(name: str, p: np.ndarray, g: np.ndarray, e: float = 1.0) -> float:
    """One mask, the ratios as the papers print them."""
    tp, fp, fn = (p * g).sum(), (p * (1 - g)).sum(), ((1 - p) * g).sum()
    tversky = 1 - (tp + e) / (tp + 0.3 * fp + 0.7 * fn + e)
    dice = 1 - (2 * tp + e) / (p.sum() + g.sum() + e)
    bce = -(g * np.log(p) + (1 - g) * np.log(1 - p)).mean()
    focal = 0.25 * g * (1 - p) ** 2 * -np.log(p) + 0.75 * (1 - g) * p**2 * -np.log(1 - p)
    return {
        "dice": dice,
        "dice of squares": 1 - (2 * tp + e) / ((p**2).sum() + (g**2).sum() + e),
        "tversky": tversky,
        "focal_tversky": tversky**0.75,
        "jaccard": 1 - (tp + e) / (p.sum() + g.sum() - tp + e),
        "pixel_bce": bce,
        "pixel_focal": focal.mean(),
        "dice_bce": dice + bce,
    }[name]


@pytest.mark.parametrize("name", ALL)
def test_losses_equal_the_papers_one_mask_at_a_time(name: str) -> None:
    expected = [
        [oracle(name, p, g) for p, g in zip(ps, gs, strict=True)]
        for ps, gs in zip(P.numpy(), G.numpy(), strict=True)
    ]
    value = ALL[name](P, G, reduction="none")
    assert value.shape == (3, 2)
    np.testing.assert_allclose(value.numpy(), expected, rtol=1e-12)
    assert ALL[name](P, G).item() == pytest.approx(np.mean(expected), rel=1e-12)


@every_loss
def test_pictures_volumes_and_pooled_batches(loss) -> None:
    """A volume is one mask over three dimensions; dim decides, not the number of dimensions."""
    volume = loss(P, G, dim=(-3, -2, -1), reduction="none")
    assert volume.shape == (3,)
    flat = loss(P.reshape(3, 40), G.reshape(3, 40), dim=-1, reduction="none")
    torch.testing.assert_close(volume, flat)
    pooled = loss(P, G, dim=(0, 2, 3), reduction="none")
    torch.testing.assert_close(
        pooled, loss(P.transpose(0, 1).reshape(2, 60), G.transpose(0, 1).reshape(2, 60),
                     dim=1, reduction="none")
    )  # fmt: skip
    if loss in OVERLAP.values():
        assert not torch.allclose(volume.mean(), loss(P, G))


def test_relations() -> None:
    """Tversky at ½, ½, ε is Dice at 2ε; at 1, 1 it is Jaccard; J = 2D/(1 + D) without ε."""
    half = tversky_loss(P, G, fp_weight=0.5, fn_weight=0.5, smoothing=0.7)
    torch.testing.assert_close(half, dice_loss(P, G, smoothing=1.4))
    torch.testing.assert_close(tversky_loss(P, G, fp_weight=1, fn_weight=1), jaccard_loss(P, G))
    d = dice_loss(P, G, smoothing=0, reduction="none")
    torch.testing.assert_close(jaccard_loss(P, G, smoothing=0, reduction="none"), 2 * d / (1 + d))
    torch.testing.assert_close(focal_tversky_loss(P, G, gamma=1), tversky_loss(P, G))
    torch.testing.assert_close(dice_loss(G, 1 - G, denominator="squares"), dice_loss(G, 1 - G))
    torch.testing.assert_close(pixel_bce_loss(P, G), bce_loss(P, G))
    torch.testing.assert_close(
        pixel_focal_loss(P, G, alpha=None, gamma=0.5),
        focal_loss_on_probabilities(P, G, alpha=None, gamma=0.5),
    )
    both = dice_bce_loss(P, G, dice_weight=0.3, bce_weight=2, smoothing=5)
    torch.testing.assert_close(both, 0.3 * dice_loss(P, G, smoothing=5) + 2 * pixel_bce_loss(P, G))


def test_hard_masks_give_one_minus_f1() -> None:
    prediction = torch.tensor([[1.0, 1.0, 0.0, 0.0]])
    target = torch.tensor([[1.0, 0.0, 1.0, 1.0]])
    assert dice_loss(prediction, target, smoothing=0, dim=-1).item() == pytest.approx(1 - 2 / 5)


def test_false_negatives_cost_their_own_weight() -> None:
    target = torch.zeros(1, 4, 5)
    target[..., :2, :] = 1
    missing, extra = target.clone(), target.clone()
    missing[0, 0, :2] = 0
    extra[0, 2, :2] = 1
    loss = partial(tversky_loss, target=target, smoothing=0)
    assert loss(missing).item() == pytest.approx(0.7 * 2 / (8 + 0.7 * 2))
    assert loss(extra).item() == pytest.approx(0.3 * 2 / (10 + 0.3 * 2))
    swapped = loss(extra, fp_weight=0.7, fn_weight=0.3).item()
    assert swapped == pytest.approx(0.7 * 2 / (10 + 0.7 * 2))


def test_numbers_are_learnt() -> None:
    number = torch.tensor(0.6, dtype=torch.float64, requires_grad=True)
    for loss, names in (
        (dice_loss, ["smoothing"]),
        (tversky_loss, ["fp_weight", "fn_weight", "smoothing"]),
        (focal_tversky_loss, ["gamma"]),
        (pixel_focal_loss, ["alpha", "gamma"]),
        (dice_bce_loss, ["dice_weight", "bce_weight"]),
    ):
        for name in names:
            assert torch.autograd.gradcheck(
                lambda n, loss=loss, name=name: loss(P, G, **{name: n}), number
            )
            torch.testing.assert_close(
                loss(P, G, **{name: number.detach()}), loss(P, G, **{name: 0.6})
            )


@every_loss
def test_a_picture_with_more_pixels_than_float16_counts(loss) -> None:
    picture = P[0, 0].repeat(100, 100)
    assert_works_in_every_dtype(loss, (picture, G[0, 0].repeat(100, 100)))


@overlap_losses
@pytest.mark.parametrize("smoothing", [0.0, 1e-6, 1.0])
def test_a_perfect_mask_costs_exactly_nothing(loss, smoothing: float) -> None:
    for mask in (G[0, 0], torch.zeros(4, 5), torch.ones(4, 5)):
        value, gradient = value_and_gradient(partial(loss, smoothing=smoothing), mask, mask)
        assert value == 0
        assert gradient.isfinite().all()


@overlap_losses
def test_an_empty_target_still_pulls_false_positives_down(loss) -> None:
    empty = torch.zeros(8, 8)
    value, gradient = value_and_gradient(loss, torch.full((8, 8), 0.3), empty)
    assert 0 < value < 1
    assert (gradient > 1e-4).all()
    # Without smoothing it is all or nothing, and still finite.
    value, gradient = value_and_gradient(
        partial(loss, smoothing=0.0), torch.full((8, 8), 0.3), empty
    )
    assert value.item() == pytest.approx(1)
    assert gradient.abs().max() < 1e-6


@every_loss
@pytest.mark.parametrize("smoothing", [0.0, 1.0])
def test_every_corner_of_the_cube_is_finite(loss, smoothing: float) -> None:
    options = {"smoothing": smoothing} if loss not in (pixel_bce_loss, pixel_focal_loss) else {}
    corners = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * 6)
    value, gradient = value_and_gradient(
        partial(loss, dim=-1, reduction="none", **options), corners[:, :3], corners[:, 3:]
    )
    assert value.isfinite().all()
    assert gradient.isfinite().all()
    assert (value >= 0).all()


masks = arrays.arrays(np.float64, (3, 4), elements=st.floats(0, 1))


@PROPERTY
@given(p=masks, g=masks, smoothing=st.floats(0, 10))
def test_overlap_losses_stay_in_the_unit_interval(p, g, smoothing) -> None:
    prediction, target = torch.tensor(p), torch.tensor(g)
    for name, loss in OVERLAP.items():
        value = loss(prediction, target, smoothing=smoothing)
        assert 0 <= value <= 1 + 1e-12
        if name in ("dice", "dice of squares", "jaccard"):
            torch.testing.assert_close(value, loss(target, prediction, smoothing=smoothing))
    assert jaccard_loss(prediction, target, smoothing=smoothing) >= (
        dice_loss(prediction, target, smoothing=2 * smoothing) - 1e-12
    )


@every_loss
def test_targets_of_other_dtypes_are_read_and_shapes_broadcast(loss) -> None:
    expected = loss(P.float(), G.float())
    for dtype in (torch.bool, torch.int64):
        value = loss(P.float(), G.to(dtype))
        assert value.dtype == torch.float32
        torch.testing.assert_close(value, expected)
    torch.testing.assert_close(loss(P, G[:1]), loss(P, G[:1].expand_as(G)))
    weight = torch.tensor([[1.0], [0.0], [0.0]], dtype=torch.float64)
    torch.testing.assert_close(loss(P, G, weight=weight), loss(P[:1], G[:1]))


@every_loss
def test_no_masks_and_no_pixels_cost_nothing(loss) -> None:
    assert loss(torch.empty(0, 4, 4), torch.empty(0, 4, 4)) == 0
    assert loss(torch.empty(2, 0, 4), torch.empty(2, 0, 4), reduction="none").tolist() == [0, 0]


@every_loss
def test_bad_input_is_named(loss) -> None:
    with pytest.raises(ValueError, match="probabilities must have a floating dtype"):
        loss(G.long(), G)
    with pytest.raises(ValueError, match=r"probabilities must lie in \[0, 1\]; got"):
        loss(3 * P, G)
    with pytest.raises(ValueError, match=r"target must lie in \[0, 1\]; got 255"):
        loss(P, 255 * torch.ones(1, 1, 4, 5, dtype=torch.uint8))
    with pytest.raises(ValueError, match=r"probabilities must lie in \[0, 1\]; got nan"):
        loss(P * math.nan, G)
    with pytest.raises(ValueError, match="shapes must broadcast together"):
        loss(P, G[..., :3])
    for dim in (-1, (0, 0), (), 4, (-5,), (1, -3)):
        if dim == -1:
            continue
        with pytest.raises(
            ValueError, match=r"dim must name different dimensions .*\(3, 2, 4, 5\)"
        ):
            loss(P, G, dim=dim)
    with pytest.raises(ValueError, match="dim must name different dimensions"):
        loss(torch.ones(3), torch.ones(3))
    with pytest.raises(ValueError, match="reduction must be one of"):
        loss(P, G, reduction="average")


def test_bad_numbers_and_names_are_named() -> None:
    with pytest.raises(ValueError, match="denominator must be one of sum, squares; got 'vnet'"):
        dice_loss(P, G, denominator="vnet")
    for loss, name, bad in (
        (dice_loss, "smoothing", -1.0),
        (jaccard_loss, "smoothing", -1.0),
        (tversky_loss, "fp_weight", -0.3),
        (tversky_loss, "fn_weight", -0.7),
        (focal_tversky_loss, "gamma", 0.0),
        (pixel_focal_loss, "gamma", -2.0),
        (pixel_focal_loss, "alpha", 2.0),
        (dice_bce_loss, "dice_weight", -1.0),
        (dice_bce_loss, "bce_weight", -1.0),
    ):
        with pytest.raises(ValueError, match=f"{name} must be a number .*; got {bad}"):
            loss(P, G, **{name: bad})
