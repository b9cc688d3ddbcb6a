"""The embeddings page: a triplet or a cloud of points, in the plane or on the circle."""

from collections.abc import Callable, Sequence
from typing import Any

import torch

from catalog import Loss, family
from catalog.embedding_points import structure
from experiments.embeddings import along_circle, on_circle
from experiments.measures.embeddings import points_of
from live.families.autograd import autograd_answer
from live.families.base import FamilyPage, State
from live.families.snippets import argument_list, float_list
from live.state.rows import Choice, Number, Points, Row, Several
from live.tape.loss_tapes import choices, loss_programs, program, tape_key
from live.tape.program import Program

WIDTH, HEIGHT = 2.0, 1.5
"""The picture reaches from −WIDTH to WIDTH, from −HEIGHT to HEIGHT."""

TRIPLET = ((-0.6, -0.3), (0.5, 0.7), (-0.1, -0.8))
CLOUD = (
    (-1.2, 0.7), (0.1, -0.9), (0.6, 0.8),
    (-0.5, 1.1), (1.3, 0.3), (-0.9, -0.5),
    (-0.2, 0.3), (0.8, -0.6), (1.5, 0.9),
)  # fmt: skip
SIZES = {"triplet": len(TRIPLET), "cloud": len(CLOUD)}


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("embeddings"))
    extent = (-WIDTH, WIDTH), (-HEIGHT, HEIGHT)
    return [
        Choice("arrangement", "triplet", tuple(SIZES)),
        Choice("space", "plane", ("plane", "circle")),
        Points("triplet", TRIPLET, *extent, least=SIZES["triplet"], most=SIZES["triplet"]),
        Points("cloud", CLOUD, *extent, least=SIZES["cloud"], most=SIZES["cloud"]),
        Several("losses", ids, ids),
        Choice("loss", "triplet_loss", ids),
        Number("rate", 0.05, 0.005, 5.0, logarithmic=True),
        Choice("lines", "all", ("all", "anchor", "none")),
        Choice("arrows", "chosen", ("chosen", "all", "none")),
        Choice("anchor", "0", tuple(map(str, range(SIZES["cloud"])))),
    ]


def programs() -> dict[str, Program]:
    """Every loss of a triplet and of a cloud, what is drawn of it, and the way onto the circle.

    On the circle the gradient loses its part along the radius, so no loss is recorded twice.
    """

    def to_circle(points: torch.Tensor, gradient: torch.Tensor) -> dict[str, torch.Tensor]:
        unit = on_circle(points)
        return {"points": unit, "gradient": along_circle(unit, gradient)}

    recorded = loss_programs("embeddings", {"prediction": (SIZES["triplet"], 2)}, order=1)
    for name, size in SIZES.items():
        shape = (size, 2)
        recorded[f"circle:{name}"] = Program(to_circle, {"points": shape, "gradient": shape})
        for loss in family("embeddings"):
            numbers = {parameter.name: () for parameter in loss.parameters}
            for options in choices(loss):
                key = tape_key(loss, options)
                recorded[f"marks:{name}:{key}"] = Program(
                    _drawn(loss, options), {"points": shape, **numbers}
                )
                if name == "cloud":
                    recorded[f"cloud:{key}"] = Program(
                        program(loss, options),
                        {"prediction": shape, **numbers},
                        differentiate="prediction",
                        order=1,
                    )
    return recorded


def _drawn(loss: Loss, options: dict[str, str]) -> Callable[..., dict[str, torch.Tensor]]:
    def drawn(points: torch.Tensor, **numbers: torch.Tensor) -> dict[str, torch.Tensor]:
        return dict(loss.marks(points, **numbers, **options))

    return drawn


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every loss; on the circle, the gradient along it."""
    circle = state["space"] == "circle"
    through = on_circle if circle else torch.clone
    return autograd_answer("embeddings", state, points_of(state), {}, through=through)


HEAD = """\
import torch

from losses import {function}

points = torch.tensor(
    [
{points}
    ],
    dtype=torch.float64,
    requires_grad=True,
)
{place}"""
CIRCLE = "place = points / points.norm(dim=-1, keepdim=True)  # on the circle\n"
PLANE = "place = points\n"
TAIL = """
loss = {function}({tensors}{arguments})
loss.backward()
print(f"{{loss.item():.6f}}", points.grad.tolist())
"""
PAIRS = "place[first], place[second], same[first, second]"
PICKS = {
    ("triplet", ("first", "second", "similar")): (
        "anchor, positive, negative = place\n"
        "others = torch.stack([positive, negative])\n"
        "similar = torch.tensor([True, False])\n",
        "anchor.expand(2, -1), others, similar",
    ),
    ("triplet", ("anchor", "positive", "negative")): (
        "anchor, positive, negative = place\n",
        "anchor, positive, negative",
    ),
    ("triplet", ("queries", "keys")): ("", "place[:1], place[1:]"),
    ("cloud", ("first", "second", "similar")): (
        "labels = torch.arange({size}) // 3\n"
        "same = labels[:, None] == labels\n"
        "first, second = torch.triu_indices({size}, {size}, 1)\n",
        PAIRS,
    ),
    ("cloud", ("anchor", "positive", "negative")): (
        "labels = torch.arange({size}) // 3\n"
        "same = labels[:, None] == labels\n"
        "alike = same & ~torch.eye({size}, dtype=torch.bool)\n"
        "a, p, n = torch.nonzero(alike[:, :, None] & ~same[:, None, :]).T\n",
        "place[a], place[p], place[n]",
    ),
    ("cloud", ("queries", "keys")): (
        "labels = torch.arange({size}) // 3\n"
        "same = labels[:, None] == labels\n"
        "alike = same & ~torch.eye({size}, dtype=torch.bool)\n"
        "query, own = torch.nonzero(alike).T\n"
        "others = torch.stack([torch.nonzero(~same[q]).flatten() for q in query])\n"
        "keys = torch.cat([own[:, None], others], dim=1)\n",
        "place[query][:, None], place[keys]",
    ),
}
"""How the tensors of a loss are picked from the points, and their names, by what it takes."""


def snippet(loss: Loss, state: State) -> str:
    """The chosen loss and its gradient in all points."""
    arrangement = state["arrangement"]
    picks, tensors = PICKS[arrangement, loss.arguments]
    points = "\n".join(f"        {float_list(point)}," for point in points_of(state).tolist())
    head = HEAD.format(
        function=loss.id, points=points, place=CIRCLE if state["space"] == "circle" else PLANE
    )
    tail = TAIL.format(function=loss.id, tensors=tensors, arguments=argument_list(loss, state))
    return head + picks.format(size=SIZES[arrangement]) + tail


def extras() -> dict[str, Any]:
    sizes = {name: structure(size) for name, size in SIZES.items()}
    return {
        "extent": [WIDTH, HEIGHT],
        "pairs": {name: terms.pairs for name, terms in sizes.items()},
        "similar": {name: terms.similar for name, terms in sizes.items()},
    }


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss while the negative goes once round a circle, past the anchor and the positive."""
    angle = torch.linspace(-3.2, 3.2, 81, dtype=torch.float64)
    still = torch.tensor([0.0, 0.6], dtype=torch.float64).expand(len(angle), 2)
    angles = torch.cat((still, angle[:, None]), dim=1)
    points = torch.stack((angles.cos(), angles.sin()), dim=-1)
    return angle, loss.call(points, **loss.defaults(), reduction="none")


PAGE = FamilyPage("embeddings", rows, programs, answer, snippet, extras, profile)
