"""What the information quantities lead to: distributions moved through logits, a Gaussian fitted to
two humps by either direction of the divergence.

Everything is computed in float64.
"""

import torch

from losses.densities import (
    divergence_of_densities,
    normal_log_density,
    two_hump_log_density,
)

SPACING = 0.1
REACH = 16.0
"""The integrals run over −16 … 16, a few widths beyond what is fitted."""


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


def distribution(logits: torch.Tensor) -> torch.Tensor:
    """Softmax, through which an outcome of probability 0 gets no gradient, as in `pull_back`."""
    probabilities = torch.softmax(logits, -1)
    return torch.where(probabilities == 0, 0, probabilities)


def pull_back(prediction: torch.Tensor, gradient: torch.Tensor) -> torch.Tensor:
    """The gradient in the logits whose softmax is `prediction`."""
    weighed = torch.where(prediction > 0, prediction * gradient, 0)
    return weighed - prediction * weighed.sum(-1, keepdim=True)


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
