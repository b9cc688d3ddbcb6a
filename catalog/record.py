r"""The one record per loss from which pages, tapes, links, snippets and tests are made.

What a record may say, where the words and colours for it stand:

- `\term{name}{…}` marks a part of a formula in the colour of `name`, which is one of the roles in
  `live/words/palette.py`: `overlap`, `distance`, `similar` and so on. A name that also stands in
  `terms` needs a label in both languages. So do an option (`option_<name>`) and its choices
  (`<name>_<choice>`). Labels that losses share stand in `content/interface/<family>.toml`; a loss
  may bring its own under `[labels]` in `content/losses/<id>.toml`.
- `formula_with_values` is read by people and by a calculator in the tests (`tests/tex.py`), which
  knows numbers, `+ - / ^ \cdot`, parentheses, `\left`, `\right`, `\lvert … \rvert`, `\frac`,
  `\tfrac`, `\dfrac`, `\sqrt{…}`, `\max(…,\;…)`, `\ln`, `\exp`, `\cosh`, `\tanh`, `\sin`, `\cos`,
  `\ln\cosh` and `e^{…}`. A long exponent is easier to read as `\exp`.
- Box losses must have `terms`: the table of their page draws a bar of them.
- The picture draws some intermediates, whatever loss they belong to: of boxes those in
  `MARKS` of `catalog/box_intermediates.py`, of embeddings `positive_distance`,
  `nearest_negative`, `active` and `count`, of masks `alarm` and `miss`. All others are only read in
  the formula.
- The default of a parameter is that of the function's keyword: code to copy and page start alike.
"""

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch

from losses.reduction import Reduction, reduce_loss

Intermediates = Callable[..., Mapping[str, torch.Tensor]]
Elementwise = Callable[..., torch.Tensor]


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
class Properties:
    """What holds for the loss *in the prediction*, at its defaults. The tests try every word.

    convex: the loss is convex in the prediction.
    smooth: its gradient is continuous in the prediction (no kinks).
    bounded_gradient: its gradient stays bounded, however far the prediction goes.
    symmetric: exchanging prediction and target leaves the value as it is.
    lowest, highest: the value stays in [lowest, highest].
    shift_invariant: moving prediction and target together changes nothing.
    scale_invariant: scaling prediction and target together changes nothing.
    least_at_match: where prediction and target are equal, the value is `lowest` and the gradient 0.
    piecewise_linear: between its kinks it is straight, so that a fit ends in a kink.
    gradient_like_logarithm: its gradient has no bound, but grows no faster than a logarithm.
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
    piecewise_linear: bool = False
    gradient_like_logarithm: bool = False


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
    r"""All that the project knows about one loss, words apart (those lie in `content/losses`).

    id: the name of the function, of the content file, and in links.
    function: the public function of `losses`. What it calls its arguments says what it takes
        (`arguments`). Its keywords are `<parameters>`, `<options>`, `weight`, `reduction`, and
        those that the page does not show: they stay at the function's own default.
    look: the colour and the dash of its curve, as `live.words.palette` names them: "blue",
        "blue dashed". No two losses of a family wear the same.
    formula: TeX of one element's loss, right of the equals sign, with `\term{name}{…}` marks.
    formula_with_values: the same formula with `\value{intermediate}` where a number of the screen
        goes, as pairs (condition, TeX): the first whose condition is "" or names an intermediate
        that is not 0 is shown. `\signed{intermediate}` puts parentheses about a negative number,
        and about one with a power of ten: it stands where something is raised to a power.
    intermediates: `intermediates(prediction, target, **parameters)` returns the named numbers, each
        of the shape of the unreduced loss, that `formula_with_values` and `terms` refer to. Every
        parameter is an intermediate too, without being returned.
    properties: what holds for the loss.
    references: the sources, from `cite`; one that no other record names may stand in the record.
    adapter: `adapter(prediction, target, **keywords)` gives the unreduced loss, where the function
        wants its arguments in another order or shape. Without one it gets them as they are.
    parameters, options: the keywords that the page can set.
    terms: names of the intermediates whose sum is the value; empty where the value is one piece.
    views: the views of its page that show it; empty where the page has one, or all of them do.
    context: keywords that have no default because the page must give them (the image's size).
    related: ids of losses to look at next.
    marks: `marks(points, **keywords)`, what the picture of the embeddings draws of the loss; see
        `catalog.embedding_marks`.
    proximal_step: `proximal_step(weights, rate=…, **parameters)`, the step that descent takes
        instead of one along the gradient.
    """

    id: str
    family: str
    function: Callable[..., torch.Tensor]
    look: str
    formula: str
    formula_with_values: tuple[tuple[str, str], ...]
    intermediates: Intermediates
    properties: Properties
    references: tuple[Reference, ...]
    adapter: Elementwise | None = None
    parameters: tuple[Parameter, ...] = ()
    options: tuple[Option, ...] = ()
    terms: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    marks: Intermediates | None = None
    proximal_step: Elementwise | None = None

    def call(
        self,
        prediction: torch.Tensor,
        target: torch.Tensor | None = None,
        *,
        weight: torch.Tensor | None = None,
        reduction: Reduction = "mean",
        **keywords: Any,
    ) -> torch.Tensor:
        """The loss as every loss of the catalog is called: prediction first, target second."""
        given = {**self.defaults(), **keywords}
        if self.adapter is None:
            return self.function(prediction, target, weight=weight, reduction=reduction, **given)
        return reduce_loss(self.adapter(prediction, target, **given), weight, reduction)

    @property
    def arguments(self) -> tuple[str, ...]:
        """What the function must be given, by its own names: `("logits", "labels")`."""
        settings = {*self.defaults(), *self.context}
        return tuple(
            name
            for name, argument in inspect.signature(self.function).parameters.items()
            if argument.default is argument.empty and name not in settings
        )

    def defaults(self) -> dict[str, Any]:
        """The default of every parameter and option, by keyword."""
        numbers = {parameter.name: parameter.default for parameter in self.parameters}
        names = {option.name: option.choices[0] for option in self.options}
        return numbers | names
