"""Colours: readable as text on both pages, one meaning each, no two losses alike."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest

import live
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


def test_streamlit_charts_use_the_series():
    written = [colour.lower() for colour in THEMES["chartCategoricalColors"]]
    assert written == [colour.paint.lower() for colour in SERIES]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_has_its_accent_from_the_palette(theme):
    paints = {colour.paint.lower() for colour in COLOURS}
    assert THEMES[theme]["primaryColor"].lower() in paints


NEUTRAL = {
    "#fff": "on a filled button, the outline on a photograph, what a mask lets through, paper",
    "#000": "what a mask leaves out, and shadows",
    "rgb(0 0 0 / 0.12)": "the shadow of a door on the map",
    "rgb(0 0 0 / 0.18)": "the shadow of an open menu",
    "rgb(0 0 0 / 0.45)": "what lies over the page while the search is open",
}
"""The only colours that may be written out where the browser reads them, and what for."""
HIGH_CONTRAST = {("#000", "#fff"), ("#fff", "#000")}
"""Of a projector in a bright hall."""
FRAMES = {"shell", "hall", "search"}
COMMENT = re.compile(r"/\*.*?\*/|(?<=\s)//[^\n]*", re.DOTALL)
PAIR = re.compile(r"light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)")
NOTATION = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^)]*\)")
NAME = re.compile(
    r"\b(?:white|black|gray|grey|silver|red|maroon|orange|yellow|gold|olive|lime|green|teal|aqua"
    r"|cyan|blue|navy|purple|fuchsia|magenta|pink|brown|violet|indigo)\b"
)
WEB = Path(live.__file__).parent / "web"
WRITTEN_BY_US = [
    path
    for path in sorted(WEB.rglob("*"))
    if path.suffix in (".css", ".js") and "vendor" not in path.parts
]


def colours_in(path: Path) -> set[str]:
    """Every colour that a stylesheet's values or a module's strings write out."""
    text = COMMENT.sub("", path.read_text(encoding="utf-8")).lower()
    if path.suffix == ".css":
        values = re.findall(r":([^:;{}]*)[;}]", text)
        return {
            found for value in values for kind in (NOTATION, NAME) for found in kind.findall(value)
        }
    strings = ["".join(groups) for groups in re.findall(r"'([^'\n]*)'|`([^`]*)`", text)]
    whole = {string for string in strings if NAME.fullmatch(string)}
    return whole | {found for string in strings for found in NOTATION.findall(string)}


@pytest.mark.parametrize("path", WRITTEN_BY_US, ids=lambda path: str(path.relative_to(WEB)))
def test_colours_come_from_the_palette(path):
    """As roles: a colour written out would not follow the table. Only the frames, which stand
    outside every stage, write pairs of light and dark: the palette's or the theme's own."""
    shades = {(colour.light.lower(), colour.dark.lower()) for colour in COLOURS}
    theme = {
        (THEMES["light"][name], THEMES["dark"][name])
        for name in THEMES["light"].keys() - {"sidebar"}
    }
    pairs = set(PAIR.findall(path.read_text(encoding="utf-8").lower()))
    assert pairs <= shades | theme | HIGH_CONTRAST
    assert not pairs or path.relative_to(WEB).parts[0] in FRAMES or path.name == "alone.css"
    assert colours_in(path) - {shade for pair in pairs for shade in pair} <= NEUTRAL.keys()


@pytest.mark.parametrize("path", WRITTEN_BY_US, ids=lambda path: str(path.relative_to(WEB)))
def test_no_colour_is_written_as_numbers(path):
    paints = (colour.paint for colour in COLOURS)
    triples = [tuple(int(paint[at : at + 2], 16) for at in (1, 3, 5)) for paint in paints]
    text = path.read_text(encoding="utf-8")
    assert not [t for t in triples if re.search(r"\b{}\s*,\s*{}\s*,\s*{}\b".format(*t), text)]


def test_every_neutral_colour_is_still_needed():
    assert set().union(*map(colours_in, WRITTEN_BY_US)) >= NEUTRAL.keys()


def test_a_colour_written_out_is_seen(tmp_path):
    sheet = tmp_path / "sheet.css"
    sheet.write_text(
        "/* #123456 */ .a:hover { color: #C4320A; border: 1px solid Red; } .b { fill: lab(1 2 3) }"
    )
    assert colours_in(sheet) == {"#c4320a", "red", "lab(1 2 3)"}
    module = tmp_path / "module.js"
    module.write_text(
        "this.#add(1); // '#111111'\nfill('#abc'); stroke(`rgb(${1} 2 3)`); of('red');"
    )
    assert colours_in(module) == {"#abc", "rgb(${1} 2 3)", "red"}


def test_every_role_that_a_sheet_paints_with_is_in_the_palette():
    used = {
        name.removesuffix("-text")
        for path in WRITTEN_BY_US
        for name in re.findall(r"var\(--([a-z-]+)", path.read_text(encoding="utf-8"))
        if not name.startswith("st-")
    }
    set_here = {
        name.removesuffix("-text")
        for path in WRITTEN_BY_US
        for name in re.findall(r"--([a-z-]+)['\"]?[:,]", path.read_text(encoding="utf-8"))
    }
    assert used - ROLES.keys() <= set_here
