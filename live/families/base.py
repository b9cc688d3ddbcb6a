"""What a family's page is made of, for everything that treats all families alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from catalog import FAMILIES, Loss, family
from live.state.rows import Row
from live.tape.loss_tapes import Tapes

State = Mapping[str, Any]


@dataclass(frozen=True)
class FamilyPage:
    """One family's page.

    name: the family in the catalog, of its content files, its module in `live/web` and its link.
    rows: the rows of its state table, hyper-parameters apart (those come from the catalog).
    tapes: records every tape that its stage replays, by what it is of.
    quantity: a number that its scenes speak of: `quantity(loss, state, name, after)`, where
        `after` steps of descent come first unless it is None.
    answer: torch's own answer to a state: `{"values": {id: number}, "gradients": {id: [...]}}`,
        plus whatever else the stage compares.
    snippet: a program that prints the number on the screen, of a loss, or of None where the page
        has none.
    extras: what the stage's document holds beside what all families have.
    profile: the loss along one line through its inputs, as (x, y): its picture on the map.
    views: the losses of each view, the one that it opens with first; empty where all show all.
    """

    name: str
    rows: Callable[[], Sequence[Row]]
    tapes: Callable[[], Tapes]
    quantity: Callable[[Any, State, str, int | None], float]
    answer: Callable[[State], dict[str, Any]]
    snippet: Callable[[Any, State], str]
    extras: Callable[[], dict[str, Any]] = field(default=dict)
    profile: Callable[[Loss], tuple[torch.Tensor, torch.Tensor]] | None = None
    views: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def losses(self) -> tuple[Loss, ...]:
        """The losses of the page in the order of its rows; a page about concepts has none."""
        return family(self.name) if self.name in FAMILIES else ()
