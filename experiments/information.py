"""What the information quantities lead to: distributions moved through logits, a Gaussian fitted to
two humps by either direction of the divergence.

Everything is computed in float64.
"""

from collections.abc import Callable, Mapping

import torch

from losses.densities import divergence_of_densities, normal_log_density, two_hump_log_density

SPACING = 0.1
REACH = 16.0
"""The integrals run over −16 … 16: fits of the page stay within a few widths of −5 … 5."""


def grid() -> torch.Tensor:
    count = round(2 * REACH / SPACING) + 1
    return torch.linspace(-REACH, REACH, count, dtype=torch.float64)


def through_softmax(logits: torch.Tensor, gradient: torch.Tensor) -> dict[str, torch.Tensor]:
    """The distribution of some logits, and a gradient in it as one in them.

    An outcome of probability 0 has the logit −∞; no step moves that, so its share in the gradient
    is 0, also where the gradient in the probability is infinite.
    """
    prediction = torch.softmax(logits, -1)
    return {"prediction": prediction, "gradient": pull_back(prediction, gradient)}


def pull_back(prediction: torch.Tensor, gradient: torch.Tensor) -> torch.Tensor:
    """The gradient in the logits whose softmax is `prediction`."""
    weighed = torch.where(prediction > 0, prediction * gradient, 0)
    return weighed - prediction * weighed.sum(-1, keepdim=True)


def descend(
    function: Callable[..., torch.Tensor],
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    rate: float,
    steps: int,
    **parameters: str,
) -> torch.Tensor:
    """Plain gradient descent on the logits of a distribution: z ← z − rate · ∂loss/∂z.

    Returns:
        The start and the distribution after each step, of shape (steps + 1, K).
    """
    slope = torch.func.grad(lambda q: function(q, target, **parameters))
    logits = prediction.log()
    path = [torch.softmax(logits, -1)]
    for _ in range(steps):
        logits = logits - rate * pull_back(path[-1], slope(path[-1]))
        path.append(torch.softmax(logits, -1))
    return torch.stack(path)


def fit(
    prediction: torch.Tensor,
    first_mean: torch.Tensor,
    first_width: torch.Tensor,
    second_mean: torch.Tensor,
    second_width: torch.Tensor,
    share: torch.Tensor,
) -> dict[str, torch.Tensor]:
    """Both divergences between two humps P and a Gaussian Q, and both log densities.

    Args:
        prediction: Mean and log of the width of Q. The log keeps the width positive on any step.
        first_mean, first_width, second_mean, second_width, share: The humps.

    Returns:
        `forward` = D(P‖Q), `reverse` = D(Q‖P); `target` and `model`, log densities on `grid()`.
    """
    x = grid()
    humps = two_hump_log_density(x, (first_mean, second_mean), (first_width, second_width), share)
    model = normal_log_density(x, prediction[0], prediction[1].exp())
    return {
        "forward": divergence_of_densities(humps, model, SPACING),
        "reverse": divergence_of_densities(model, humps, SPACING),
        "target": humps,
        "model": model,
    }


def descend_fit(
    direction: str,
    mean: float,
    width: float,
    humps: Mapping[str, float],
    *,
    rate: float,
    steps: int,
) -> torch.Tensor:
    """Gradient descent of one divergence ("forward" or "reverse") in mean and log width.

    Returns:
        Mean and width at the start and after each step, of shape (steps + 1, 2).
    """
    given = {name: torch.tensor(value, dtype=torch.float64) for name, value in humps.items()}
    slope = torch.func.grad(lambda prediction: fit(prediction, **given)[direction])
    at = torch.tensor([mean, width], dtype=torch.float64)
    at = torch.stack([at[0], at[1].log()])
    path = [at]
    for _ in range(steps):
        path.append(path[-1] - rate * slope(path[-1]))
    means, logs = torch.stack(path).unbind(-1)
    return torch.stack([means, logs.exp()], -1)
