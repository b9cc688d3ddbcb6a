"""The switch to float32 and float16 of the classification page: what it shows is torch's.

Over the whole axis, for every loss of the view and every label, the rounded replay is held against
torch computing in that precision: `torch.nn.functional` where it has the loss, `losses` itself
where it has not. Where the two say different things the page says so, and so does a test here.
"""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch.nn import functional

from catalog import CATALOG, Loss
from experiments.classification import binary_program, mixed_program
from live.families import EVERY_PAGE
from live.families.classification.views import losses_of
from live.tape.loss_tapes import cached_tapes

REPLAY = """({ Replay }, tape, precision, lanes, given) => {
  const replay = new Replay(tape, { precision, lanes });
  for (const [name, value] of Object.entries(given))
    if (Array.isArray(value)) replay.lanesOf(name).set(value);
    else replay.set(name, value);
  replay.run();
  return [Array.from(replay.get("value")), Array.from(replay.get("gradient"))];
}"""
DTYPES = {"float32": torch.float32, "float16": torch.float16}
LOGITS = torch.arange(-60, 60.01, 0.0625, dtype=torch.float64)
PROBABILITIES = torch.linspace(1e-4, 1 - 1e-4, 601, dtype=torch.float64)
EPS = torch.finfo(torch.float32).eps
LABELS = {"positive": 1.0, "negative": 0.0}
every = pytest.mark.parametrize("precision", DTYPES)
every_loss = pytest.mark.parametrize("loss", losses_of("binary"), ids=lambda loss: loss.id)
Curve = tuple[np.ndarray, np.ndarray]


@pytest.fixture
def replayed(modules) -> Callable[..., Curve]:
    """Value and gradient along an axis, as the browser replays them in a precision."""
    tapes = cached_tapes("classification", EVERY_PAGE["classification"].programs())

    def replay(loss: Loss, axis: str, points: torch.Tensor, precision: str, **given) -> Curve:
        where = {"axis": axis, "mixed": "share" in given}
        (tape,) = (t for t in tapes if (t["name"], t["where"]) == (loss.id, where))
        sent = loss.defaults() | given | {axis: points.tolist()}
        known = {name for name, _ in tape["inputs"]}
        inputs = {name: value for name, value in sent.items() if name in known}
        found = modules("core/player.js", REPLAY, tape, precision, len(points), inputs)
        value, gradient = (np.array(numbers, dtype=np.float64) for numbers in found)
        return value, gradient

    return replay


def computed(function: Callable[[torch.Tensor], torch.Tensor], points: torch.Tensor) -> Curve:
    """Value and gradient as torch gives them, in the dtype of the points."""
    leaf = points.clone().requires_grad_()
    values = function(leaf)
    slopes = torch.zeros_like(leaf)
    if values.requires_grad:
        (slopes,) = torch.autograd.grad(values.sum(), leaf)
    return values.detach().double().numpy(), slopes.double().numpy()


def of_losses(loss: Loss, axis: str, label: float) -> Callable[[torch.Tensor], torch.Tensor]:
    program = binary_program(loss, axis)
    return lambda x: program(torch.full_like(x, label), **{axis: x}, **loss.defaults())["value"]


def assert_alike(ours: Curve, theirs: Curve, relative: float, absolute: float) -> None:
    """The same infinities and NaNs in the same places, and the same numbers but for rounding."""
    for name, found, expected in zip(("value", "gradient"), ours, theirs, strict=True):
        np.testing.assert_allclose(
            found, expected, rtol=relative, atol=absolute, equal_nan=True, err_msg=name
        )


@every_loss
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("axis", ["logit", "probability"])
def test_in_float32_a_loss_is_what_losses_computes(replayed, loss, axis, label):
    points = (LOGITS if axis == "logit" else PROBABILITIES).float()
    ours = replayed(loss, axis, points.double(), "float32", target=LABELS[label])
    theirs = computed(of_losses(loss, axis, LABELS[label]), points)
    assert_alike(ours, theirs, relative=2e-6, absolute=EPS)


@every_loss
def test_in_float32_a_crowd_is_what_losses_computes(replayed, loss):
    points, share = LOGITS.float(), torch.tensor(0.2)
    program = mixed_program(loss, "logit")
    ours = replayed(loss, "logit", points.double(), "float32", share=0.2)
    theirs = computed(lambda x: program(share, logit=x, **loss.defaults())["value"], points)
    assert_alike(ours, theirs, relative=2e-6, absolute=EPS)


@every
@pytest.mark.parametrize("label", LABELS)
def test_bce_on_probabilities_is_torchs_own(replayed, precision, label):
    """Also where its sigmoid has become exactly 1: 100 with gradient 0 in float32, and in float16
    100 with a gradient that is no number."""
    points = LOGITS.to(DTYPES[precision])

    def own(logits: torch.Tensor) -> torch.Tensor:
        target = torch.full_like(logits, LABELS[label])
        return functional.binary_cross_entropy(torch.sigmoid(logits), target, reduction="none")

    ours = replayed(CATALOG["bce_loss"], "logit", points.double(), precision, target=LABELS[label])
    eps = torch.finfo(DTYPES[precision]).eps
    assert_alike(ours, computed(own, points), relative=8 * eps, absolute=1e-9)


@every
@pytest.mark.parametrize("label", LABELS)
def test_bce_on_logits_is_torchs_own_but_for_small_losses(replayed, precision, label):
    """PyTorch's loses a small value against the 1 in 1 + e^−|z|; ours, here as in `losses`, keeps
    its digits. To what that 1 can hold the two agree."""
    points = LOGITS.to(DTYPES[precision])

    def own(logits: torch.Tensor) -> torch.Tensor:
        target = torch.full_like(logits, LABELS[label])
        return functional.binary_cross_entropy_with_logits(logits, target, reduction="none")

    ours = replayed(
        CATALOG["bce_with_logits_loss"], "logit", points.double(), precision, target=LABELS[label]
    )
    eps = torch.finfo(DTYPES[precision]).eps
    assert_alike(ours, computed(own, points), relative=4 * eps, absolute=4 * eps)


@every_loss
@pytest.mark.parametrize("label", LABELS)
def test_in_float16_every_operation_is_rounded_where_losses_rounds_once(replayed, loss, label):
    """`losses` computes in float32 inside. So where the sigmoid has become exactly 0 or 1 and is
    right, its BCE on probabilities has a gradient of 0, and the rounded one has 0/0; where it is
    wrong neither has one. Everything else agrees to what float16 can hold."""
    points = LOGITS.half()
    ours = replayed(loss, "logit", points.double(), "float16", target=LABELS[label])
    theirs = computed(of_losses(loss, "logit", LABELS[label]), points)
    if loss.id in ("bce_loss", "weighted_bce_loss"):
        right = np.isnan(ours[1]) & (ours[0] == 0)
        assert right.any()
        assert (theirs[1][right] == 0).all()
        ours = ours[0], np.where(right, 0, ours[1])
    eps = torch.finfo(torch.float16).eps
    assert_alike(ours, theirs, relative=4 * eps, absolute=eps)


def test_at_seventeen_the_stage_says_what_torch_says(replayed):
    value, gradient = replayed(
        CATALOG["bce_loss"], "logit", torch.tensor([16.5, 17.0]), "float32", target=0.0
    )
    assert (value[1], gradient[1]) == (100, 0)
    assert value[0] == pytest.approx(15.942385)
