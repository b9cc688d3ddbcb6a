"""ATen operations written in terms of those that a tape knows.

Torch's own decompositions come first; what they leave (products of matrices, picking by index,
running sums) becomes products with constant masks, which suits the small arrays of a stage.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import torch
from torch._decomp import core_aten_decompositions, get_decompositions

from live.tape.jacobi import singular_value_decomposition

aten = torch.ops.aten

Table = dict[Any, Callable[..., Any]]


@cache
def decompositions() -> Table:
    """The table for `make_fx`; torch searches all its operations for its part of it."""
    known = get_decompositions(
        [
            aten._log_softmax, aten._softmax, aten._log_softmax_backward_data,
            aten._softmax_backward_data, aten.select_backward, aten.slice_backward, aten.unbind,
            aten.stack, aten.nll_loss_forward, aten.nll_loss_backward, aten.linalg_vector_norm,
            aten.sigmoid_backward, aten.tanh_backward, aten.softplus, aten.softplus_backward,
            aten.log_sigmoid_forward, aten.log_sigmoid_backward,
            aten.mse_loss, aten.mse_loss_backward, aten.rsub,
        ]
    )  # fmt: skip
    own = {
        aten.mm.default: _matrix_product,
        aten.bmm.default: _matrix_product,
        aten.cumsum.default: _running_sum,
        aten.gather.default: _gather,
        aten.scatter_add.default: _scatter_add,
        aten.scatter.value: _scatter_value,
        aten._linalg_svd.default: singular_value_decomposition,
    }
    return {**core_aten_decompositions(), **known, **own}


def _matrix_product(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    return (left.unsqueeze(-1) * right.unsqueeze(-3)).sum(-2)


def _running_sum(values: torch.Tensor, dim: int, *, dtype: Any = None) -> torch.Tensor:
    last = values.movedim(dim, -1)
    size = last.shape[-1]
    up_to = torch.ones(size, size, dtype=torch.bool).tril()
    # As in `_gather`: an infinite value further on must not become NaN here.
    return torch.where(up_to, last.unsqueeze(-2), 0).sum(-1).movedim(-1, dim)


def _gather(
    values: torch.Tensor, dim: int, index: torch.Tensor, *, sparse_grad: bool = False
) -> torch.Tensor:
    last = values.movedim(dim, -1)
    # `where`, not a product: an infinite value that is not picked must not become NaN.
    picked = torch.where(_hits(index, dim, values.shape[dim]), last.unsqueeze(-2), 0)
    return picked.sum(-1).movedim(-1, dim)


def _scatter_add(
    values: torch.Tensor, dim: int, index: torch.Tensor, source: torch.Tensor
) -> torch.Tensor:
    hits = _hits(index, dim, values.shape[dim])
    added = torch.where(hits, source.movedim(dim, -1).unsqueeze(-1), 0).sum(-2)
    return values + added.movedim(-1, dim)


def _scatter_value(
    values: torch.Tensor, dim: int, index: torch.Tensor, value: float
) -> torch.Tensor:
    hit = _hits(index, dim, values.shape[dim]).to(values.dtype).amax(-2) > 0
    return torch.where(hit.movedim(-1, dim), value, values)


def _hits(index: torch.Tensor, dim: int, size: int) -> torch.Tensor:
    """(…, picks, size): whether a pick names a position."""
    return index.movedim(dim, -1).unsqueeze(-1) == torch.arange(size)
