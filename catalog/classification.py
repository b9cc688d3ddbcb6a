"""The records of the classification losses, those of yes or no first.

What a function's first argument is called says what it takes: logits, probabilities,
log-probabilities or class numbers. The readings take the same.
"""

from collections.abc import Mapping

import torch

from catalog.record import Loss, Parameter, Properties
from catalog.references import cite
from losses import binary, classification
from losses.arguments import Scalar
from losses.classification.zero_one import differs

Numbers = Mapping[str, torch.Tensor]


def _wrong(prediction: torch.Tensor, labels: torch.Tensor) -> Numbers:
    """1 where the class number is not that of the label."""
    return {"wrong": differs(prediction, labels)}


def _of_logit(logits: torch.Tensor, target: torch.Tensor, **parameters: Scalar) -> Numbers:
    """The probabilities of yes and of no, each computed for itself, and which one is true."""
    return {
        "probability": torch.sigmoid(logits),
        "complement": torch.sigmoid(-logits),
        "positive": target.to(logits.dtype).expand_as(logits),
    }


def _of_probability(
    probabilities: torch.Tensor, target: torch.Tensor, **parameters: Scalar
) -> Numbers:
    return {
        "probability": probabilities,
        "complement": 1 - probabilities,
        "positive": target.to(probabilities.dtype).expand_as(probabilities),
    }


def _focal(logits: torch.Tensor, target: torch.Tensor, *, alpha: Scalar, gamma: Scalar) -> Numbers:
    """`focus` is what is left of the cross-entropy after focusing."""
    numbers = dict(_of_logit(logits, target))
    wrong = torch.where(target > 0, numbers["complement"], numbers["probability"])
    return {**numbers, "focus": wrong**gamma}


def _hinge(logits: torch.Tensor, target: torch.Tensor, *, margin: Scalar) -> Numbers:
    """`score` is the logit seen from the true side, `short` is 1 where it misses the margin."""
    score = (2 * target.to(logits.dtype) - 1) * logits
    short = (score < margin).to(logits.dtype)
    return {"score": score, "short": short, "rest": short * (margin - score)}


def _true_class(logits: torch.Tensor, labels: torch.Tensor, **parameters: Scalar) -> Numbers:
    """The probability of the true class, its log, and minus the mean log of all."""
    logs, log_probability = _logs(logits, labels)
    return {
        "true_probability": log_probability.exp(),
        "log_probability": log_probability,
        "spread": -logs.mean(dim=1),
    }


def _smoothed(logits: torch.Tensor, labels: torch.Tensor, *, label_smoothing: Scalar) -> Numbers:
    numbers = dict(_true_class(logits, labels))
    some = (numbers["spread"] * 0 + label_smoothing > 0).to(logits.dtype)
    return {**numbers, "smoothed": some}


def _multiclass_focal(logits: torch.Tensor, labels: torch.Tensor, *, gamma: Scalar) -> Numbers:
    numbers = dict(_true_class(logits, labels))
    others = 1 - numbers["true_probability"]
    return {**numbers, "others": others, "focus": others**gamma}


def _soft(logits: torch.Tensor, probabilities: torch.Tensor) -> Numbers:
    """The entropy of the target and how far the softmax is from it: their sum is the loss."""
    surprise = -torch.log_softmax(logits, dim=1)
    own = -torch.where(probabilities > 0, probabilities, 1).log()
    entropy = (probabilities * own).sum(dim=1)
    return {"entropy": entropy, "divergence": (probabilities * surprise).sum(dim=1) - entropy}


def _picked(log_probabilities: torch.Tensor, labels: torch.Tensor) -> Numbers:
    return {"log_probability": _pick(log_probabilities, labels)}


