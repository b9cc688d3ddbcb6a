"""The records of norms, distances and penalties.

The functions of `losses.distances` take what suits each: two matrices, two sets of points, two
codes, one set of weights. The adapters call them like every loss of the catalog, prediction first,
target second, for one value of each thing that a page shows: a pair of matrices, a pair of points,
a pair of codes, one weight.
"""

from collections.abc import Callable, Mapping

import torch

from catalog.record import Loss, Parameter, Properties
from catalog.references import cite
from losses import distances
from losses.arguments import Scalar
from losses.classification.zero_one import differs
from losses.distances import shrinkage
from losses.distances.norms import singular_values

Numbers = Mapping[str, torch.Tensor]
MOST_ROWS = 3
"""Rows and singular values are written out up to here: matrices are up to 3 × 4 on the page."""


def _mean_of_rows(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """One value per matrix, as the other norms give, where the function gives one per row."""
    return distances.row_norm(prediction, target, reduction="none").mean(-1)


def _of_one_pair(prediction: torch.Tensor, target: torch.Tensor, *, p: Scalar) -> torch.Tensor:
    """One point `(…, D)` against one other: a set of one each."""
    pairs = distances.pairwise_distance(prediction.unsqueeze(-2), target.unsqueeze(-2), p=p)
    return pairs[..., 0, 0]


def _of_each_weight(function: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    """A penalty per weight; `target` is where it pulls the weight to, 0 on the page."""

    def adapter(
        prediction: torch.Tensor, target: torch.Tensor, *, strength: Scalar
    ) -> torch.Tensor:
        def penalty(offset: torch.Tensor) -> torch.Tensor:
            return function(offset, strength=strength)

        # The function adds up all weights that it is given: here it is given one at a time.
        offsets, each = prediction - target, penalty
        for _ in range(offsets.ndim):
            each = torch.func.vmap(each)
        return each(offsets)

    return adapter


def _squares(prediction: torch.Tensor, target: torch.Tensor) -> Numbers:
    return {"squares": (prediction - target).square().sum((-2, -1))}


def _rows(prediction: torch.Tensor, target: torch.Tensor) -> Numbers:
    lengths = distances.row_norm(prediction, target, reduction="none")
    return _numbered(lengths, "row")


def _singular_values(prediction: torch.Tensor, target: torch.Tensor) -> Numbers:
    return _numbered(singular_values(prediction, target), "sigma")


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


NORM = Properties(convex=True, smooth=False, bounded_gradient=True, symmetric=True)
STRENGTH = Parameter("strength", r"\lambda", 0.5, 0.0, 2.0)

LOSSES: tuple[Loss, ...] = (
    Loss(
        id="frobenius_norm",
        family="distances",
        function=distances.frobenius_norm,
        proximal_step=shrinkage.frobenius_norm_shrinkage,
        look="purple",
        views=("matrices",),
        formula=r"\sqrt{\textstyle\sum_{ij} \term{distance}{(a_{ij} - b_{ij})}^2}",
        formula_with_values=(("", r"\sqrt{\term{distance}{\value{squares}}}"),),
        intermediates=_squares,
        properties=NORM,
        references=cite("golub_2013"),
        related=("row_norm", "nuclear_norm", "mse_loss"),
    ),
    Loss(
        id="row_norm",
        family="distances",
        function=distances.row_norm,
        adapter=_mean_of_rows,
        proximal_step=shrinkage.row_norm_shrinkage,
        look="grey",
        views=("matrices",),
        formula=r"\tfrac{1}{M}\textstyle\sum_{i} \term{distance}{\lVert a_i - b_i \rVert_2}",
        formula_with_values=(
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
        intermediates=_rows,
        properties=NORM,
        references=cite("ding_2006", "golub_2013"),
        related=("frobenius_norm", "pairwise_distance", "l1_loss"),
    ),
    Loss(
        id="spectral_norm",
        family="distances",
        function=distances.spectral_norm,
        proximal_step=shrinkage.spectral_norm_shrinkage,
        look="sky",
        views=("matrices",),
        formula=r"\term{distance}{\sigma_1(A - B)}",
        formula_with_values=(("", r"\term{distance}{\value{sigma1}}"),),
        intermediates=_singular_values,
        properties=NORM,
        references=cite("golub_2013", "miyato_2018"),
        related=("nuclear_norm", "frobenius_norm"),
    ),
    Loss(
        id="nuclear_norm",
        family="distances",
        function=distances.nuclear_norm,
        proximal_step=shrinkage.nuclear_norm_shrinkage,
        look="slate",
        views=("matrices",),
        formula=r"\textstyle\sum_{k} \term{distance}{\sigma_k(A - B)}",
        formula_with_values=(
            (
                "has3",
                r"\term{distance}{\value{sigma1}} + \term{distance}{\value{sigma2}}"
                r" + \term{distance}{\value{sigma3}}",
            ),
            ("", r"\term{distance}{\value{sigma1}} + \term{distance}{\value{sigma2}}"),
        ),
        intermediates=_singular_values,
        properties=NORM,
        references=cite("fazel_2001", "candes_2009", "watson_1992"),
        related=("spectral_norm", "frobenius_norm", "l1_penalty"),
    ),
    Loss(
        id="pairwise_distance",
        family="distances",
        function=distances.pairwise_distance,
        adapter=_of_one_pair,
        look="purple dashed",
        views=("points",),
        formula=r"\left(\textstyle\sum_{k} \term{distance}{\lvert a_k - b_k \rvert}^{p}\right)"
        r"^{1/p}",
        formula_with_values=(
            (
                "",
                r"\left(\term{distance}{\signed{gap1}}^{\value{p}}"
                r" + \term{distance}{\signed{gap2}}^{\value{p}}\right)^{1/\value{p}}",
            ),
        ),
        intermediates=_gaps,
        properties=NORM,
        references=cite("minkowski_1896"),
        parameters=(Parameter("p", "p", 2.0, 1.0, 10.0, logarithmic=True),),
        related=("row_norm", "hamming_count"),
    ),
    Loss(
        id="hamming_distance",
        family="distances",
        function=distances.hamming_distance,
        look="grey dashed",
        views=("codes",),
        formula=r"\tfrac{1}{D}\textstyle\sum_{k} \term{distance}{[a_k \ne b_k]}",
        formula_with_values=(("", r"\frac{\term{distance}{\value{differing}}}{\value{places}}"),),
        intermediates=_places,
        # Its gradient is 0 wherever there is one, so it has no kinks: it has jumps.
        properties=Properties(
            convex=False,
            smooth=True,
            bounded_gradient=True,
            symmetric=True,
            highest=1.0,
            scale_invariant=True,
        ),
        references=cite("hamming_1950"),
        related=("hamming_count",),
    ),
    Loss(
        id="hamming_count",
        family="distances",
        function=distances.hamming_count,
        look="sky dashed",
        views=("codes",),
        formula=r"\textstyle\sum_{k} \term{distance}{[a_k \ne b_k]}",
        formula_with_values=(("", r"\term{distance}{\value{differing}}"),),
        intermediates=_places,
        properties=Properties(
            convex=False,
            smooth=True,
            bounded_gradient=True,
            symmetric=True,
            scale_invariant=True,
        ),
        references=cite("hamming_1950"),
        related=("hamming_distance", "pairwise_distance"),
    ),
    Loss(
        id="l1_penalty",
        family="distances",
        function=distances.l1_penalty,
        adapter=_of_each_weight(distances.l1_penalty),
        proximal_step=distances.l1_shrinkage,
        look="slate dashed",
        views=("penalty",),
        formula=r"\lambda\,\lvert \term{prediction}{w} \rvert",
        formula_with_values=(
            ("", r"\value{strength}\cdot\lvert \term{prediction}{\value{offset}} \rvert"),
        ),
        intermediates=_offset,
        properties=NORM,
        references=cite("tibshirani_1996", "daubechies_2004"),
        parameters=(STRENGTH,),
        related=("l2_penalty", "nuclear_norm", "l1_loss"),
    ),
    Loss(
        id="l2_penalty",
        family="distances",
        function=distances.l2_penalty,
        adapter=_of_each_weight(distances.l2_penalty),
        proximal_step=distances.l2_shrinkage,
        look="vermilion",
        views=("penalty",),
        formula=r"\lambda\,\term{prediction}{w}^2",
        formula_with_values=(("", r"\value{strength}\cdot\term{prediction}{\signed{offset}}^2"),),
        intermediates=_offset,
        properties=Properties(convex=True, smooth=True, bounded_gradient=False, symmetric=True),
        references=cite("hoerl_1970", "parikh_2014"),
        parameters=(STRENGTH,),
        related=("l1_penalty", "mse_loss"),
    ),
)
