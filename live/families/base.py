"""What a family's page is made of, for everything that treats all families alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import torch

from catalog import FAMILIES, Loss, family, views
from live.state.rows import Row
from live.tape.loss_tapes import Programs

State = Mapping[str, Any]


@dataclass(frozen=True)
class FamilyPage:
    """One family's page.

    name: the family in the catalog, of its content files, its module in `live/web` and its link.
    rows: the rows of its state table, hyper-parameters apart (those come from the catalog).
    programs: what the tapes that its stage replays are recorded from, by what each is of.
    quantity: a number that its scenes speak of: `quantity(loss, state, name, after)`, where
        `after` steps of descent come first unless it is None.
    answer: torch's own answer to a state: `{"values": {id: number}, "gradients": {id: [...]}}`,
        plus whatever else the stage compares.
    snippet: a program that prints the number on the screen, of a loss, or of None where the page
        has none.
    extras: what the stage's document holds beside what all families have.
    profile: the loss along one line through its inputs, as (x, y): its picture on the map.
    """

    name: str
    rows: Callable[[], Sequence[Row]]
    programs: Callable[[], Programs]
    quantity: Callable[[Any, State, str, int | None], float]
    answer: Callable[[State], dict[str, Any]]
    snippet: Callable[[Any, State], str]
    extras: Callable[[], dict[str, Any]] = field(default=dict)
    profile: Callable[[Loss], tuple[torch.Tensor, torch.Tensor]] | None = None

    @property
    def losses(self) -> tuple[Loss, ...]:
        """The losses of the page in the order of its rows; a page about concepts has none."""
        return family(self.name) if self.name in FAMILIES else ()

    @property
    def views(self) -> dict[str, tuple[str, ...]]:
        """The losses of each view, the one that it opens with first; empty where all show all.

        That is the page's own first loss where the view shows it, else the first loss that names
        this view before others.
        """
        if not self.losses:
            return {}
        (first,) = (row.default for row in self.rows() if row.name == "loss")

        def rank(view: str, loss: Loss) -> tuple[bool, bool]:
            return loss.id != first, loss.views[0] != view

        return {
            view: tuple(loss.id for loss in sorted(shown, key=partial(rank, view)))
            for view, shown in views(self.name).items()
        }
