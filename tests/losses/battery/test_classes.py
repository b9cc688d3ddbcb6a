"""The class of a loss is the function with its options remembered, wherever torch takes it."""

import copy
import inspect
import io
import pickle
import warnings
from typing import Any, get_args

import pytest
import torch
from torch import Tensor, nn

import losses
from losses import LossModule
from losses.modules.form import is_loss
from tests.losses.battery.registry import SAMPLES, Case, each_case, has_class, is_first

CLASSES: dict[str, type[LossModule]] = {
    made.function.__name__: made
    for name in losses.__all__
    if inspect.isclass(made := getattr(losses, name)) and hasattr(made, "function")
}
"""By the name of the function."""

classes = each_case(has_class)
each_class = each_case(lambda case: has_class(case) and is_first(case))


def _class(case: Case, **options: Any) -> LossModule:
    return CLASSES[case.name](**{**case.options, **options})


def _call(module: Any, case: Case, *tensors: Tensor, **keywords: Tensor) -> Tensor:
    """Inputs by their names: some losses take them in no other way."""
    return module(**dict(zip(case.data, tensors or case.tensors, strict=True)), **keywords)


def _reductions(case: Case) -> list[dict[str, Any]]:
    return [{"reduction": name} for name in ("none", "mean", "sum")] if case.weighted else [{}]


@classes
def test_it_gives_what_the_function_gives(case: Case) -> None:
    for keywords in _reductions(case):
        module = _class(case, **keywords)
        expected = case(*case.tensors, **keywords)
        torch.testing.assert_close(_call(module, case), expected, rtol=0, atol=0)
        if case.weighted:
            weight = torch.ones_like(case.each(*case.tensors))
            weight[0] = 3.0
            torch.testing.assert_close(
                _call(module, case, weight=weight),
                case(*case.tensors, weight=weight, **keywords),
                rtol=0,
                atol=0,
            )


@classes
def test_it_gives_the_gradient_of_the_function(case: Case) -> None:
    module = _class(case)
    results = []
    for loss in (case, lambda *tensors: _call(module, case, *tensors)):
        tensors = case.given(torch.float64)
        leaf = tensors[case.differentiable[0]].requires_grad_()
        results.append(torch.autograd.grad(loss(*tensors).sum(), leaf)[0])
    torch.testing.assert_close(*results, rtol=0, atol=0)


@classes
def test_it_can_be_pickled_copied_and_saved(case: Case) -> None:
    module = _class(case)
    expected = _call(module, case)
    saved = io.BytesIO()
    torch.save(module, saved)
    saved.seek(0)
    for twin in (
        pickle.loads(pickle.dumps(module)),
        copy.deepcopy(module),
        torch.load(saved, weights_only=False),
    ):
        assert type(twin) is type(module)
        assert repr(twin) == repr(module)
        assert twin.state_dict().keys() == module.state_dict().keys()
        torch.testing.assert_close(_call(twin, case), expected, rtol=0, atol=0)


@classes
def test_it_shows_what_is_not_at_its_default(case: Case) -> None:
    module = _class(case)
    shown = repr(module)
    assert shown.startswith(f"{type(module).__name__}(")
    for name, option in module.options.items():
        same = name not in case.options or case.options[name] == option.default
        assert (f"{name}=" in shown) is not same


@classes
def test_tensors_among_its_options_are_buffers_and_parameters_are_learnt(case: Case) -> None:
    tensors = {key for key, value in case.options.items() if isinstance(value, Tensor)}
    module = _class(case)
    assert module.state_dict().keys() == tensors
    assert not list(module.parameters())
    loaded = _class(case, **{key: torch.zeros_like(case.options[key]) for key in tensors})
    loaded.load_state_dict(module.state_dict())
    torch.testing.assert_close(_call(loaded, case), _call(module, case), rtol=0, atol=0)
    moved = module.to("meta")
    absent = [tensor.to("meta") for tensor in case.tensors]
    assert _call(moved, case, *absent).device.type == "meta"
    for name, option in module.options.items():
        value = case.options.get(name, option.default)
        if isinstance(value, float) and float("inf") > value > 0:
            module = _class(case, **{name: nn.Parameter(torch.tensor(value, dtype=torch.float64))})
            assert [key for key, _ in module.named_parameters()] == [name]
            torch.testing.assert_close(_call(module, case), case(*case.tensors))
            torch.autograd.grad(_call(module, case).sum(), [*module.parameters()])


