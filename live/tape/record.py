"""Record a torch program as a tape: a short list of array operations that the browser replays.

`torch.func` differentiates the program, `make_fx` traces both to ATen, and `live.tape.recorder`
flattens that graph. The browser's half is `live/web/core/player.js`.
"""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch._guards import TracingContext, tracing
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.fx.experimental.proxy_tensor import make_fx

from live.tape.decompositions import decompositions
from live.tape.recorder import CannotBeTapedError, Recorder


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

    graph = make_fx(torch.func.functionalize(program), decomposition_table=decompositions())
    # `make_fx` notes of every value what shape it has. By itself it makes a mode for each of these
    # notes, with the stack of calls that led there: half of the time that a recording takes.
    with tracing(TracingContext(FakeTensorMode())):
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


__all__ = ["CannotBeTapedError", "record"]
