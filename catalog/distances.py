"""The records of norms, distances and penalties.

The functions of `losses.distances` take what suits each: two matrices, two sets of points, two
codes, one set of weights. Here they are called like every loss of the catalog, prediction first,
target second, and give one value for each thing that a page shows: a pair of matrices, a pair of
points, a pair of codes, one weight.
"""

from collections.abc import Callable, Mapping
from functools import wraps

import torch

from catalog.distance_references import (
    CANDES,
    DAUBECHIES,
    DING,
    FAZEL,
    GOLUB,
    HAMMING,
    HOERL,
    MINKOWSKI,
    MIYATO,
    PARIKH,
    TIBSHIRANI,
    WATSON,
)
from catalog.record import Claims, Loss, Parameter
from losses import distances
from losses.arguments import Scalar
from losses.classification import differs
from losses.reduction import Reduction, reduce_loss

Numbers = Mapping[str, torch.Tensor]
MOST_ROWS = 3
"""Rows and singular values are written out up to here: matrices are up to 3 × 4 on the page."""


@wraps(distances.row_norm)
def row_norm(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    # One value per matrix, as the other norms give, where the function gives one per row.
    rows = distances.row_norm(prediction, target, reduction="none")
    return reduce_loss(rows.mean(-1), weight, reduction)


@wraps(distances.pairwise_distance)
def pairwise_distance(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    p: Scalar = 2.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    # One point `(…, D)` against one other: a set of one each.
    pairs = distances.pairwise_distance(prediction.unsqueeze(-2), target.unsqueeze(-2), p=p)
    return reduce_loss(pairs[..., 0, 0], weight, reduction)


@wraps(distances.hamming_distance)
def hamming_distance(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    return distances.hamming_distance(prediction, target, weight=weight, reduction=reduction)


@wraps(distances.hamming_count)
def hamming_count(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    return distances.hamming_count(prediction, target, weight=weight, reduction=reduction)


def _penalty(function: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    """A penalty per weight; `target` is where it pulls the weight to, 0 on the page."""

    @wraps(function)
    def adapted(
        prediction: torch.Tensor,
        target: torch.Tensor,
        *,
        strength: Scalar = 0.5,
        weight: torch.Tensor | None = None,
        reduction: Reduction = "mean",
    ) -> torch.Tensor:
        def single(offset: torch.Tensor) -> torch.Tensor:
            return function(offset, strength=strength)

        # The function adds up all weights that it is given: here it is given one at a time.
        offsets = prediction - target
        penalty = single
        for _ in range(offsets.ndim):
            penalty = torch.func.vmap(penalty)
        return reduce_loss(penalty(offsets), weight, reduction)

    return adapted


def _squares(prediction: torch.Tensor, target: torch.Tensor) -> Numbers:
    return {"squares": (prediction - target).square().sum((-2, -1))}


def _rows(prediction: torch.Tensor, target: torch.Tensor) -> Numbers:
    lengths = distances.row_norm(prediction, target, reduction="none")
    return _numbered(lengths, "row")


def _singular_values(prediction: torch.Tensor, target: torch.Tensor) -> Numbers:
    return _numbered(distances.singular_values(prediction, target), "sigma")


def _numbered(values: torch.Tensor, name: str) -> Numbers:
    """The values by number, 0 beyond the last, and whether there is a third."""
    columns = list(values.unbind(-1))
    none = torch.zeros_like(columns[0])
    padded = columns + [none] * (MOST_ROWS - len(columns))
    numbers = {f"{name}{i + 1}": value for i, value in enumerate(padded)}
    return numbers | {"has3": none + float(len(columns) >= MOST_ROWS)}


def _gaps(prediction: torch.Tensor, target: torch.Tensor, *, p: Scalar) -> Numbers:
    first, second = (prediction - target).abs().unbind(-1)
    return {"gap1": first, "gap2": second}


def _places(prediction: torch.Tensor, target: torch.Tensor) -> Numbers:
    differing = differs(prediction, target)
    return {
        "differing": differing.sum(-1),
        "places": torch.ones_like(differing).sum(-1),
    }


def _offset(prediction: torch.Tensor, target: torch.Tensor, *, strength: Scalar) -> Numbers:
    return {"offset": prediction - target}


NORM = Claims(convex=True, smooth=False, bounded_gradient=True, symmetric=True)
STRENGTH = Parameter("strength", r"\lambda", 0.5, 0.0, 2.0)

DISTANCES: tuple[Loss, ...] = (
    Loss(
        id="frobenius_norm",
        family="distances",
        function=distances.frobenius_norm,
        formula=r"\sqrt{\textstyle\sum_{ij} \term{distance}{(a_{ij} - b_{ij})}^2}",
        numbers=(("", r"\sqrt{\term{distance}{\value{squares}}}"),),
        readings=_squares,
        claims=NORM,
        references=(GOLUB,),
        related=("row_norm", "nuclear_norm", "mse_loss"),
    ),
    Loss(
        id="row_norm",
        family="distances",
        function=row_norm,
        formula=r"\tfrac{1}{M}\textstyle\sum_{i} \term{distance}{\lVert a_i - b_i \rVert_2}",
        numbers=(
            (
                "has3",
                r"\tfrac{1}{3}\left(\term{distance}{\value{row1}} + \term{distance}{\value{row2}}"
                r" + \term{distance}{\value{row3}}\right)",
            ),
            (
                "",
                r"\tfrac{1}{2}\left(\term{distance}{\value{row1}}"
                r" + \term{distance}{\value{row2}}\right)",
            ),
        ),
        readings=_rows,
        claims=NORM,
        references=(DING, GOLUB),
        related=("frobenius_norm", "pairwise_distance", "l1_loss"),
    ),
    Loss(
        id="spectral_norm",
        family="distances",
        function=distances.spectral_norm,
        formula=r"\term{distance}{\sigma_1(A - B)}",
        numbers=(("", r"\term{distance}{\value{sigma1}}"),),
        readings=_singular_values,
        claims=NORM,
        references=(GOLUB, MIYATO),
        related=("nuclear_norm", "frobenius_norm"),
        taped=False,
    ),
    Loss(
        id="nuclear_norm",
        family="distances",
        function=distances.nuclear_norm,
        formula=r"\textstyle\sum_{k} \term{distance}{\sigma_k(A - B)}",
        numbers=(
            (
                "has3",
                r"\term{distance}{\value{sigma1}} + \term{distance}{\value{sigma2}}"
                r" + \term{distance}{\value{sigma3}}",
            ),
            ("", r"\term{distance}{\value{sigma1}} + \term{distance}{\value{sigma2}}"),
        ),
        readings=_singular_values,
        claims=NORM,
        references=(FAZEL, CANDES, WATSON),
        related=("spectral_norm", "frobenius_norm", "l1_penalty"),
        taped=False,
    ),
    Loss(
        id="pairwise_distance",
        family="distances",
        function=pairwise_distance,
        formula=r"\left(\textstyle\sum_{k} \term{distance}{\lvert a_k - b_k \rvert}^{p}\right)"
        r"^{1/p}",
        numbers=(
            (
                "",
                r"\left(\term{distance}{\signed{gap1}}^{\value{p}}"
                r" + \term{distance}{\signed{gap2}}^{\value{p}}\right)^{1/\value{p}}",
            ),
        ),
        readings=_gaps,
        claims=NORM,
        references=(MINKOWSKI,),
        parameters=(Parameter("p", "p", 2.0, 1.0, 10.0, logarithmic=True),),
        related=("row_norm", "hamming_count"),
    ),
    Loss(
        id="hamming_distance",
        family="distances",
        function=hamming_distance,
        formula=r"\tfrac{1}{D}\textstyle\sum_{k} \term{distance}{[a_k \ne b_k]}",
        numbers=(("", r"\frac{\term{distance}{\value{differing}}}{\value{places}}"),),
        readings=_places,
        # Its gradient is 0 wherever there is one, so it has no kinks: it has jumps.
        claims=Claims(
            convex=False,
            smooth=True,
            bounded_gradient=True,
            symmetric=True,
            highest=1.0,
            scale_invariant=True,
        ),
        references=(HAMMING,),
        related=("hamming_count",),
    ),
    Loss(
        id="hamming_count",
        family="distances",
        function=hamming_count,
        formula=r"\textstyle\sum_{k} \term{distance}{[a_k \ne b_k]}",
        numbers=(("", r"\term{distance}{\value{differing}}"),),
        readings=_places,
        claims=Claims(
            convex=False,
            smooth=True,
            bounded_gradient=True,
            symmetric=True,
            scale_invariant=True,
        ),
        references=(HAMMING,),
        related=("hamming_distance", "pairwise_distance"),
    ),
    Loss(
        id="l1_penalty",
        family="distances",
        function=_penalty(distances.l1_penalty),
        formula=r"\lambda\,\lvert \term{prediction}{w} \rvert",
        numbers=(("", r"\value{strength}\cdot\lvert \term{prediction}{\value{offset}} \rvert"),),
        readings=_offset,
        claims=NORM,
        references=(TIBSHIRANI, DAUBECHIES),
        parameters=(STRENGTH,),
        related=("l2_penalty", "nuclear_norm", "l1_loss"),
    ),
    Loss(
        id="l2_penalty",
        family="distances",
        function=_penalty(distances.l2_penalty),
        formula=r"\lambda\,\term{prediction}{w}^2",
        numbers=(("", r"\value{strength}\cdot\term{prediction}{\signed{offset}}^2"),),
        readings=_offset,
        claims=Claims(convex=True, smooth=True, bounded_gradient=False, symmetric=True),
        references=(HOERL, PARIKH),
        parameters=(STRENGTH,),
        related=("l1_penalty", "mse_loss"),
    ),
)
