"""The records of the information quantities, for a model Q (prediction) held to a truth P (target).

The functions of `losses.information` name their arguments after what they are; here they are
called like every loss of the catalog: prediction first, target second. Which quantity looks at
what: entropy at Q alone, self-information at what Q gave to one outcome, all others at both.
"""

import math
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import torch

from catalog.information_references import (
    ARJOVSKY,
    GOODFELLOW,
    KANTOROVICH,
    KULLBACK,
    LIN,
    SHANNON,
)
from catalog.record import Claims, Loss, Option
from losses import information
from losses.information import UNITS, Unit
from losses.reduction import Reduction, reduce_loss

Numbers = Mapping[str, torch.Tensor]
MOST_OUTCOMES = 6
"""As many bars as the page draws: sums are written out up to here."""


def _by_order(function: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    """A function of `truth` and `model` as one of prediction and target."""

    @wraps(function)
    def adapted(
        prediction: torch.Tensor,
        target: torch.Tensor,
        *,
        unit: Unit = "nats",
        weight: torch.Tensor | None = None,
        reduction: Reduction = "mean",
    ) -> torch.Tensor:
        return function(
            truth=target, model=prediction, unit=unit, weight=weight, reduction=reduction
        )

    return adapted


cross_entropy = _by_order(information.cross_entropy)
kl_divergence = _by_order(information.kl_divergence)


@wraps(information.self_information)
def self_information(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    unit: Unit = "nats",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    # `target` marks what happened, one-hot. `where` keeps 0 · ∞ out of the gradient.
    chosen = _chosen(prediction, target)
    return reduce_loss(information.self_information(chosen, unit=unit), weight, reduction)


@wraps(information.entropy)
def entropy(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    unit: Unit = "nats",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    return information.entropy(prediction, unit=unit, weight=weight, reduction=reduction)


@wraps(information.js_divergence)
def js_divergence(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    unit: Unit = "nats",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    return information.js_divergence(
        prediction, target, unit=unit, weight=weight, reduction=reduction
    )


@wraps(information.wasserstein_distance)
def wasserstein_distance(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    return information.wasserstein_distance(prediction, target, weight=weight, reduction=reduction)


def _chosen(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return torch.where(target > 0, target * prediction, 0).sum(-1)


def _parts(terms: torch.Tensor, name: str = "part") -> dict[str, torch.Tensor]:
    """The terms of a sum by number, 0 beyond the last, and how many there are."""
    columns = list(terms.unbind(-1))
    none = torch.zeros_like(columns[0])
    padded = columns + [none] * (MOST_OUTCOMES - len(columns))
    marks = {
        f"has{count}": none + float(len(columns) >= count) for count in range(2, MOST_OUTCOMES + 1)
    }
    return {f"{name}{i + 1}": part for i, part in enumerate(padded)} | marks


def _self_information(
    prediction: torch.Tensor, target: torch.Tensor, *, unit: Unit
) -> dict[str, torch.Tensor]:
    chosen = _chosen(prediction, target)
    return {"chosen": chosen, "bits": torch.zeros_like(chosen) + float(unit == "bits")}


def _entropy(prediction: torch.Tensor, target: torch.Tensor, *, unit: Unit) -> Numbers:
    return _parts(_surprise(prediction, prediction, unit))


def _cross_entropy(prediction: torch.Tensor, target: torch.Tensor, *, unit: Unit) -> Numbers:
    """What cannot be avoided, the entropy of P, and what believing Q costs on top."""
    given: dict[str, Any] = {"unit": unit, "reduction": "none"}
    shape = torch.broadcast_shapes(prediction.shape, target.shape)[:-1]
    return {
        "entropy": information.entropy(target, **given).expand(shape),
        "divergence": information.kl_divergence(truth=target, model=prediction, **given),
    }


def _kl_divergence(prediction: torch.Tensor, target: torch.Tensor, *, unit: Unit) -> Numbers:
    """Each outcome's share of the divergence (some are negative), and the other direction."""
    given: dict[str, Any] = {"unit": unit, "reduction": "none"}
    return {
        **_parts(_surprise(target, prediction, unit) - _surprise(target, target, unit)),
        "divergence": information.kl_divergence(truth=target, model=prediction, **given),
        "exchanged": information.kl_divergence(truth=prediction, model=target, **given),
    }


def _js_divergence(prediction: torch.Tensor, target: torch.Tensor, *, unit: Unit) -> Numbers:
    middle = (prediction + target) / 2
    given: dict[str, Any] = {"unit": unit, "reduction": "none"}
    return {
        "from_target": information.kl_divergence(truth=target, model=middle, **given),
        "from_prediction": information.kl_divergence(truth=prediction, model=middle, **given),
    }


def _wasserstein_distance(prediction: torch.Tensor, target: torch.Tensor) -> Numbers:
    """The mass that crosses each border between two bins."""
    return _parts((prediction - target).cumsum(-1)[..., :-1].abs())


def _surprise(truth: torch.Tensor, model: torch.Tensor, unit: Unit) -> torch.Tensor:
    """Each outcome's part of the expected surprise."""
    nats = -truth * torch.where(truth == 0, 1, model).log()
    return nats if unit == "nats" else nats / math.log(2)


def _written_out(least: int, first: str, further: str) -> tuple[tuple[str, str], ...]:
    """The sum of all parts, for every number of parts from the largest down to `least`."""

    def tex(count: int) -> str:
        return "+".join([first, *(further.replace("#", str(i)) for i in range(2, count + 1))])

    counts = range(MOST_OUTCOMES, least, -1)
    return (*((f"has{count}", tex(count)) for count in counts), ("", tex(least)))


def _coloured(pairs: tuple[tuple[str, str], ...], term: str) -> tuple[tuple[str, str], ...]:
    return tuple((condition, rf"\term{{{term}}}{{{tex}}}") for condition, tex in pairs)


def _claims(
    *,
    convex: bool = True,
    smooth: bool = True,
    bounded_gradient: bool = False,
    symmetric: bool = False,
    highest: float = math.inf,
    least_at_match: bool = True,
) -> Claims:
    """Distributions cannot be shifted or scaled. Gradients are those that keep the sum at 1."""
    return Claims(
        convex=convex,
        smooth=smooth,
        bounded_gradient=bounded_gradient,
        symmetric=symmetric,
        highest=highest,
        shift_invariant=False,
        least_at_match=least_at_match,
    )


UNIT = Option("unit", UNITS)

INFORMATION = (
    Loss(
        id="self_information",
        family="information",
        function=self_information,
        formula=r"-\log q_k",
        numbers=(
            ("bits", r"\frac{-\ln \value{chosen}}{\ln 2}"),
            ("", r"-\ln \value{chosen}"),
        ),
        readings=_self_information,
        claims=_claims(symmetric=True, least_at_match=False),
        references=(SHANNON,),
        options=(UNIT,),
        related=("entropy", "cross_entropy"),
    ),
    Loss(
        id="entropy",
        family="information",
        function=entropy,
        formula=r"-\sum_k q_k\log q_k",
        numbers=_written_out(2, r"\value{part1}", r"\value{part#}"),
        readings=_entropy,
        claims=_claims(convex=False, highest=math.log(MOST_OUTCOMES), least_at_match=False),
        references=(SHANNON,),
        options=(UNIT,),
        related=("self_information", "cross_entropy"),
    ),
    Loss(
        id="cross_entropy",
        family="information",
        function=cross_entropy,
        formula=(r"-\sum_k p_k\log q_k=\term{entropy}{H(P)}+\term{divergence}{D(P\Vert Q)}"),
        numbers=(("", r"\term{entropy}{\value{entropy}}+\term{divergence}{\signed{divergence}}"),),
        readings=_cross_entropy,
        claims=_claims(least_at_match=False),
        references=(SHANNON, KULLBACK),
        options=(UNIT,),
        terms=("entropy", "divergence"),
        related=("kl_divergence", "entropy"),
    ),
    Loss(
        id="kl_divergence",
        family="information",
        function=kl_divergence,
        formula=r"\term{divergence}{\sum_k p_k\log\frac{p_k}{q_k}}",
        numbers=_coloured(_written_out(2, r"\value{part1}", r"\signed{part#}"), "divergence"),
        readings=_kl_divergence,
        claims=_claims(),
        references=(KULLBACK,),
        options=(UNIT,),
        terms=("divergence",),
        related=("cross_entropy", "js_divergence", "wasserstein_distance"),
    ),
    Loss(
        id="js_divergence",
        family="information",
        function=js_divergence,
        formula=(
            r"\tfrac{1}{2}\,D(P\Vert M)+\tfrac{1}{2}\,D(Q\Vert M),"
            r"\quad M=\tfrac{1}{2}(P+Q)"
        ),
        numbers=(
            (
                "",
                r"\tfrac{1}{2}\cdot \signed{from_target}"
                r"+\tfrac{1}{2}\cdot \signed{from_prediction}",
            ),
        ),
        readings=_js_divergence,
        claims=_claims(symmetric=True, highest=math.log(2)),
        references=(LIN, GOODFELLOW),
        options=(UNIT,),
        related=("kl_divergence", "wasserstein_distance"),
    ),
    Loss(
        id="wasserstein_distance",
        family="information",
        function=wasserstein_distance,
        formula=r"\sum_{k<K}\left\lvert F_P(k)-F_Q(k)\right\rvert",
        numbers=_written_out(1, r"\value{part1}", r"\value{part#}"),
        readings=_wasserstein_distance,
        claims=_claims(
            smooth=False, bounded_gradient=True, symmetric=True, highest=MOST_OUTCOMES - 1.0
        ),
        references=(KANTOROVICH, ARJOVSKY),
        related=("js_divergence", "kl_divergence"),
    ),
)
