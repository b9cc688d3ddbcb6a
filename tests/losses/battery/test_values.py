"""What comes out: in every dtype, for nothing, for NaN, for any layout in memory."""

import math

import pytest
import torch

from tests.losses.battery.registry import SAMPLES, Case, each_case

DTYPES = (torch.float16, torch.bfloat16, torch.float32)


def _digits(dtype: torch.dtype) -> dict[str, float]:
    tolerance = max(torch.finfo(dtype).eps, 2e-6)
    return {"rtol": tolerance, "atol": tolerance}


@each_case()
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_every_dtype_gives_what_float64_gives_rounded_once(case: Case, dtype: torch.dtype) -> None:
    for keywords in ({"reduction": r} for r in ("none", "mean", "sum")) if case.weighted else ({},):
        exact = case(*case.given(torch.float64), **keywords)
        leaves = [tensor.requires_grad_(tensor.is_floating_point()) for tensor in case.given(dtype)]
        value = case(*leaves, **keywords)
        assert value.dtype == dtype
        torch.testing.assert_close(value.double(), exact, **_digits(dtype))
        gradients = torch.autograd.grad(value.sum(), [leaves[i] for i in case.differentiable])
        for leaf, gradient in zip((leaves[i] for i in case.differentiable), gradients, strict=True):
            assert gradient.dtype == leaf.dtype
            assert gradient.isfinite().all()


@each_case(lambda case: len(case.differentiable) > 1)
def test_mixed_dtypes_are_promoted_before_anything_is_rounded(case: Case) -> None:
    """A number that bfloat16 does not hold stays what it is, beside one that is in bfloat16."""
    first, *rest = case.given(torch.float32)
    rest = [tensor * (1 - 2**-12) if tensor.is_floating_point() else tensor for tensor in rest]
    if case.name.endswith(("entropy", "divergence", "distance")):
        rest = case.given(torch.float32)[1:]
    mixed = case.each(first.bfloat16(), *rest)
    assert mixed.dtype == torch.float32
    torch.testing.assert_close(mixed, case.each(first, *rest), rtol=0, atol=0)


@each_case(lambda case: case.weighted)
def test_reductions_are_those_of_the_single_losses(case: Case) -> None:
    each = case.each(*case.tensors)
    torch.testing.assert_close(case(*case.tensors, reduction="sum"), each.sum())
    if not case.options.keys() & {"class_weight"}:
        torch.testing.assert_close(case(*case.tensors), each.mean())
    with pytest.raises(ValueError, match=r"reduction must be one of none, mean, sum; got 'avg'"):
        case(*case.tensors, reduction="avg")


@each_case()
def test_nothing_costs_nothing(case: Case) -> None:
    given = [tensor[:0] for tensor in case.given(torch.float32)]
    leaves = [tensor.requires_grad_(tensor.is_floating_point()) for tensor in given]
    value = case(*leaves)
    assert (value == 0).all()
    for gradient in torch.autograd.grad(value.sum(), [leaves[i] for i in case.differentiable]):
        assert gradient.shape[0] == 0


@each_case()
def test_the_layout_in_memory_does_not_matter(case: Case) -> None:
    spread = [torch.stack((tensor, tensor), -1)[..., 0] for tensor in case.tensors]
    assert not any(tensor.is_contiguous() for tensor in spread)
    torch.testing.assert_close(case.each(*spread), case.each(*case.tensors))


@each_case(lambda case: case.tensors[0].is_floating_point())
def test_nan_in_nan_out(case: Case) -> None:
    """Where values cannot be read. Where they can, it may be refused, by name."""
    first, *rest = case.given(torch.float64)
    first[0] = math.nan
    if case.raises_on_nan:
        with pytest.raises(ValueError, match=r"must be finite; got nan"):
            case.each(first, *rest)
        return

    def one(*tensors: torch.Tensor) -> torch.Tensor:
        return case.of_one(case.each)(*tensors).sum()

    values = torch.func.vmap(one)(first, *rest)
    assert values.isnan().tolist() == [True] + [False] * (SAMPLES - 1)
    try:
        value = case.each(first, *rest)
    except ValueError as error:
        value, message = torch.tensor(math.nan), str(error)
    else:
        message = "got nan"
    assert value.isnan().any()
    assert "got nan" in message
