"""Looking into tensors: when it is done, and what it says."""

import pytest
import torch
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.fx.experimental.proxy_tensor import make_fx

from losses.values import (
    check_distribution,
    check_finite,
    check_labels,
    check_probability,
    values_are_readable,
)


def test_values_are_read_on_the_cpu_outside_every_transform() -> None:
    assert values_are_readable(torch.ones(2), torch.ones(2, requires_grad=True))


def test_values_are_not_read_where_there_are_none() -> None:
    seen: list[bool] = []

    def look(tensor: torch.Tensor) -> torch.Tensor:
        seen.append(values_are_readable(tensor))
        return tensor.sum()

    torch.func.grad(look)(torch.ones(2))
    torch.func.vmap(look)(torch.ones(2, 2))
    torch.func.grad(lambda x: torch.func.vmap(look)(x).sum())(torch.ones(2, 2))
    make_fx(look)(torch.ones(2))
    make_fx(torch.func.functionalize(look), tracing_mode="fake")(torch.ones(2))
    with FakeTensorMode():
        fake = torch.ones(2)
        look(fake)
    look(fake)
    look(torch.ones(2, device="meta"))
    assert seen == [False] * 8


def test_values_are_not_read_while_compiling() -> None:
    def doubled(tensor: torch.Tensor) -> torch.Tensor:
        check_probability(tensor=tensor)
        return tensor * (3 if values_are_readable(tensor) else 2)

    compiled = torch.compile(doubled, fullgraph=True, backend="aot_eager")
    assert compiled(torch.full((2,), 9.0)).tolist() == [18.0, 18.0]


@pytest.mark.parametrize("bad", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_probability_lies_in_the_unit_interval(bad: float) -> None:
    with pytest.raises(ValueError, match=rf"share must lie in \[0, 1\]; got {bad:g}"):
        check_probability(share=torch.tensor([0.5, bad]))
    check_probability(share=torch.tensor([0.0, 1.0]), nothing=torch.empty(0))


def test_a_distribution_sums_to_one() -> None:
    check_distribution(p=torch.tensor([[0.3, 0.7], [1.0, 0.0]]), none=torch.empty(0, 3))
    with pytest.raises(ValueError, match=r"p must sum to 1 .* got a sum of 1\.1"):
        check_distribution(p=torch.tensor([[0.3, 0.7], [0.7, 0.4]]))
    with pytest.raises(ValueError, match=r"p must lie in \[0, 1\]; got -0\.5"):
        check_distribution(p=torch.tensor([-0.5, 1.5]))
    with pytest.raises(ValueError, match="p must have a floating dtype"):
        check_distribution(p=torch.tensor([0, 1]))
    with pytest.raises(ValueError, match=r"at least one outcome .* got shape \(2, 0\)"):
        check_distribution(p=torch.empty(2, 0))


@pytest.mark.parametrize(
    "dtype", [torch.float16, torch.bfloat16, torch.float32], ids=lambda d: str(d)
)
def test_a_softmax_counts_as_a_distribution_in_every_dtype(dtype: torch.dtype) -> None:
    generator = torch.Generator().manual_seed(0)
    logits = 5 * torch.randn(200, 300, generator=generator)
    check_distribution(p=logits.to(dtype).softmax(-1))
    check_distribution(p=logits.to(dtype).float().softmax(-1).double())


def test_labels_are_class_numbers() -> None:
    check_labels("labels", torch.tensor([0, 2, -100]), 3, ignore_label=-100)
    with pytest.raises(ValueError, match="labels must be class numbers from 0 to 2; got 3"):
        check_labels("labels", torch.tensor([0, 3]), 3)
    with pytest.raises(ValueError, match="from 0 to 2 or ignore_label = -100; got -1"):
        check_labels("labels", torch.tensor([0, -1]), 3, ignore_label=-100)
    for dtype in (torch.float32, torch.bool):
        with pytest.raises(ValueError, match=r"of an integer dtype; got torch\.(float32|bool)"):
            check_labels("labels", torch.ones(2, dtype=dtype), 3)


def test_what_is_not_finite_is_named() -> None:
    check_finite(matrix=torch.ones(2))
    with pytest.raises(ValueError, match="matrix must be finite; got nan"):
        check_finite(matrix=torch.tensor([1.0, float("nan")]))
