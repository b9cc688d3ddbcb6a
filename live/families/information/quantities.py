"""The numbers that the scenes of the information page speak of."""

import torch

from catalog import Loss
from experiments.descent import descend
from experiments.information import distribution, fit
from live.families.base import State
from live.families.information.inputs import DIRECTIONS, distributions, fit_inputs, goal, gradient
from live.families.loss_numbers import keywords, reading
from losses.information import entropy, kl_divergence

CALLS = {
    "torch_kl_div": lambda p, q: (q.log(), p),
    "torch_swapped": lambda p, q: (p.log(), q),
    "torch_not_logged": lambda p, q: (q, p),
    "torch_swapped_not_logged": lambda p, q: (p, q),
}
"""The two arguments of `torch.nn.functional.kl_div` as it wants them for D(P‖Q), and as they are
mistaken."""


def quantity(loss: Loss, state: State, name: str, after: int | None) -> float:
    """A reading of the bars, or of the fit of a Gaussian to two humps.

    `after` steps of descent along `loss`, in the logits of Q. Beside the readings: "kl", D(P‖Q) in
    nats whatever the loss descended; "entropy_of_target"; "q1" … the probabilities of Q. Of the
    fit, where `after` steps go along the named direction: "forward", "reverse" (the divergence
    that is descended), "mean_of_forward", "width_of_reverse" and so on. Of PyTorch's `kl_div`, see
    `CALLS`.
    """
    part, _, direction = name.rpartition("_of_")
    if direction in DIRECTIONS:
        return _of_fit(state, part or name, direction, after or 0)
    truth, model = distributions(state)
    if name in CALLS:
        first, second = CALLS[name](truth, model)
        return torch.nn.functional.kl_div(first, second, reduction="sum").item()
    target = goal(loss, state)
    given = keywords(loss, state)
    if after is not None:
        model = descend(
            lambda q: loss.call(q, target, **given),
            model.log(),
            rate=state["rate"],
            steps=after,
            through=distribution,
        )[-1]
    if name == "kl":
        return kl_divergence(truth=truth, model=model).item()
    if name == "entropy_of_target":
        return entropy(truth).item()
    if name[0] == "q" and name[1:].isdigit():
        return model[int(name[1:]) - 1].item()
    if name == "gradient":
        return gradient(loss, state, model, target).norm().item()
    return reading(loss, model, target, name=name, given=given)


def _of_fit(state: State, name: str, direction: str, steps: int) -> float:
    humps = fit_inputs(state)
    start = humps.pop("prediction")
    fitted = descend(
        lambda point: fit(point, **humps)[direction], start, rate=state["rate"], steps=steps
    )[-1]
    found = {"mean": fitted[0], "width": fitted[1].exp()} | fit(fitted, **humps)
    return found[name].item()
