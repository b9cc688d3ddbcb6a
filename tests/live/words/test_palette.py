"""Colours: readable as text on both pages, one meaning each, no two losses alike."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest

from catalog import CATALOG, FAMILIES, family
from experiments.evidence import Curve, Evidence
from live.ui.evidence_chart import PLOTLY_DASHES, figure
from live.words.palette import DASHES, HUES, ROLES, SERIES, look, series

CONFIG = Path(__file__).parents[3] / ".streamlit" / "config.toml"
THEMES = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
COLOURS = {colour.paint: colour for colour in (*ROLES.values(), *SERIES)}.values()


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", COLOURS, ids=lambda colour: colour.paint)
def test_a_colour_can_be_read_as_text(colour, theme):
    background = THEMES[theme]["backgroundColor"]
    assert contrast(getattr(colour, theme), background) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_of_the_theme_can_be_read(theme):
    colours = THEMES[theme]
    for background in (colours["backgroundColor"], colours["secondaryBackgroundColor"]):
        assert contrast(colours["textColor"], background) >= 7
        assert contrast(colours["linkColor"], background) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", COLOURS, ids=lambda colour: colour.paint)
def test_a_text_shade_has_the_hue_of_its_paint(colour, theme):
    """Darker or lighter, never another colour: the order of red, green and blue stays."""

    def channels(text: str) -> list[int]:
        return [int(text[i : i + 2], 16) for i in (1, 3, 5)]

    paint, shade = channels(colour.paint), channels(getattr(colour, theme))
    for a, b in itertools.combinations(range(3), 2):
        assert (paint[a] - paint[b]) * (shade[a] - shade[b]) >= 0


@pytest.mark.parametrize("name", FAMILIES)
def test_no_two_losses_of_a_family_look_alike(name):
    worn: dict[str, list[str]] = {}
    for loss in family(name):
        worn.setdefault(loss.look, []).append(loss.id)
    every = [f"{hue} {dash}".strip() for dash in DASHES for hue in HUES]
    free = ", ".join(each for each in every if each not in worn)
    where = f"`look` in catalog/{name}.py; free are: {free}"
    assert worn.keys() <= {*every}, f"{worn.keys() - {*every}} is no look: change {where}"
    assert all(len(ids) == 1 for ids in worn.values()), f"{worn}: change {where}"
    assert len({look(loss.id) for loss in family(name)}) == len(worn)


TAKEN = {
    "embeddings": ("prediction", "similar", "dissimilar", "distance"),
    "information": ("target", "prediction", "entropy", "divergence", "reverse"),
    "distances": ("prediction", "target", "distance"),
}
"""What colours mean in the pictures of pages whose losses keep off them."""


@pytest.mark.parametrize("name", TAKEN)
def test_no_loss_wears_a_colour_that_means_something_else_on_its_page(name):
    for loss in family(name):
        roles = {role for role in TAKEN[name] if ROLES[role] == look(loss.id)[0]}
        # A loss that is a role wears its colour: KL is the divergence.
        assert roles <= {*loss.id.split("_")}, f"{loss.id} wears {loss.look!r}: change its `look`"
    assert ROLES["entropy"] == look("entropy")[0]
    assert ROLES["divergence"] == look("kl_divergence")[0]


def test_evidence_draws_a_loss_and_a_role_as_their_page_does():
    given = ("nuclear_norm", "reverse", "")
    curves = [Curve(name or "other", (0.0,), (0.0,), name) for name in given]
    chart = figure(Evidence({}, tuple(curves)), {curve.label: "" for curve in curves} | {"": ""})
    worn = [(line.line.color, line.line.dash) for line in chart.data]
    looks = [look("nuclear_norm"), (ROLES["reverse"], ""), series(2)]
    assert worn == [(colour.paint, PLOTLY_DASHES[dash]) for colour, dash in looks]


def test_there_are_as_many_looks_as_promised():
    count = len(SERIES) * len(DASHES)
    assert len({series(position) for position in range(count)}) == count
    assert len({colour.paint for colour in SERIES}) == len(SERIES)


def test_charts_of_evidence_know_every_dash():
    assert set(PLOTLY_DASHES) == set(DASHES.values())
    assert len(set(PLOTLY_DASHES.values())) == len(DASHES)


@pytest.mark.parametrize("loss", CATALOG.values(), ids=lambda loss: loss.id)
def test_every_term_of_a_formula_has_its_colour(loss):
    marked = set(
        re.findall(
            r"\\term\{(\w+)\}", loss.formula + "".join(t for _, t in loss.formula_with_values)
        )
    )
    unknown = {*marked, *loss.terms} - ROLES.keys()
    assert not unknown, f"{unknown} is no role of live/words/palette.py, where the colours are"


@pytest.mark.parametrize(
    "path", sorted((CONFIG.parents[1] / "live" / "web").glob("*.css")), ids=str
)
def test_styles_take_roles_from_the_palette(path):
    """A role's paint written out in a stylesheet would not follow the table."""
    written = set(re.findall(r"#[0-9a-f]{6}", path.read_text(encoding="utf-8").lower()))
    own = {ROLES[role].paint.lower() for role in ("target", "descent", "overlap", "enclosing")}
    assert not written & own