def _logs(logits: torch.Tensor, labels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    logs = torch.log_softmax(logits, dim=1)
    return logs, _pick(logs, labels)


def _pick(values: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """The entry of the label; a product with its one-hot row, which needs no index that moves."""
    classes = torch.arange(values.shape[1], device=values.device)
    return torch.where(classes == labels.unsqueeze(1), values, 0).sum(dim=1)


GAMMA = Parameter("gamma", r"\gamma", 2.0, 0.0, 5.0)
POSITIVE, NEGATIVE = r"-\ln \value{probability}", r"-\ln \value{complement}"


def _properties(
    *, convex: bool = True, smooth: bool = True, bounded_gradient: bool = True, highest: float
) -> Properties:
    """Properties in the prediction alone: it and the label cannot be exchanged, moved or scaled."""
    return Properties(
        convex=convex,
        smooth=smooth,
        bounded_gradient=bounded_gradient,
        symmetric=False,
        highest=highest,
        shift_invariant=False,
    )


INFINITE = float("inf")

LOSSES: tuple[Loss, ...] = (
    Loss(
        id="zero_one_loss",
        family="classification",
        function=classification.zero_one_loss,
        look="blue",
        views=("binary", "multiclass"),
        formula=r"\begin{cases}1 & \hat y\neq y\\ 0 & \hat y=y\end{cases}",
        formula_with_values=(("", r"\value{wrong}"),),
        intermediates=_wrong,
        properties=_properties(convex=False, smooth=False, highest=1.0),
        references=cite("wald_1950"),
        related=("hinge_loss", "bce_with_logits_loss", "cross_entropy_loss"),
    ),
    Loss(
        id="bce_with_logits_loss",
        family="classification",
        function=binary.bce_with_logits_loss,
        look="vermilion",
        views=("binary",),
        formula=r"-w\,y\ln\sigma(z)-(1-y)\ln\left(1-\sigma(z)\right)",
        formula_with_values=(
            ("positive", r"-\value{pos_weight}\cdot \ln \value{probability}"),
            ("", NEGATIVE),
        ),
        intermediates=_of_logit,
        properties=_properties(highest=INFINITE),
        references=cite("cox_1958"),
        parameters=(Parameter("pos_weight", "w", 1.0, 0.1, 10.0, logarithmic=True),),
        related=("bce_loss", "focal_loss", "weighted_bce_loss"),
    ),
    Loss(
        id="bce_loss",
        family="classification",
        function=binary.bce_loss,
        look="green",
        views=("binary",),
        formula=r"-y\ln p-(1-y)\ln(1-p)",
        formula_with_values=(("positive", POSITIVE), ("", NEGATIVE)),
        intermediates=_of_probability,
        properties=_properties(bounded_gradient=False, highest=100.0),
        references=cite("cox_1958"),
        related=("bce_with_logits_loss", "weighted_bce_loss"),
    ),
    Loss(
        id="weighted_bce_loss",
        family="classification",
        function=binary.weighted_bce_loss,
        look="purple",
        views=("binary",),
        formula=r"-w_+\,y\ln p-w_-\,(1-y)\ln(1-p)",
        formula_with_values=(
            ("positive", r"-\value{positive_weight}\cdot \ln \value{probability}"),
            ("", r"-\value{negative_weight}\cdot \ln \value{complement}"),
        ),
        intermediates=_of_probability,
        properties=_properties(bounded_gradient=False, highest=100.0),
        references=cite("xie_2015", "cox_1958"),
        parameters=(
            Parameter("positive_weight", "w_+", 1.0, 0.0, 5.0),
            Parameter("negative_weight", "w_-", 1.0, 0.0, 5.0),
        ),
        related=("bce_loss", "bce_with_logits_loss", "focal_loss"),
    ),
    Loss(
        id="focal_loss",
        family="classification",
        function=binary.focal_loss,
        look="orange",
        views=("binary",),
        formula=(
            r"-\alpha\,y\,\term{focus}{(1-p)^\gamma}\ln p"
            r"-(1-\alpha)(1-y)\,\term{focus}{p^\gamma}\ln(1-p)"
        ),
        formula_with_values=(
            (
                "positive",
                r"-\value{alpha}\cdot \term{focus}{\signed{complement}^{\value{gamma}}}"
                r"\cdot \ln \value{probability}",
            ),
            (
                "",
                r"-\left(1-\value{alpha}\right)\cdot "
                r"\term{focus}{\signed{probability}^{\value{gamma}}}\cdot \ln \value{complement}",
            ),
        ),
        intermediates=_focal,
        properties=_properties(convex=False, highest=INFINITE),
        references=cite("lin_2017", "li_2020"),
        parameters=(Parameter("alpha", r"\alpha", 0.25, 0.0, 1.0), GAMMA),
        related=("bce_with_logits_loss", "multiclass_focal_loss", "weighted_bce_loss"),
    ),
    Loss(
        id="hinge_loss",
        family="classification",
        function=binary.hinge_loss,
        look="sky",
        views=("binary",),
        formula=r"\max\left(0,\;m-(2y-1)\,z\right)",
        formula_with_values=(("short", r"\value{margin}-\signed{score}"), ("", r"\value{rest}")),
        intermediates=_hinge,
        properties=_properties(smooth=False, highest=INFINITE),
        references=cite("cortes_1995"),
        parameters=(Parameter("margin", "m", 1.0, 0.0, 5.0),),
        related=("bce_with_logits_loss", "zero_one_loss"),
    ),
    Loss(
        id="squared_error_on_sigmoid",
        family="classification",
        function=binary.squared_error_on_sigmoid,
        look="grey",
        views=("binary",),
        formula=r"\left(\sigma(z)-y\right)^2",
        formula_with_values=(("", r"\left(\value{probability}-\value{positive}\right)^2"),),
        intermediates=_of_logit,
        properties=_properties(convex=False, highest=1.0),
        references=cite("brier_1950"),
        related=("bce_with_logits_loss",),
    ),
    Loss(
        id="cross_entropy_loss",
        family="classification",
        function=classification.cross_entropy_loss,
        look="blue dashed",
        views=("multiclass", "pipeline", "batch"),
        formula=(
            r"-(1-\varepsilon)\ln p_y-\frac{\varepsilon}{K}\sum_j\ln p_j,"
            r"\allowbreak\quad {p=\operatorname{softmax}(z)}"
        ),
        formula_with_values=(
            (
                "smoothed",
                r"-\left(1-\value{label_smoothing}\right)\cdot \ln \value{true_probability}"
                r"+\value{label_smoothing}\cdot \value{spread}",
            ),
            ("", r"-\ln \value{true_probability}"),
        ),
        intermediates=_smoothed,
        properties=_properties(highest=INFINITE),
        references=cite("shannon_1948", "bridle_1990", "szegedy_2016"),
        parameters=(Parameter("label_smoothing", r"\varepsilon", 0.0, 0.0, 0.5),),
        related=("nll_loss", "soft_cross_entropy_loss", "multiclass_focal_loss"),
    ),
    Loss(
        id="soft_cross_entropy_loss",
        family="classification",
        function=classification.soft_cross_entropy_loss,
        look="vermilion dashed",
        views=("multiclass",),
        formula=r"-\sum_j q_j\ln p_j=H(q)+D(q\,\|\,p)",
        formula_with_values=(("", r"\value{entropy}+\value{divergence}"),),
        intermediates=_soft,
        properties=_properties(highest=INFINITE),
        references=cite("shannon_1948", "hinton_2014"),
        related=("cross_entropy_loss",),
    ),
    Loss(
        id="nll_loss",
        family="classification",
        function=classification.nll_loss,
        look="green dashed",
        views=("multiclass",),
        formula=r"-\ell_y,\allowbreak\quad {\ell=\ln p}",
        formula_with_values=(("", r"-\signed{log_probability}"),),
        intermediates=_picked,
        properties=_properties(highest=INFINITE),
        references=cite("fisher_1922"),
        related=("cross_entropy_loss",),
    ),
    Loss(
        id="multiclass_focal_loss",
        family="classification",
        function=classification.multiclass_focal_loss,
        look="purple dashed",
        views=("multiclass", "batch"),
        formula=r"-\term{focus}{(1-p_y)^\gamma}\ln p_y,"
        r"\allowbreak\quad {p=\operatorname{softmax}(z)}",
        formula_with_values=(
            (
                "",
                r"-\term{focus}{\signed{others}^{\value{gamma}}}\cdot \ln \value{true_probability}",
            ),
        ),
        intermediates=_multiclass_focal,
        properties=_properties(convex=False, highest=INFINITE),
        references=cite("lin_2017"),
        parameters=(GAMMA,),
        related=("cross_entropy_loss", "focal_loss"),
    ),
)
