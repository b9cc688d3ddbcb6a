"""The records of the embedding losses, for a set of points that all move.

The functions of `losses.embeddings` take pairs, triplets, or queries and keys. The adapters take
the points, `(…, K, D)`, as prediction; which of them belong together is said by their places (see
`embedding_points`), so a target is not looked at. The loss of a set is the mean over its terms.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import torch

from catalog import embedding_marks
from catalog.embedding_points import pairs, queries, triplets
from catalog.record import Loss, Option, Parameter, Properties
from catalog.references import cite
from losses import embeddings
from losses.arguments import Scalar
from losses.embeddings.triplets import TRIPLET_DISTANCES, TripletDistance

Numbers = Mapping[str, torch.Tensor]
Arrange = Callable[[torch.Tensor], tuple[torch.Tensor, ...]]


def _of_points(function: Callable[..., torch.Tensor], arrange: Arrange) -> Callable[..., Any]:
    """A loss of arranged tensors as the mean over the terms of a set of points."""

    def adapter(
        prediction: torch.Tensor, target: torch.Tensor | None, **keywords: Scalar | str
    ) -> torch.Tensor:
        terms = function(*arrange(prediction), reduction="none", **keywords)
        return terms.flatten(prediction.ndim - 2).mean(-1)

    return adapter


def _distances(points: torch.Tensor) -> Numbers:
    """Mean distance of similar and of dissimilar points, and that of the nearest dissimilar ones.

    `single` is 1 for a triplet, whose formula can be written out, and 0 for a cloud.
    """
    first, second, similar = pairs(points)
    distance = torch.linalg.vector_norm(first - second, dim=-1)
    unlike = torch.where(similar > 0, torch.inf, distance)
    single = torch.ones_like(distance[..., 0]) * (points.shape[-2] == 3)
    return {
        "single": single,
        "positive_distance": _mean(distance, similar),
        "negative_distance": _mean(distance, 1 - similar),
        "nearest_negative": unlike.amin(-1),
    }


def _cosines(points: torch.Tensor) -> Numbers:
    """Mean cosine of similar and of dissimilar points."""
    first, second, similar = pairs(points)
    lengths = torch.linalg.vector_norm(first, dim=-1) * torch.linalg.vector_norm(second, dim=-1)
    cosine = (first * second).sum(-1) / torch.where(lengths > 0, lengths, 1)
    return {
        "positive_cosine": _mean(cosine, similar),
        "negative_cosine": _mean(cosine, 1 - similar),
    }


def _mean(values: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
    return (values * share).sum(-1) / share.sum()


def work_of(terms: torch.Tensor) -> Numbers:
    """How many terms there are, how many and what share of them are not satisfied, and the mean
    of those; the product of the last two is the value."""
    count = torch.ones_like(terms).sum(-1)
    active = (terms > 0).to(terms.dtype).sum(-1)
    return {
        "count": count,
        "active": active,
        "share": active / count,
        "mean_of_active": terms.sum(-1) / active.clamp(min=1),
    }


def _parts(terms: torch.Tensor, points: torch.Tensor) -> Numbers:
    """What the similar and the dissimilar pairs add to the mean."""
    _, _, similar = pairs(points)
    count = len(similar)
    return {
        "pull": (terms * similar).sum(-1) / count,
        "push": (terms * (1 - similar)).sum(-1) / count,
    }


def _contrastive(
    prediction: torch.Tensor, target: torch.Tensor | None = None, *, margin: Scalar
) -> Numbers:
    """`pushing` is 1 where the negative of a triplet lies within the margin."""
    terms = embeddings.contrastive_loss(*pairs(prediction), margin=margin, reduction="none")
    distances = _distances(prediction)
    near = (distances["negative_distance"] < margin).to(terms.dtype)
    pushing = distances["single"] * near
    return {**distances, **work_of(terms), **_parts(terms, prediction), "pushing": pushing}


def _cosine(
    prediction: torch.Tensor, target: torch.Tensor | None = None, *, margin: Scalar
) -> Numbers:
    """`similar_share` is the share of similar pairs; what they add is taken from their mean cosine,
    not given: near 0 it would have lost its digits."""
    _, _, similar = pairs(prediction)
    terms = embeddings.cosine_embedding_loss(*pairs(prediction), margin=margin, reduction="none")
    distances, cosines = _distances(prediction), _cosines(prediction)
    near = (cosines["negative_cosine"] > margin).to(terms.dtype)
    return {
        **distances,
        **cosines,
        **work_of(terms),
        "similar_share": torch.ones_like(near) * similar.mean(),
        "push": (terms * (1 - similar)).mean(-1),
        "pushing": distances["single"] * near,
    }


def _triplet(
    prediction: torch.Tensor,
    target: torch.Tensor | None = None,
    *,
    margin: Scalar,
    distance: TripletDistance,
) -> Numbers:
    """`positive_measure` and `negative_measure` are mean distances as the option measures them;
    `violated` is 1 where every triplet is at work: then the value is that of the means."""
    anchor, positive, negative = triplets(prediction)
    given: dict[str, Any] = {"margin": margin, "distance": distance}
    terms = embeddings.triplet_loss(anchor, positive, negative, reduction="none", **given)
    distances = _distances(prediction)
    power = 2 if distance == "squared" else 1
    measure = {
        "positive_measure": torch.linalg.vector_norm(anchor - positive, dim=-1) ** power,
        "negative_measure": torch.linalg.vector_norm(anchor - negative, dim=-1) ** power,
    }
    work = work_of(terms)
    return {
        **distances,
        **work,
        **{name: values.mean(-1) for name, values in measure.items()},
        "violated": (work["active"] == work["count"]).to(terms.dtype),
    }


def _info_nce(
    prediction: torch.Tensor, target: torch.Tensor | None = None, *, temperature: Scalar
) -> Numbers:
    """`typical` is the probability of the own key (the geometric mean over the queries), `hardest`
    the largest share that one negative has of the probability of all (their mean)."""
    query, keys = queries(prediction)
    terms = embeddings.info_nce_loss(query, keys, temperature=temperature, reduction="none")
    lengths = torch.linalg.vector_norm(query, dim=-1) * torch.linalg.vector_norm(keys, dim=-1)
    cosine = (query * keys).sum(-1) / torch.where(lengths > 0, lengths, 1)
    among_negatives = torch.softmax(cosine[..., 1:] / temperature, dim=-1)
    return {
        **_distances(prediction),
        **_cosines(prediction),
        **work_of(terms.squeeze(-1)),
        "typical": (-terms.squeeze(-1).mean(-1)).exp(),
        "hardest": among_negatives.amax(-1).mean(-1),
    }


TEMPERATURE = 0.1
CLOUD = r"\term{similar}{\value{pull}}+\term{dissimilar}{\value{push}}"


def _properties(
    *, smooth: bool, lowest: float = 0.0, highest: float = math.inf, by_angle: bool = False
) -> Properties:
    """Those of a triplet. There is no target to match; `by_angle`: only directions count."""
    return Properties(
        convex=False,
        smooth=smooth,
        bounded_gradient=False,
        symmetric=False,
        lowest=lowest,
        highest=highest,
        shift_invariant=not by_angle,
        scale_invariant=by_angle,
        least_at_match=False,
    )


LOSSES: tuple[Loss, ...] = (
    Loss(
        id="contrastive_loss",
        family="embeddings",
        function=embeddings.contrastive_loss,
        adapter=_of_points(embeddings.contrastive_loss, pairs),
        marks=embedding_marks.of_contrastive,
        look="sky",
        formula=(
            r"\tfrac{1}{2}\,y\,\term{similar}{d^2}"
            r"+\tfrac{1}{2}\,(1-y)\,\term{dissimilar}{\max(0,\;m-d)^2}"
        ),
        formula_with_values=(
            (
                "pushing",
                r"\tfrac{1}{2}\left(\tfrac{1}{2}\cdot \term{similar}{\signed{positive_distance}^2}"
                r"+\tfrac{1}{2}\cdot \term{dissimilar}"
                r"{\left(\value{margin}-\value{negative_distance}\right)^2}\right)",
            ),
            (
                "single",
                r"\tfrac{1}{2}\left(\tfrac{1}{2}\cdot \term{similar}{\signed{positive_distance}^2}"
                r"+\term{dissimilar}{0}\right)",
            ),
            ("", CLOUD),
        ),
        intermediates=_contrastive,
        properties=_properties(smooth=False),
        references=cite("hadsell_2006", "chopra_2005", "le_khac_2020"),
        parameters=(Parameter("margin", "m", 1.0, 0.0, 2.5),),
        related=("triplet_loss", "cosine_embedding_loss"),
    ),
    Loss(
        id="triplet_loss",
        family="embeddings",
        function=embeddings.triplet_loss,
        adapter=_of_points(embeddings.triplet_loss, triplets),
        marks=embedding_marks.of_triplet,
        look="vermilion",
        formula=r"\max\left(0,\;\term{similar}{d(a,p)}-\term{dissimilar}{d(a,n)}+m\right)",
        formula_with_values=(
            (
                "violated",
                r"\term{similar}{\value{positive_measure}}"
                r"-\term{dissimilar}{\value{negative_measure}}+\value{margin}",
            ),
            (
                "single",
                r"\max\left(0,\;\term{similar}{\value{positive_measure}}"
                r"-\term{dissimilar}{\value{negative_measure}}+\value{margin}\right)",
            ),
            ("", r"\value{share}\cdot \value{mean_of_active}"),
        ),
        intermediates=_triplet,
        properties=_properties(smooth=False),
        references=cite("schroff_2015", "weinberger_2009", "le_khac_2020"),
        parameters=(Parameter("margin", "m", 0.2, 0.0, 2.0),),
        options=(Option("distance", TRIPLET_DISTANCES),),
        related=("contrastive_loss", "info_nce_loss"),
    ),
    Loss(
        id="info_nce_loss",
        family="embeddings",
        function=embeddings.info_nce_loss,
        adapter=_of_points(embeddings.info_nce_loss, queries),
        marks=embedding_marks.of_info_nce,
        look="grey",
        formula=(
            r"-\ln\frac{\term{similar}{e^{\cos(a,p)/\tau}}}"
            r"{\term{similar}{e^{\cos(a,p)/\tau}}+\sum_n\term{dissimilar}{e^{\cos(a,n)/\tau}}}"
        ),
        formula_with_values=(
            (
                "single",
                r"\ln \left(1+e^{\left(\term{dissimilar}{\signed{negative_cosine}}"
                r"-\term{similar}{\signed{positive_cosine}}\right)/\value{temperature}}\right)",
            ),
            ("", r"-\ln \value{typical}"),
        ),
        intermediates=_info_nce,
        properties=_properties(
            smooth=True,
            by_angle=True,
            lowest=math.log1p(math.exp(-2 / TEMPERATURE)),
            highest=math.log1p(math.exp(2 / TEMPERATURE)),
        ),
        references=cite("oord_2018", "chen_2020", "le_khac_2020"),
        parameters=(Parameter("temperature", r"\tau", TEMPERATURE, 0.02, 2.0, logarithmic=True),),
        related=("triplet_loss", "cosine_embedding_loss"),
    ),
    Loss(
        id="cosine_embedding_loss",
        family="embeddings",
        function=embeddings.cosine_embedding_loss,
        adapter=_of_points(embeddings.cosine_embedding_loss, pairs),
        marks=embedding_marks.of_cosine,
        look="slate",
        formula=(r"y\,\term{similar}{(1-\cos)}+(1-y)\,\term{dissimilar}{\max(0,\;\cos-\,m)}"),
        formula_with_values=(
            (
                "pushing",
                r"\tfrac{1}{2}\left(\term{similar}{1-\signed{positive_cosine}}"
                r"+\term{dissimilar}{\signed{negative_cosine}-\signed{margin}}\right)",
            ),
            (
                "single",
                r"\tfrac{1}{2}\left(\term{similar}{1-\signed{positive_cosine}}"
                r"+\term{dissimilar}{0}\right)",
            ),
            (
                "",
                r"\value{similar_share}\cdot \term{similar}"
                r"{\left(1-\signed{positive_cosine}\right)}+\term{dissimilar}{\value{push}}",
            ),
        ),
        intermediates=_cosine,
        properties=_properties(smooth=False, highest=1.5, by_angle=True),
        references=cite("paszke_2019"),
        parameters=(Parameter("margin", "m", 0.0, -1.0, 1.0),),
        related=("contrastive_loss", "info_nce_loss"),
    ),
)
