"""The records of the information quantities, for a model Q (prediction) held to a truth P (target).

The functions of `losses.information` name their arguments after what they are; the adapters call
them like every loss of the catalog: prediction first, target second. Which quantity looks at
what: entropy at Q alone, self-information at what Q gave to one outcome, all others at both.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import torch

from catalog.record import Loss, Option, Properties
from catalog.references import cite
from losses import information
from losses.information.distributions import UNITS, Unit

Numbers = Mapping[str, torch.Tensor]
MOST_OUTCOMES = 6
"""As many bars as the page draws: sums are written out up to here."""


def _of_truth_and_model(function: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    """A function that asks by name which of the two is the truth, as one of Q and P."""

    def adapter(prediction: torch.Tensor, target: torch.Tensor, **unit: Unit) -> torch.Tensor:
        return function(truth=target, model=prediction, reduction="none", **unit)

    return adapter


def _of_chosen(prediction: torch.Tensor, target: torch.Tensor, *, unit: Unit) -> torch.Tensor:
    return information.self_information(_chosen(prediction, target), unit=unit)


def _of_model(prediction: torch.Tensor, target: torch.Tensor, *, unit: Unit) -> torch.Tensor:
    return information.entropy(prediction, unit=unit, reduction="none")


def _chosen(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """What Q gave to the outcome that `target` marks, one-hot: `where` keeps 0 · ∞ out of the
    gradient."""
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


# Distributions cannot be shifted or scaled. Gradients are those that keep the sum at 1.
CONVEX = Properties(
    convex=True, smooth=True, bounded_gradient=False, symmetric=False, shift_invariant=False
)

UNIT = Option("unit", UNITS)

LOSSES: tuple[Loss, ...] = (
    Loss(
        id="self_information",
        family="information",
        function=information.self_information,
        adapter=_of_chosen,
        look="sky",
        views=("bars",),
        formula=r"-\log q_k",
        formula_with_values=(
            ("bits", r"\frac{-\ln \value{chosen}}{\ln 2}"),
            ("", r"-\ln \value{chosen}"),
        ),
        intermediates=_self_information,
        properties=replace(CONVEX, symmetric=True, least_at_match=False),
        references=cite("shannon_1948"),
        options=(UNIT,),
        related=("entropy", "cross_entropy"),
    ),
    Loss(
        id="entropy",
        family="information",
        function=information.entropy,
        adapter=_of_model,
        look="slate",
        views=("bars",),
        formula=r"-\sum_k q_k\log q_k",
        formula_with_values=_written_out(2, r"\value{part1}", r"\value{part#}"),
        intermediates=_entropy,
        properties=replace(
            CONVEX,
            convex=False,
            highest=math.log(MOST_OUTCOMES),
            least_at_match=False,
            gradient_like_logarithm=True,
        ),
        references=cite("shannon_1948"),
        options=(UNIT,),
        related=("self_information", "cross_entropy"),
    ),
    Loss(
        id="cross_entropy",
        family="information",
        function=information.cross_entropy,
        adapter=_of_truth_and_model(information.cross_entropy),
        look="vermilion",
        views=("bars",),
        formula=(r"-\sum_k p_k\log q_k=\term{entropy}{H(P)}+\term{divergence}{D(P\Vert Q)}"),
        formula_with_values=(
            ("", r"\term{entropy}{\value{entropy}}+\term{divergence}{\signed{divergence}}"),
        ),
        intermediates=_cross_entropy,
        properties=replace(CONVEX, least_at_match=False),
        references=cite("shannon_1948", "kullback_1951"),
        options=(UNIT,),
        terms=("entropy", "divergence"),
        related=("kl_divergence", "entropy"),
    ),
    Loss(
        id="kl_divergence",
        family="information",
        function=information.kl_divergence,
        adapter=_of_truth_and_model(information.kl_divergence),
        look="orange",
        views=("bars", "gaussians"),
        formula=r"\term{divergence}{\sum_k p_k\log\frac{p_k}{q_k}}",
        formula_with_values=_coloured(
            _written_out(2, r"\value{part1}", r"\signed{part#}"), "divergence"
        ),
        intermediates=_kl_divergence,
        properties=CONVEX,
        references=cite("kullback_1951"),
        options=(UNIT,),
        terms=("divergence",),
        related=("cross_entropy", "js_divergence", "wasserstein_distance"),
    ),
    Loss(
        id="js_divergence",
        family="information",
        function=information.js_divergence,
        look="grey",
        views=("bars",),
        formula=(
            r"\tfrac{1}{2}\,D(P\Vert M)+\tfrac{1}{2}\,D(Q\Vert M),"
            r"\allowbreak\quad {M=\tfrac{1}{2}(P+Q)}"
        ),
        formula_with_values=(
            (
                "",
                r"\tfrac{1}{2}\cdot \signed{from_target}"
                r"+\tfrac{1}{2}\cdot \signed{from_prediction}",
            ),
        ),
        intermediates=_js_divergence,
        properties=replace(
            CONVEX, symmetric=True, highest=math.log(2), gradient_like_logarithm=True
        ),
        references=cite("lin_1991", "goodfellow_2014"),
        options=(UNIT,),
        related=("kl_divergence", "wasserstein_distance"),
    ),
    Loss(
        id="wasserstein_distance",
        family="information",
        function=information.wasserstein_distance,
        look="sky dashed",
        views=("bars",),
        formula=r"\sum_{k<K}\left\lvert F_P(k)-F_Q(k)\right\rvert",
        formula_with_values=_written_out(1, r"\value{part1}", r"\value{part#}"),
        intermediates=_wasserstein_distance,
        properties=replace(
            CONVEX, smooth=False, bounded_gradient=True, symmetric=True, highest=MOST_OUTCOMES - 1.0
        ),
        references=cite("kantorovich_1942", "arjovsky_2017"),
        related=("js_divergence", "kl_divergence"),
    ),
)
