"""The evidence for the claims about embeddings."""

from functools import partial

import torch
from torch.nn import functional

from catalog import CATALOG
from catalog.embedding_points import pairs
from experiments.descent import descend
from experiments.evidence.record import Curve, Evidence
from losses import embeddings

MARGIN = 1.0
contrastive_loss, triplet_loss = (
    CATALOG[name].call for name in ("contrastive_loss", "triplet_loss")
)
TRIPLET = ((0.0, 0.0), (0.6, 0.0), (0.0, 0.7))  # anchor, positive, negative


def without_negatives() -> Evidence:
    """Nine random points of three labels, descended with and without the push of the margin."""
    generator = torch.Generator().manual_seed(4)
    start = torch.randn(9, 2, generator=generator, dtype=torch.float64) / 2
    steps = 200
    nearest = {
        name: [
            _nearest_strangers(points)
            for points in descend(
                partial(contrastive_loss, margin=margin), start, rate=1.0, steps=steps
            )
        ]
        for name, margin in (("with_push", MARGIN), ("without_push", 0.0))
    }
    one_spot = torch.full((9, 2), 2**0.5, dtype=torch.float64)  # at length 2, as the notes have it
    count = tuple(map(float, range(steps + 1)))
    return Evidence(
        numbers={
            "margin": MARGIN,
            "collapsed_without": contrastive_loss(one_spot, margin=0.0).item(),
            "collapsed_with": contrastive_loss(one_spot, margin=MARGIN).item(),
            "apart_without": nearest["without_push"][-1],
            "apart_with": nearest["with_push"][-1],
        },
        curves=tuple(Curve(name, count, tuple(values)) for name, values in nearest.items()),
        x_label="step",
        y_label="distance",
    )


def _nearest_strangers(points: torch.Tensor) -> float:
    """The distance of the two nearest points of different labels."""
    first, second, similar = pairs(points)
    distance = torch.linalg.vector_norm(first - second, dim=-1)
    return distance[similar == 0].min().item()


def three_triplet_losses() -> Evidence:
    """The notes' triplet under both distances and PyTorch's default, and the negative moved."""
    anchor, positive, negative = torch.tensor(TRIPLET, dtype=torch.float64)
    away = torch.linspace(0, 2, 101, dtype=torch.float64)
    moved = away[:, None] * negative / negative.norm()
    forms = {
        "squared": lambda n: embeddings.triplet_loss(anchor, positive, n, reduction="none"),
        "euclidean": lambda n: embeddings.triplet_loss(
            anchor, positive, n, distance="euclidean", reduction="none"
        ),
        "pytorch": lambda n: functional.triplet_margin_loss(
            anchor.expand_as(n), positive.expand_as(n), n, reduction="none"
        ),
    }
    return Evidence(
        numbers={name: float(form(negative[None])[0]) for name, form in forms.items()},
        curves=tuple(
            Curve(f"curve_{name}", tuple(away.tolist()), tuple(form(moved).tolist()))
            for name, form in forms.items()
        ),
        x_label="away",
        y_label="loss",
    )


def pull_and_push() -> Evidence:
    """The contrastive loss of one pair against its distance, similar and dissimilar."""
    distance = torch.linspace(0, 2, 101, dtype=torch.float64)
    first = torch.stack((distance, torch.zeros_like(distance)), dim=-1)
    second = torch.zeros_like(first)

    def values(similar: bool) -> torch.Tensor:
        return embeddings.contrastive_loss(
            first, second, torch.tensor(similar), margin=MARGIN, reduction="none"
        )

    curves = {"similar": values(True), "dissimilar": values(False)}
    inside = 0.4
    index = int((distance - inside).abs().argmin())
    return Evidence(
        numbers={
            "margin": MARGIN,
            "inside": inside,
            "similar_inside": curves["similar"][index].item(),
            "dissimilar_inside": curves["dissimilar"][index].item(),
            "dissimilar_beyond": curves["dissimilar"][-1].item(),
        },
        curves=tuple(
            Curve(f"curve_{name}", tuple(distance.tolist()), tuple(value.tolist()), name)
            for name, value in curves.items()
        ),
        x_label="distance",
        y_label="loss",
    )


def triplet_directions() -> Evidence:
    """One small step of descent from the notes' triplet, and the distances before and after."""
    start = torch.tensor(TRIPLET, dtype=torch.float64)
    rate = 0.05
    path = descend(triplet_loss, start, rate=rate, steps=20)
    (near, far) = ((path[:, 0] - path[:, i]).norm(dim=-1).tolist() for i in (1, 2))
    steps = tuple(map(float, range(len(path))))
    return Evidence(
        numbers={
            "rate": rate,
            "positive_before": near[0],
            "positive_after": near[1],
            "negative_before": far[0],
            "negative_after": far[1],
        },
        curves=(
            Curve("positive", steps, tuple(near), "similar"),
            Curve("negative", steps, tuple(far), "dissimilar"),
        ),
        x_label="step",
        y_label="distance",
    )


def triplet_training() -> Evidence:
    """Nine random points of three labels, trained by Adam on the mean over all their triplets."""
    epochs, rate = 30, 0.03
    generator = torch.Generator().manual_seed(2)
    points = torch.randn(9, 2, generator=generator, dtype=torch.float64).requires_grad_()
    optimiser = torch.optim.Adam([points], lr=rate)
    values = []
    for _ in range(epochs + 1):
        optimiser.zero_grad()
        loss = triplet_loss(points)
        values.append(loss.item())
        loss.backward()
        optimiser.step()
    record = CATALOG["triplet_loss"]
    each = record.intermediates(points.detach(), **record.defaults())
    return Evidence(
        numbers={
            "before": values[0],
            "after": values[-1],
            "epochs": float(epochs),
            "rate": rate,
            "triplets": float(each["count"]),
            "working": float(each["active"]),
        },
        curves=(Curve("loss_curve", tuple(map(float, range(epochs + 1))), tuple(values)),),
        x_label="epoch",
        y_label="loss",
    )
