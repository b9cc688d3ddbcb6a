"""The one table of colours: Okabe and Ito's colour-blind-safe hues, one meaning each.

`paint` fills shapes and draws lines; `light` and `dark` are the shades of the same hue that reach
a contrast of 4.5 : 1 as text on the light and on the dark page (a test measures it).
Source: M. Okabe, K. Ito, Color Universal Design, 2008.
"""

from dataclasses import asdict, dataclass

from catalog import CATALOG


@dataclass(frozen=True)
class Colour:
    paint: str
    light: str
    dark: str


GREEN = Colour("#009E73", "#00775A", "#2FC69C")
BLUE = Colour("#0072B2", "#0072B2", "#5AB4EA")
VERMILION = Colour("#D55E00", "#B54F00", "#FF8A3D")
SKY = Colour("#56B4E9", "#14709F", "#7CC8F2")
PURPLE = Colour("#CC79A7", "#A34A7C", "#E19CC3")
ORANGE = Colour("#E69F00", "#8A5F00", "#F2B736")
YELLOW = Colour("#F0E442", "#74690A", "#F0E442")
GREY = Colour("#7F8790", "#5F6770", "#AEB6BF")
SLATE = Colour("#5A6672", "#4F5B66", "#C3CBD3")

ROLES: dict[str, Colour] = {
    "target": GREEN,
    "prediction": BLUE,
    "descent": VERMILION,
    "overlap": SKY,
    "enclosing": PURPLE,
    "distance": ORANGE,
    "corners": ORANGE,
    "focus": ORANGE,
    "aspect": YELLOW,
    "width": SLATE,
    "height": GREY,
    "shape": SLATE,
    "similar": GREEN,
    "dissimilar": PURPLE,
    "entropy": SLATE,
    "divergence": ORANGE,
    "reverse": PURPLE,
    "hit": SKY,
    "alarm": PURPLE,
    "miss": YELLOW,
    "raised": ORANGE,
    "lowered": BLUE,
    "related": ORANGE,
}
"""What a colour means wherever it stands. Distances are orange, whatever they are between."""

SERIES = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, GREY)
HUES = {
    "blue": BLUE,
    "vermilion": VERMILION,
    "green": GREEN,
    "purple": PURPLE,
    "orange": ORANGE,
    "sky": SKY,
    "grey": GREY,
    "slate": SLATE,
}
"""The colours that a loss may wear; yellow is too pale for a line.

A loss wears no colour that means something else in the same picture: the green of what is similar,
say. A loss that is a role, as KL is the divergence, wears that role's. Eight hues do not go further
than that: vermilion, which also paints arrows of descent, stands for a loss where its curve or its
own arrow does.
"""
DASHES = {"": "", "dashed": "10 4", "dotted": "2 4", "dash-dotted": "10 4 2 4"}


def by_role() -> dict[str, dict[str, str]]:
    """The table as the browser gets it: paint, light and dark of every role."""
    return {role: asdict(colour) for role, colour in ROLES.items()}


def series(position: int) -> tuple[Colour, str]:
    """Colour and dash of a curve that stands for neither a loss nor a role, by its number."""
    turn, place = divmod(position, len(SERIES))
    return SERIES[place], [*DASHES.values()][turn % len(DASHES)]


def look(loss_id: str) -> tuple[Colour, str]:
    """Colour and dash of a loss, on its page and wherever else it is drawn, as its record says."""
    hue, _, dash = CATALOG[loss_id].look.partition(" ")
    return HUES[hue], DASHES[dash]
