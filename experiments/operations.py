"""How many operations torch takes for a program, counted in its trace."""

from collections.abc import Callable

import torch
from torch._decomp import core_aten_decompositions
from torch.fx.experimental.proxy_tensor import make_fx


def operations(function: Callable[[torch.Tensor], torch.Tensor], *, inside: bool = False) -> int:
    """The operations that `function` takes of a vector.

    Args:
        function: Takes a float64 vector of five numbers between 0 and 1.
        inside: Whether to count the arithmetic that an operation consists of, as torch itself
            writes it in its core operations, and not the operation as one. Constants are none.
    """
    table = core_aten_decompositions() if inside else {}
    graph = make_fx(function, decomposition_table=table)(torch.rand(5, dtype=torch.float64)).graph
    made = torch.ops.aten.full.default
    return sum(node.op == "call_function" and node.target is not made for node in graph.nodes)
