"""Gradient descent, once for all: whatever a loss moves, it moves by x ← x − rate · ∇f(x)."""

from collections.abc import Callable

import torch

from losses.arguments import Scalar

Program = Callable[[torch.Tensor], torch.Tensor]


def descend(
    program: Program,
    start: torch.Tensor,
    *,
    rate: Scalar | Callable[[int], Scalar],
    steps: int,
    through: Program = torch.clone,
    project: Program = torch.clone,
) -> torch.Tensor:
    """Follow plain gradient descent of one point, x ← project(x − rate · ∇ₓ program(through(x))).

    A path depends on the numbers that are descended in: a step in the logit of a probability is
    another step than one in the probability itself. `through` says which they are.

    Args:
        program: What is minimised: a scalar. A sum over independent points lets each of them
            descend on its own.
        start: The numbers that are descended in, in any floating dtype.
        rate: Step size, or a function that gives that of each step, counted from 0.
        steps: Number of steps, at least 0.
        through: Turns these numbers into what `program` takes: `torch.sigmoid` for a descent in
            logits. It must take a stack of points too.
        project: Brings a point back to where it may be, after every step and before the first.

    Returns:
        `through(x)` before the first and after every step, of shape (steps + 1, …). A rate that is
        too high makes it grow, up to infinity and NaN.

    Raises:
        ValueError: for a negative number of steps.

    Example:
        >>> path = descend(lambda x: x * x, torch.tensor(1.0), rate=0.25, steps=2)
        >>> path.tolist()
        [1.0, 0.5, 0.25]
    """
    if steps < 0:
        raise ValueError(f"steps must be at least 0; got {steps}")
    gradient = torch.func.grad(lambda point: program(through(point)))
    path = [project(start)]
    for step in range(steps):
        size = rate(step) if callable(rate) else rate
        path.append(project(path[-1] - size * gradient(path[-1])))
    return through(torch.stack(path))
