"""What regression losses lead to: the best lines, to the last digits.

Everything is computed in float64, from the losses themselves. The losses depend on prediction −
target alone, and the functions here rely on it.
"""

from typing import Any

import torch

from experiments.regression import QUADRATIC, LossFunction, Numbers, properties_of

DAMPINGS = 10.0 ** torch.arange(4, dtype=torch.float64)
"""How many times stronger each of the steps is damped that are tried at once: most of a look is the
same for one line as for forty."""
STEPS = 200


def fit_line(
    function: LossFunction, x: Numbers, y: Numbers, **parameters: Any
) -> tuple[float, float]:
    """Intercept and slope of the line whose vertical residuals have the smallest mean loss.

    Squared errors have a closed form. For piecewise linear losses some best line passes through two
    of the points (a vertex of the linear programme), so all pairs are tried; where several lines
    are equally good, it is one of them. Other losses start from the best such lines and from the
    least-squares line, and follow damped Newton steps to the last digits. For a loss that is not
    convex this finds the best of many valleys, which is not a proof that there is no better one.
    The time grows with the third power of the number of points.

    Raises:
        ValueError: if x and y are not lists of one length, or all x are equal.
    """
    abscissa = torch.as_tensor(x, dtype=torch.float64)
    ordinate = torch.as_tensor(y, dtype=torch.float64)
    if abscissa.ndim != 1 or abscissa.shape != ordinate.shape:
        raise ValueError(
            "x and y must be lists of one length; "
            f"got shapes {tuple(abscissa.shape)} and {tuple(ordinate.shape)}"
        )
    if abscissa.unique().numel() < 2:
        raise ValueError("x must hold at least two different numbers")
    # Centred and scaled, so that the two unknowns are of one size whatever the unit of x.
    centre, spread = abscissa.mean(), abscissa.std()
    design = torch.stack((torch.ones_like(abscissa), (abscissa - centre) / spread), dim=1)

    squares = torch.linalg.lstsq(design, ordinate[:, None]).solution[:, 0]
    if function in QUADRATIC:
        return _unscale(squares, centre, spread)
    properties = properties_of(function)
    lines = _two_point_lines(design, ordinate)
    losses = _line_losses(function, lines, design, ordinate, parameters)
    if properties.piecewise_linear:
        return _unscale(lines[losses.argmin()], centre, spread)
    starts = lines[losses.argsort()[: 1 if properties.convex else 8]]
    fits = _newton(function, torch.stack((squares, *starts)), design, ordinate, parameters)
    best = _line_losses(function, fits, design, ordinate, parameters).argmin()
    return _unscale(fits[best], centre, spread)


def _unscale(
    coefficients: torch.Tensor, centre: torch.Tensor, spread: torch.Tensor
) -> tuple[float, float]:
    slope = coefficients[1] / spread
    return (coefficients[0] - slope * centre).item(), slope.item()


def _two_point_lines(design: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Coefficients of the lines through every two points that are not above each other."""
    first, second = torch.combinations(torch.arange(len(y)), 2).unbind(1)
    run = design[second, 1] - design[first, 1]
    slopes = (y[second] - y[first])[run != 0] / run[run != 0]
    first = first[run != 0]
    return torch.stack((y[first] - slopes * design[first, 1], slopes), dim=1)


def _line_losses(
    function: LossFunction,
    lines: torch.Tensor,
    design: torch.Tensor,
    y: torch.Tensor,
    parameters: dict[str, Any],
) -> torch.Tensor:
    """The mean loss of each line."""
    parts = [
        function(part @ design.T, y.expand(len(part), -1), reduction="none", **parameters).mean(1)
        for part in lines.split(4096)
    ]
    return torch.cat(parts)


def _newton(
    function: LossFunction,
    starts: torch.Tensor,
    design: torch.Tensor,
    y: torch.Tensor,
    parameters: dict[str, Any],
) -> torch.Tensor:
    """The minima to which damped Newton (Levenberg) steps lead from each of `starts`."""
    squares = design[:, :, None] * design[:, None, :]

    def look(lines: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        values, first, second = _derivatives(function, lines @ design.T - y, parameters)
        return values.sum(-1), first @ design, torch.einsum("...i,ijk->...jk", second, squares)

    # The Hessian of a perfect line gives the damping its unit.
    unit = _derivatives(function, torch.zeros_like(y), parameters)[2].sum() * torch.eye(2).double()
    each = torch.arange(len(starts))
    lines, (loss, gradient, hessian) = starts, look(starts)
    damping = torch.full((len(starts),), 1e-3, dtype=torch.float64)
    going = torch.ones(len(starts), dtype=torch.bool)
    for _ in range(STEPS):
        dampings = damping[:, None] * DAMPINGS
        damped = hessian[:, None] + dampings[..., None, None] * unit
        steps = torch.linalg.solve(damped, gradient[:, None].expand(-1, len(DAMPINGS), -1))
        tried = (lines[:, None] - steps, *look(lines[:, None] - steps))
        # Near the minimum the loss no longer tells the points apart; the gradient still does.
        noise = 1e-13 * loss.abs()[:, None]
        lower = tried[1] < loss[:, None] - noise
        level = tried[1] <= loss[:, None] + noise
        flatter = tried[2].norm(dim=-1) < gradient.norm(dim=-1)[:, None] / 2
        good = lower | (level & flatter)
        first = (good | level).byte().argmax(1)  # of a step that ends the search, or goes on
        taken = good[each, first] & going
        going &= good[each, first] | ~level[each, first]
        lines, loss, gradient, hessian = (
            torch.where(taken.reshape(-1, *[1] * (old.ndim - 1)), new[each, first], old)
            for new, old in zip(tried, (lines, loss, gradient, hessian), strict=True)
        )
        damping = torch.where(taken, dampings[each, first] / 100, dampings[:, -1] * 10)
        damping = damping.clamp(min=1e-14)
        going &= damping < 1e14
        if not going.any():
            break
    return lines


def _derivatives(
    function: LossFunction, residual: torch.Tensor, parameters: dict[str, Any]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The loss of each element, and its first and second derivative."""
    leaf, zero = residual.detach().requires_grad_(), torch.zeros((), dtype=torch.float64)
    values = function(leaf, zero, reduction="none", **parameters)
    (first,) = torch.autograd.grad(values.sum(), leaf, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), leaf)
    return values.detach(), first.detach(), second
