"""Torch's and torchvision's own functions print the number on the screen, and differ as told."""

import sys
from types import ModuleType

import pytest
import torch
from torch.nn import functional

import losses
from benchmarks.loss_peers import module
from catalog import CATALOG
from live.families import EVERY_PAGE
from live.families.built_in import CONVERSION, built_in_program, differences
from live.families.page_tables import table
from live.words.text import LANGUAGES, load
from tests.live.families.test_portable import snippets
from tests.live.families.test_snippets import LOSSES, numbers, run

T = torch.tensor
KNOWN = load("built_in")
TORCHVISION = {
    "giou_loss": ("generalized_box_iou_loss",),
    "diou_loss": ("distance_box_iou_loss",),
    "ciou_loss": ("complete_box_iou_loss",),
    "focal_loss": ("sigmoid_focal_loss",),
    "boxes": ("box_iou", "box_convert"),
}


@pytest.fixture(scope="module")
def ops() -> ModuleType:
    """`torchvision.ops` of the installed torchvision: the source of its losses, without its
    compiled parts, which need not fit this build of torch."""
    for name, functions in TORCHVISION.items():
        found = module(f"torchvision.ops.{name}")
        for function in functions:
            setattr(sys.modules["torchvision.ops"], function, getattr(found, function))
    return sys.modules["torchvision.ops"]


@pytest.mark.parametrize(("name", "loss"), LOSSES)
def test_it_prints_what_the_snippet_prints(name, loss, ops):
    programs = [(snippet, built_in_program(snippet)) for snippet in snippets(name, loss)]
    assert any(program for _, program in programs) == (loss.id in KNOWN)
    for snippet, program in programs:
        if program:
            assert "from losses" not in program
            assert "import losses" not in program
            expected, printed = numbers(run(snippet)), numbers(run(program))
            assert printed == pytest.approx(expected, rel=2e-6, abs=2e-6, nan_ok=True)


@pytest.mark.parametrize("loss", [loss for loss in CATALOG.values() if loss.options])
def test_a_choice_that_torch_lacks_has_no_program(loss, ops):
    (option,) = loss.options
    start = {**table(loss.family).start(), "loss": loss.id}
    for choice in option.choices:
        state = {**start, f"{loss.id}.{option.name}": choice}
        snippet = EVERY_PAGE[loss.family].snippet(loss, state)
        program = built_in_program(snippet)
        assert bool(program) == (choice in KNOWN.get(loss.id, {}).get("call", ()))
        if program:
            assert numbers(run(program)) == pytest.approx(numbers(run(snippet)), abs=2e-6)


def test_the_corners_of_a_box_are_torchvisions_as_well(ops):
    start = {**table("boxes").start(), "coordinates": "centre"}
    snippet = EVERY_PAGE["boxes"].snippet(CATALOG["ciou_loss"], start)
    program = built_in_program(snippet)
    assert "ops.box_convert" in program
    assert numbers(run(program)) == pytest.approx(numbers(run(snippet)), abs=2e-6)


def test_the_page_of_concepts_has_one_with_a_word_for_each_of_its_functions():
    snippet = EVERY_PAGE["concepts"].snippet(None, table("concepts").start())
    assert numbers(run(built_in_program(snippet))) == pytest.approx(numbers(run(snippet)))
    for language in LANGUAGES:
        told = [KNOWN[name]["differs"][language] for name in ("mse_loss", "l2_penalty")]
        assert differences(snippet, language) == told


def test_it_speaks_of_losses_that_there_are():
    assert KNOWN.keys() - CONVERSION.keys() <= CATALOG.keys()
    for name, entry in KNOWN.items():
        assert ("differs" in entry) == (name in CATALOG), name


def slope(function, at):
    at = at.clone().requires_grad_()
    (found,) = torch.autograd.grad(function(at), at)
    return found


POINT, SQUARE = T([[1.0, 1.0, 1.0, 1.0]]), T([[0.0, 0.0, 1.0, 1.0]])
SURE, YES = T([1.0, 0.0]), T(1.0)
ZEROS, FLAT = torch.zeros(2, 2), T([[1.0, 2.0], [2.0, 4.0]])
NAN = pytest.approx(torch.nan, nan_ok=True)


def test_what_is_said_of_torchs_functions_is_so():
    bce, weights = functional.binary_cross_entropy, T([1.0, 3.0])
    assert bce(T(0.0), YES) == 100
    assert slope(lambda z: bce(torch.sigmoid(z), YES), T(-120.0)) == 0
    assert functional.kl_div(SURE.log(), SURE, reduction="sum").item() == NAN
    assert functional.kl_div(SURE.log(), T([0.5, 0.5]), reduction="sum") == torch.inf
    assert losses.kl_divergence(truth=SURE, model=SURE) == 0
    assert functional.cross_entropy(ZEROS, T([-100, -100])).item() == NAN
    assert functional.nll_loss(T([[0.9, 0.1]]), T([0])) < 0
    assert functional.huber_loss(weights, ZEROS[0], weight=weights) == (0.5 + 3 * 2.5) / 2
    smooth, huber = functional.smooth_l1_loss, functional.huber_loss
    assert huber(T(3.0), T(0.0), delta=0.5) == 0.5 * smooth(T(3.0), T(0.0), beta=0.5)
    for order, length in ((2, 0.5**0.5), ("nuc", 2**0.5)):
        assert slope(lambda x, o=order: torch.linalg.matrix_norm(x, o), ZEROS).norm() == (
            pytest.approx(length)
        )
    assert slope(lambda x: torch.linalg.matrix_norm(x, "nuc"), FLAT).norm() > 1.4
    assert slope(lambda x: losses.nuclear_norm(x, ZEROS), FLAT).norm() < 1.1
    weight = T(3.0, requires_grad=True)
    decay = torch.optim.SGD([weight], lr=0.1, weight_decay=2 * 0.7)
    (0 * weight).backward()
    decay.step()
    penalised = 3 - 0.1 * slope(lambda w: losses.l2_penalty(w, strength=0.7), T(3.0))
    assert weight.item() == pytest.approx(penalised.item())


def test_what_is_said_of_torchvisions_functions_is_so(ops):
    assert ops.generalized_box_iou_loss(SQUARE, SQUARE).shape == (1,)
    assert ops.sigmoid_focal_loss(T([1.0]), T([1.0])).shape == (1,)
    assert ops.complete_box_iou_loss(POINT, SQUARE).item() == NAN
    assert ops.box_iou(POINT, POINT).item() == NAN
    focal = functional.binary_cross_entropy_with_logits(T(1.0), YES) * torch.sigmoid(T(-1.0)) ** 2
    assert ops.sigmoid_focal_loss(T(1.0), YES, alpha=-1) == pytest.approx(focal.item())
    sure = slope(lambda z: ops.sigmoid_focal_loss(z, YES, gamma=0.5), T(60.0))
    assert sure.item() == NAN
    small = SQUARE / 1000
    assert ops.distance_box_iou_loss(small, small).item() > 0.05
