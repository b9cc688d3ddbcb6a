"""What a tape is of, in words that the browser can match: this is the whole grammar of its key."""

from collections.abc import Mapping
from dataclasses import dataclass

Fact = str | int | bool


@dataclass(frozen=True)
class TapeKey:
    """The name of a tape's program, and what must hold of the page for this tape to be the one.

    A loss has a tape for every choice of an option, and for every size that its inputs can have.
    All of them go by the loss's name; each says in `where` which one it is, in rows of the state
    and their values (`"ciou_loss.trade_off": "gated"`) or in what a stage counts (`"outcomes": 4`).
    A stage asks by name and says what holds, see `live/web/core/replays.js`: it never spells a key.
    """

    name: str
    where: tuple[tuple[str, Fact], ...] = ()

    @classmethod
    def of(cls, name: str, where: Mapping[str, Fact]) -> "TapeKey":
        return cls(name, tuple(sorted(where.items())))

    def __str__(self) -> str:
        return " ".join([self.name, *(f"{fact}={value}" for fact, value in self.where)])
