"""The classes beside the functions: their names, messages, learnt parameters and stubs."""

import inspect

import pytest
import torch
from torch import nn
from torch._subclasses.fake_tensor import FakeTensorMode

import losses
from losses import LossModule
from tools.loss_stubs import COMMAND, FILE, text

T = torch.tensor


def test_names_are_those_of_the_field() -> None:
    for name in (
        *("BCELoss", "BCEWithLogitsLoss", "FocalLoss", "HingeLoss", "CrossEntropyLoss", "NLLLoss"),
        *("GIoULoss", "DIoULoss", "CIoULoss", "EIoULoss", "SIoULoss", "WIoULoss", "MPDIoULoss"),
        *("FocalEIoULoss", "CDIoULoss", "AlphaIoULoss", "InnerIoULoss", "ShapeIoULoss", "IoULoss"),
        *("L1Loss", "MSELoss", "HuberLoss", "SmoothL1Loss", "LogCoshLoss", "BarronLoss"),
        *("DiceLoss", "TverskyLoss", "FocalTverskyLoss", "JaccardLoss", "DiceBCELoss"),
        *("KLDivergence", "JSDivergence", "WassersteinDistance", "InfoNCELoss", "TripletLoss"),
    ):
        assert issubclass(getattr(losses, name), LossModule)
        assert getattr(losses, name).__name__ == name


def test_signatures_are_those_that_a_reader_expects() -> None:
    assert str(inspect.signature(losses.HuberLoss)) == (
        "(*, delta: float | torch.Tensor = 1.0, "
        "reduction: Literal['none', 'mean', 'sum'] = 'mean') -> None"
    )
    assert str(inspect.signature(losses.HuberLoss().forward)) == (
        "(prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None)"
        " -> torch.Tensor"
    )


def test_the_stubs_are_those_of_the_classes() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), f"write it anew: {COMMAND}"


def test_it_shows_its_options() -> None:
    assert repr(losses.GIoULoss()) == "GIoULoss()"
    assert repr(losses.FocalLoss(alpha=None, reduction="sum")) == (
        "FocalLoss(alpha=None, reduction='sum')"
    )
    assert repr(losses.MPDIoULoss(image_size=(640.0, 480.0))) == (
        "MPDIoULoss(image_size=(640.0, 480.0))"
    )
    weighted = losses.CrossEntropyLoss(class_weight=torch.ones(3), ignore_label=None)
    assert (
        repr(weighted) == "CrossEntropyLoss(class_weight=tensor of shape (3,), ignore_label=None)"
    )
    learnt = losses.InfoNCELoss(temperature=nn.Parameter(T(0.1)))
    assert repr(learnt) == "InfoNCELoss(temperature=parameter of shape ())"


def test_class_weights_move_and_are_saved() -> None:
    loss = losses.CrossEntropyLoss(class_weight=T([1.0, 2.0, 3.0]))
    assert loss.to(torch.float64).class_weight.dtype == torch.float64
    model = nn.Sequential(nn.Linear(2, 3), losses.CrossEntropyLoss(class_weight=T([1.0, 2.0, 4.0])))
    assert set(model.state_dict()) == {"0.weight", "0.bias", "1.class_weight"}
    assert not losses.CrossEntropyLoss().state_dict()


def test_a_parameter_is_learnt() -> None:
    loss = losses.QuantileLoss(tau=nn.Parameter(T(0.5)))
    loss(T([1.0, 2.0]), T([0.0, 4.0])).backward()
    assert loss.tau.grad is not None
    with pytest.raises(ValueError, match=r"^delta must be a number, .*torch\.nn\.Parameter; got a"):
        losses.HuberLoss(delta=2 * nn.Parameter(T(1.0)))


def test_options_may_have_a_shape_that_only_the_data_know() -> None:
    delta = T([0.5, 1.0, 2.0])
    prediction, target = torch.randn(5, 3), torch.randn(5, 3)
    torch.testing.assert_close(
        losses.HuberLoss(delta=delta)(prediction, target),
        losses.huber_loss(prediction, target, delta=delta),
    )


def test_bad_options_are_named() -> None:
    for construct, error, message in (
        (lambda: losses.GIoULoss(eps=1e-7), TypeError, "GIoULoss has no option eps; its options"),
        (lambda: losses.CrossEntropyLoss(weight=torch.ones(3)), TypeError, "no option weight"),
        (lambda: losses.MPDIoULoss(), TypeError, "MPDIoULoss must be given image_size"),
        (lambda: losses.FocalLoss(gamma=-1.0), ValueError, "gamma must be a number >= 0; got -1.0"),
        (lambda: losses.HuberLoss(delta=0.0), ValueError, "delta must be a number > 0"),
        (lambda: losses.QuantileLoss(tau=1.5), ValueError, "tau must be a number"),
        (
            lambda: losses.DiceLoss(reduction="avg"),
            ValueError,
            "reduction must be one of none, mean",
        ),
        (lambda: losses.CIoULoss(trade_off="none"), ValueError, "trade_off must be one of"),
        (lambda: losses.NLLLoss(ignore_label=1.5), TypeError, "ignore_label must be of type int"),
        (lambda: losses.NLLLoss(class_weight=[1.0]), TypeError, "class_weight must be a tensor"),
        (lambda: losses.MPDIoULoss(image_size=(0.0, 1.0)), ValueError, r"image_size\[0\] must be"),
    ):
        with pytest.raises(error, match=message):
            construct()


def test_it_can_be_constructed_where_tensors_have_no_values() -> None:
    with FakeTensorMode():
        loss = losses.CrossEntropyLoss(class_weight=torch.ones(3))
        assert loss(torch.zeros(2, 3), torch.zeros(2, dtype=torch.int64)).shape == ()
    with torch.device("meta"):
        assert losses.CrossEntropyLoss(class_weight=torch.ones(3)).class_weight.is_meta
        assert not list(losses.GIoULoss().parameters())


def test_no_option_hides_an_attribute_of_torch_modules() -> None:
    taken = set(dir(nn.Module())) | set(dir(LossModule()))
    for name in losses.modules.__all__:
        assert not taken & getattr(getattr(losses, name), "options", {}).keys(), name


def test_a_subclass_may_have_a_constructor_of_its_own() -> None:
    class Halved(losses.MSELoss):
        def __init__(self, factor: float = 0.5) -> None:
            super().__init__(reduction="sum")
            self.factor = factor

        def forward(self, *data: torch.Tensor, **named: torch.Tensor) -> torch.Tensor:
            return self.factor * super().forward(*data, **named)

    assert str(inspect.signature(Halved)) == "(factor: float = 0.5) -> None"
    assert Halved()(T([2.0, 2.0]), T([0.0, 0.0])) == 4
