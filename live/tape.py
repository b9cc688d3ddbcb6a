"""Record a torch program as a tape: a short list of array operations that the browser replays.

`torch.func` differentiates the program, `make_fx` traces both to ATen, and `live.recorder` flattens
that graph. The browser's half is `live/web/player.js`.
"""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch._decomp import core_aten_decompositions, get_decompositions
from torch.fx.experimental.proxy_tensor import make_fx

from live.recorder import CannotBeTapedError, Recorder

aten = torch.ops.aten


def record(
    function: Callable[..., Mapping[str, torch.Tensor]],
    shapes: Mapping[str, tuple[int, ...]],
    *,
    differentiate: str = "",
    order: int = 0,
) -> dict[str, Any]:
    """Trace `function` and its derivatives to a tape.

    Args:
        function: Takes the tensors named in `shapes` by keyword, returns named tensors. Where
            derivatives are wanted, "value" is a scalar.
        shapes: The inputs and their shapes, all float64.
        differentiate: The input in which "value" is differentiated.
        order: 0 for the outputs alone, 1 adds "gradient" (of the shape of the input), 2 adds
            "curvature", the second derivative (the whole Hessian where the input is an array).

    Returns:
        A tape as plain JSON: `inputs` [[name, size], …], `constants` [[values…], …], `operations`
        [[name, operands…], …], `sizes` of all registers in that order, `outputs` {name: register}.

    Raises:
        CannotBeTapedError: if the traced graph holds an operation the player does not know.
    """
    names = list(shapes)
    generator = torch.Generator().manual_seed(0)
    examples = [
        torch.rand(shapes[name], generator=generator, dtype=torch.float64) for name in names
    ]

    def program(*tensors: torch.Tensor) -> dict[str, torch.Tensor]:
        inputs = dict(zip(names, tensors, strict=True))
        return _with_derivatives(function, inputs, differentiate, order)

    graph = make_fx(torch.func.functionalize(program), decomposition_table=_decompositions())
    module = graph(*examples)
    tape = Recorder(names, [tuple(example.shape) for example in examples])
    outputs = tape.run(module)
    return tape.finish(outputs)


def _with_derivatives(
    function: Callable[..., Mapping[str, torch.Tensor]],
    inputs: dict[str, torch.Tensor],
    differentiate: str,
    order: int,
) -> dict[str, torch.Tensor]:
    if order == 0:
        return dict(function(**inputs))

    def value(tensor: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        outputs = dict(function(**{**inputs, differentiate: tensor}))
        return outputs["value"].sum(), outputs

    def slope(tensor: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        gradient, outputs = torch.func.grad(value, has_aux=True)(tensor)
        return gradient, {**outputs, "gradient": gradient}

    if order == 1:
        return slope(inputs[differentiate])[1]
    # For a single number reverse mode needs no batch of unit vectors, and the tape stays short.
    derivative = torch.func.grad if inputs[differentiate].ndim == 0 else torch.func.jacrev
    curvature, outputs = derivative(slope, has_aux=True)(inputs[differentiate])
    return {**outputs, "curvature": curvature}


def _decompositions() -> dict[Any, Callable[..., Any]]:
    extra = [
        aten._log_softmax, aten._softmax, aten._log_softmax_backward_data,
        aten._softmax_backward_data, aten.select_backward, aten.slice_backward, aten.unbind,
        aten.stack, aten.nll_loss_forward, aten.nll_loss_backward, aten.linalg_vector_norm,
        aten.sigmoid_backward, aten.tanh_backward, aten.softplus, aten.softplus_backward,
        aten.log_sigmoid_forward, aten.log_sigmoid_backward,
        aten.mse_loss, aten.mse_loss_backward, aten.rsub,
    ]  # fmt: skip
    return {**core_aten_decompositions(), **get_decompositions(extra)}


__all__ = ["CannotBeTapedError", "record"]
