"""The numbers that the scenes of the information page speak of."""

import torch

from catalog import Loss
from experiments.information import descend, descend_fit, fit, pull_back
from experiments.measures.readings import State, keywords
from losses.information import entropy, kl_divergence

HUMPS = ("first_mean", "first_width", "second_mean", "second_width", "share")


def measure(loss: Loss, state: State, quantity: str, after: int | None) -> float:
    """A reading of the bars, or of the fit of a Gaussian to two humps.

    `after` steps of descent along `loss`, in the logits of Q. Beside the readings: "kl", D(P‖Q) in
    nats whatever the loss descended; "entropy_of_target"; "q1" … the probabilities of Q. Of the
    fit, where `after` steps go along the named direction: "forward", "reverse" (the divergence
    that is descended), "mean_of_forward", "width_of_reverse" and so on.
    """
    name, _, direction = quantity.rpartition("_of_")
    if quantity in ("forward", "reverse"):
        name, direction = quantity, quantity
    if direction in ("forward", "reverse"):
        return _of_fit(state, name, direction, after or 0)
    truth, model = distributions(state)
    target = goal(loss, state)
    given = keywords(loss, state)
    if after is not None:
        model = descend(loss.call, model, target, rate=state["rate"], steps=after, **given)[-1]
    if quantity == "kl":
        return kl_divergence(truth=truth, model=model).item()
    if quantity == "entropy_of_target":
        return entropy(truth).item()
    if quantity[0] == "q" and quantity[1:].isdigit():
        return model[int(quantity[1:]) - 1].item()
    return _reading(loss, model, target, quantity, state)


def distributions(state: State) -> tuple[torch.Tensor, torch.Tensor]:
    """P and Q."""
    truth, model = (torch.tensor(row, dtype=torch.float64) for row in state["distributions"])
    return truth, model


def goal(loss: Loss, state: State) -> torch.Tensor:
    """What `loss` takes as its target: P, or for a loss of one outcome the chosen one, one-hot."""
    truth, _ = distributions(state)
    if loss.arguments != ("probability",):
        return truth
    chosen = min(int(state["outcome"]), len(truth)) - 1
    return torch.eye(len(truth), dtype=torch.float64)[chosen]


def gradient(loss: Loss, state: State, model: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The gradient of `loss` in the coordinates of the state."""
    leaf = model.clone().requires_grad_()
    value = loss.call(leaf, target, **keywords(loss, state))
    (slope,) = torch.autograd.grad(value, leaf)
    return pull_back(model, slope) if state["coordinates"] == "logits" else slope


def fit_inputs(state: State) -> dict[str, torch.Tensor]:
    """The tensors of `experiments.information.fit`, as the state sets them."""
    numbers = {name: torch.tensor(state[name], dtype=torch.float64) for name in HUMPS}
    width = torch.tensor(state["width"], dtype=torch.float64)
    mean = torch.tensor(state["mean"], dtype=torch.float64)
    return {"prediction": torch.stack([mean, width.log()]), **numbers}


def _reading(
    loss: Loss, model: torch.Tensor, target: torch.Tensor, quantity: str, state: State
) -> float:
    given = keywords(loss, state)
    if quantity == "value":
        return loss.call(model, target, **given).item()
    if quantity == "gradient":
        return gradient(loss, state, model, target).norm().item()
    readings = loss.intermediates(model, target, **given)
    if quantity not in readings:
        raise ValueError(f"{loss.id} has no quantity {quantity!r}; it has {', '.join(readings)}")
    return readings[quantity].item()


def _of_fit(state: State, name: str, direction: str, steps: int) -> float:
    humps = {key: state[key] for key in HUMPS}
    path = descend_fit(
        direction, state["mean"], state["width"], humps, rate=state["rate"], steps=steps
    )
    mean, width = path[-1].tolist()
    if name in ("mean", "width"):
        return mean if name == "mean" else width
    return fit(**fit_inputs({**state, "mean": mean, "width": width}))[name].item()