@classes
def test_options_that_the_function_refuses_are_refused_at_construction(case: Case) -> None:
    for name, option in CLASSES[case.name].options.items():
        wrong: list[Any] = ["sideways"]
        if {float, Tensor} <= {*get_args(option.annotation)}:
            wrong.append(float("nan"))
        if option.annotation == Tensor | None:
            wrong = [torch.ones(2, 2), torch.tensor([1.0, -1.0])]
        for value in wrong:
            with pytest.raises((TypeError, ValueError), match=rf"^{name}\b"):
                _class(case, **{name: value})


@each_class
def test_it_compiles_whole(case: Case) -> None:
    """And the function in it, which test_transforms.py compiles with its other options."""
    torch.compiler.reset()
    module = _class(case)
    compiled = torch.compile(module, fullgraph=True, backend="aot_eager", dynamic=False)
    results = []
    for loss in (compiled, module):
        tensors = case.given(torch.float64)
        leaf = tensors[case.differentiable[0]].requires_grad_()
        value = _call(loss, case, *tensors)
        results.append((value.detach(), *torch.autograd.grad(value.sum(), leaf)))
    torch.testing.assert_close(*results)


@each_class
def test_it_can_be_exported(case: Case) -> None:
    module = _class(case)
    exported = torch.export.export(module, (), case.data)
    torch.testing.assert_close(_call(exported.module(), case), _call(module, case))


@each_class
def test_a_scripted_model_may_hold_it(case: Case) -> None:
    """The script gives all of its inputs by place, the weight too."""
    module = _class(case)
    places = len(case.data) + case.weighted
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if _by_name(module):
            with pytest.raises(RuntimeError):
                torch.jit.script(_MODELS[places](module))
            return
        scripted = torch.jit.script(_MODELS[places](module))
        weight = [None] if case.weighted else []
        torch.testing.assert_close(scripted(*case.tensors, *weight), module(*case.tensors))


@each_class
@pytest.mark.filterwarnings("ignore:.torch.jit")
@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")
def test_what_is_traced_of_it_can_be_saved(case: Case) -> None:
    """A script cannot: it calls back into Python."""
    module, tensors = _Named(_class(case), case), case.tensors
    saved = io.BytesIO()
    torch.jit.save(torch.jit.trace(module, tensors, check_trace=False), saved)
    saved.seek(0)
    torch.testing.assert_close(torch.jit.load(saved)(*tensors), module(*tensors))


class _Named(nn.Module):
    """A loss whose inputs come by place."""

    def __init__(self, loss: LossModule, case: Case) -> None:
        super().__init__()
        self.loss, self._case = loss, case

    def forward(self, *tensors: Tensor) -> Tensor:
        return _call(self.loss, self._case, *tensors)


def _by_name(module: LossModule) -> bool:
    inputs = inspect.signature(module.forward).parameters.values()
    return any(one.kind is inspect.Parameter.KEYWORD_ONLY for one in inputs)


class _OfOne(nn.Module):
    def __init__(self, loss: nn.Module) -> None:
        super().__init__()
        self.loss = loss

    def forward(self, data: Tensor) -> Tensor:
        return self.loss(data)


class _OfTwo(_OfOne):
    def forward(self, data: Tensor, weight: Tensor | None) -> Tensor:
        return self.loss(data, weight)


class _OfThree(_OfOne):
    def forward(self, data: Tensor, other: Tensor, weight: Tensor | None) -> Tensor:
        return self.loss(data, other, weight)


class _OfFour(_OfOne):
    def forward(self, data: Tensor, other: Tensor, third: Tensor, weight: Tensor | None) -> Tensor:
        return self.loss(data, other, third, weight)


_MODELS = {1: _OfOne, 2: _OfTwo, 3: _OfThree, 4: _OfFour}


@classes
def test_vmap_over_it_is_a_loop(case: Case) -> None:
    module = _class(case, **({"reduction": "none"} if case.weighted else {}))
    one = case.of_one(lambda *tensors: _call(module, case, *tensors))
    mapped = torch.func.vmap(one)(*case.tensors)
    looped = [one(*(tensor[i] for tensor in case.tensors)) for i in range(SAMPLES)]
    torch.testing.assert_close(mapped, torch.stack(looped))


def test_every_loss_has_a_class() -> None:
    functions = {name for name in losses.__all__ if is_loss(getattr(losses, name))}
    assert CLASSES.keys() == functions
    assert len({made.__name__ for made in CLASSES.values()}) == len(functions)
