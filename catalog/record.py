"""The one record per loss from which pages, tapes, links, snippets and tests are made."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch

Readings = Callable[..., Mapping[str, torch.Tensor]]


@dataclass(frozen=True)
class Parameter:
    """A hyper-parameter: a keyword of the function, an input of the tape, a slider on the page.

    `low` and `high` bound the slider (the function may allow more); `logarithmic` says that the
    slider moves by factors.
    """

    name: str
    symbol: str
    default: float
    low: float
    high: float
    logarithmic: bool = False


@dataclass(frozen=True)
class Option:
    """A keyword that takes one of a few names; the first is the default. One tape per choice."""

    name: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Claims:
    """What the record says about the loss *in the prediction*. The tests check every word.

    convex: the loss is convex in the prediction, at the default parameters.
    smooth: its gradient is continuous in the prediction (no kinks).
    bounded_gradient: its gradient stays bounded, however far the prediction goes.
    symmetric: exchanging prediction and target leaves the value as it is.
    lowest, highest: the value stays in [lowest, highest].
    shift_invariant: moving prediction and target together changes nothing.
    scale_invariant: scaling prediction and target together changes nothing.
    least_at_match: where prediction and target are equal, the value is `lowest` and the gradient 0.
    """

    convex: bool
    smooth: bool
    bounded_gradient: bool
    symmetric: bool
    lowest: float = 0.0
    highest: float = math.inf
    shift_invariant: bool = True
    scale_invariant: bool = False
    least_at_match: bool = True


@dataclass(frozen=True)
class Reference:
    """Where a formula comes from."""

    authors: str
    title: str
    venue: str
    year: int
    url: str = ""


@dataclass(frozen=True)
class Loss:
    """All that the project knows about one loss, words apart (those lie in `content/losses`).

    id: the name of the function, of the content file, and in links.
    function: `function(prediction, target, *, <parameters>, weight=None, reduction="mean")`.
    formula: TeX of one element's loss, right of the equals sign; `\\term{name}{…}` marks the parts
        that the picture draws in the colour of that name.
    numbers: the same formula with `\\value{reading}` where a number of the screen goes, as pairs
        (condition, TeX): the first whose condition is "" or names a reading that is not 0 is shown.
        `\\signed{reading}` puts parentheses about a negative number, and about one with a power of
        ten: it stands where something is raised to a power.
    readings: `readings(prediction, target, **parameters)` returns the named numbers, each of the
        shape of the unreduced loss, that `numbers` and `terms` refer to. Every parameter is a
        reading too, without being returned.
    terms: names of the readings whose sum is the value; empty where the value is one piece.
    context: keywords that have no default because the page must give them (the image's size).
    unshown: keywords that the page leaves at the function's own default.
    related: ids of losses to look at next.
    taped: False where the browser cannot replay the loss and asks torch on the server instead.
    """

    id: str
    family: str
    function: Callable[..., torch.Tensor]
    formula: str
    numbers: tuple[tuple[str, str], ...]
    readings: Readings
    claims: Claims
    references: tuple[Reference, ...]
    parameters: tuple[Parameter, ...] = ()
    options: tuple[Option, ...] = ()
    terms: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    unshown: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    taped: bool = True

    def defaults(self) -> dict[str, float | str]:
        """The default of every parameter and option, by keyword."""
        numbers = {parameter.name: parameter.default for parameter in self.parameters}
        names = {option.name: option.choices[0] for option in self.options}
        return numbers | names
