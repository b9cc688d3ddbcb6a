"""What torch makes of a loss: batches, compiled and traced programs, autocast, no values at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.fx.experimental.proxy_tensor import make_fx
from torch.utils._python_dispatch import TorchDispatchMode

from tests.losses.battery.registry import SAMPLES, Case, each_case, has_class, is_first

HALF = (torch.float16, torch.bfloat16)


def _gradient_and_value(case: Case, *tensors: Tensor) -> tuple[Any, Tensor]:
    """Of the sum, in the first tensor that has a gradient."""
    place = case.differentiable[0]
    return torch.func.grad_and_value(lambda *t: case.each(*t).sum(), argnums=place)(*tensors)


def _with_options(case: Case, change: Callable[[Tensor], Tensor]) -> Case:
    """The case with the tensors among its options changed too."""
    options = {
        name: change(value) if isinstance(value, Tensor) else value
        for name, value in case.options.items()
    }
    return replace(case, options=options)


@each_case()
def test_vmap_is_a_loop(case: Case) -> None:
    one = case.of_one(case.each)
    mapped = torch.func.vmap(one)(*case.tensors)
    looped = [one(*(tensor[i] for tensor in case.tensors)) for i in range(SAMPLES)]
    torch.testing.assert_close(mapped, torch.stack(looped))
    if case.weighted:
        torch.testing.assert_close(mapped, case.each(*case.tensors))


@each_case(lambda case: not (has_class(case) and is_first(case)))
def test_compiles_whole(case: Case) -> None:
    """What test_classes.py does not compile in a class."""
    torch.compiler.reset()
    place = case.differentiable[0]
    compiled = torch.compile(
        lambda *tensors: case.each(*tensors), fullgraph=True, backend="aot_eager", dynamic=False
    )
    results = []
    for loss in (compiled, case.each):
        tensors = case.given(torch.float64)
        leaf = tensors[place].requires_grad_()
        value = loss(*tensors)
        (gradient,) = torch.autograd.grad(value.sum(), leaf)
        results.append((value.detach(), gradient))
    torch.testing.assert_close(*results)


@each_case()
def test_can_be_traced(case: Case) -> None:
    def program(*tensors: Tensor) -> Any:
        return _gradient_and_value(case, *tensors)

    traced = make_fx(torch.func.functionalize(program))(*case.given(torch.float64))
    torch.testing.assert_close(traced(*case.tensors), program(*case.tensors))


@each_case()
def test_needs_no_values(case: Case) -> None:
    expected = case.each(*case.given(torch.float16))
    absent = _with_options(case, lambda tensor: tensor.to("meta"))
    value = absent.each(*(tensor.to("meta") for tensor in case.given(torch.float16)))
    assert (value.shape, value.dtype) == (expected.shape, expected.dtype)
    assert value.device.type == "meta"


@each_case()
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16], ids=str)
@pytest.mark.parametrize("backward", ["outside", "inside"])
def test_autocast_changes_nothing_on_the_cpu(case: Case, dtype: torch.dtype, backward: str) -> None:
    """Wherever the gradient is taken; torch advises to do it outside."""
    place = case.differentiable[0]
    results = []
    for enabled in (False, True):
        tensors = case.given(dtype)
        leaf = tensors[place].requires_grad_()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=enabled):
            value = case.each(*tensors)
        with torch.autocast("cpu", torch.bfloat16, enabled=enabled and backward == "inside"):
            (gradient,) = torch.autograd.grad(value.sum(), leaf)
        results.append((value.detach(), gradient))
    torch.testing.assert_close(*results, rtol=0, atol=0)


@each_case()
@pytest.mark.parametrize("dtype", [torch.float32, torch.float16], ids=str)
def test_autocast_is_off_inside_on_cuda(case: Case, dtype: torch.dtype) -> None:
    """Nothing is computed in half precision, and no operation is called that autocast bans."""

    def on_cuda(tensor: Tensor) -> Tensor:
        return torch.empty(tensor.shape, dtype=tensor.dtype, device="cuda")

    given = case.given(dtype)
    with FakeTensorMode(), _autocast_on_cuda():
        square = torch.empty(2, 2, device="cuda")
        assert (square @ square).dtype in HALF
        tensors = [on_cuda(tensor) for tensor in given]
        with _Computed() as computed:
            value = _with_options(case, on_cuda).each(*tensors)
    assert value.device.type == "cuda"
    assert value.dtype == dtype
    assert not computed.in_half


@contextmanager
def _autocast_on_cuda() -> Iterator[None]:
    """`torch.autocast` itself declines on a machine without a GPU."""
    torch.set_autocast_enabled("cuda", True)
    try:
        yield
    finally:
        torch.set_autocast_enabled("cuda", False)
        torch.clear_autocast_cache()


class _Computed(TorchDispatchMode):
    """Which operations computed something in half precision, other than moving or converting it."""

    MOVING = ("_to_copy", "view", "unbind", "expand", "select", "slice", "squeeze", "detach",
              "alias", "clone", "stack", "unsqueeze", "ones_like", "transpose", "sum")  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.in_half: list[str] = []

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        name = func._schema.name.removeprefix("aten::")
        if isinstance(result, Tensor) and result.dtype in HALF and not name.startswith(self.MOVING):
            self.in_half.append(name)
        return result
