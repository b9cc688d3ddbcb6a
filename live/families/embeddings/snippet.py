"""The code to copy of the embeddings page."""

from catalog import Loss
from experiments.mining import MINING
from live.families.base import State
from live.families.embeddings.inputs import is_mined, points_of
from live.families.embeddings.rows import SIZES
from live.families.snippets import argument_list, float_list

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

LABELS = "labels = torch.arange({size}) // 3\n"
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
        LABELS + "same = labels[:, None] == labels\n"
        "first, second = torch.triu_indices({size}, {size}, 1)\n",
        PAIRS,
    ),
    ("cloud", ("anchor", "positive", "negative")): (
        LABELS + "same = labels[:, None] == labels\n"
        "alike = same & ~torch.eye({size}, dtype=torch.bool)\n"
        "a, p, n = torch.nonzero(alike[:, :, None] & ~same[:, None, :]).T\n",
        "place[a], place[p], place[n]",
    ),
    ("cloud", ("queries", "keys")): (
        LABELS + "same = labels[:, None] == labels\n"
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
    function = loss.id
    if is_mined(loss, state):
        picks, tensors = LABELS, "place, labels"
        function = MINING[state["mining"]].__name__
    points = "\n".join(f"        {float_list(point)}," for point in points_of(state).tolist())
    head = HEAD.format(
        function=function, points=points, place=CIRCLE if state["space"] == "circle" else PLANE
    )
    tail = TAIL.format(function=function, tensors=tensors, arguments=argument_list(loss, state))
    return head + picks.format(size=SIZES[arrangement]) + tail
