"""On a GPU every function gives what it gives on the CPU, under autocast and compiled too.

Nothing runs where there is no GPU; `docs/performance.md` says on which card all of it last ran.
"""

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from tests.losses.battery.registry import Case, each_case

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")


def _value_and_gradients(
    case: Case, given: list[Tensor], autocast: torch.dtype | None = None, *, inside: bool = False
) -> tuple[Tensor, list[Tensor]]:
    """The backward pass lies outside autocast, as torch asks of every training loop, or inside."""
    leaves = [given[place].requires_grad_() for place in case.differentiable]
    with torch.autocast("cuda", autocast, enabled=autocast is not None):
        value = case.each(*given)
    if not value.requires_grad:
        return value, []
    with torch.autocast("cuda", autocast, enabled=inside):
        gradients = torch.autograd.grad(value.sum(), leaves, allow_unused=True)
    return value.detach(), [gradient for gradient in gradients if gradient is not None]


def _on_gpu(case: Case, dtype: torch.dtype) -> tuple[Case, list[Tensor]]:
    """The case with the tensors among its options on the GPU, and its data there."""
    options = {k: v.cuda() if isinstance(v, Tensor) else v for k, v in case.options.items()}
    return replace(case, options=options), [tensor.cuda() for tensor in case.given(dtype)]


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16])
@each_case()
def test_a_gpu_gives_what_the_cpu_gives(case: Case, dtype: torch.dtype) -> None:
    expected = _value_and_gradients(case, case.given(dtype))
    value, gradients = _value_and_gradients(*_on_gpu(case, dtype))
    assert value.is_cuda
    assert value.dtype == expected[0].dtype
    torch.testing.assert_close(value.cpu(), expected[0])
    torch.testing.assert_close([gradient.cpu() for gradient in gradients], expected[1])


@pytest.mark.parametrize("autocast", [torch.float16, torch.bfloat16])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float16])
@pytest.mark.parametrize("inside", [False, True])
@each_case()
def test_autocast_changes_nothing(
    case: Case, dtype: torch.dtype, autocast: torch.dtype, inside: bool
) -> None:
    expected = _value_and_gradients(*_on_gpu(case, dtype))
    found = _value_and_gradients(*_on_gpu(case, dtype), autocast, inside=inside)
    torch.testing.assert_close(found, expected, rtol=0, atol=0)


@each_case()
def test_nothing_waits_for_the_gpu(case: Case) -> None:
    """A look into a tensor would stop the host; what singular values need is torch's own."""
    if case.name in ("nuclear_norm", "spectral_norm"):
        pytest.skip("torch.linalg.svd waits for its algorithm's verdict")
    case, given = _on_gpu(case, torch.float32)
    torch.cuda.set_sync_debug_mode("error")
    try:
        _value_and_gradients(case, given)
    finally:
        torch.cuda.set_sync_debug_mode("default")


@each_case()
def test_compiled_for_the_gpu_it_gives_the_same(case: Case) -> None:
    case, given = _on_gpu(case, torch.float32)
    torch.compiler.reset()
    compiled = torch.compile(case.each, fullgraph=True)
    torch.testing.assert_close(compiled(*given), case.each(*given), rtol=1e-5, atol=1e-6)
