"""What a claim's evidence consists of."""

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Curve:
    """A line of a picture: the key of its label, its points, and the loss or role that it shows,
    if it shows one: it then has the colour of it."""

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    shows: str = ""

    def __post_init__(self) -> None:
        if len(self.x) != len(self.y):
            raise ValueError(f"{self.label} has {len(self.x)} x and {len(self.y)} y")


def curve(label: str, x: torch.Tensor, y: torch.Tensor, shows: str = "") -> Curve:
    """The curve through the points (x, y)."""
    return Curve(label, tuple(x.tolist()), tuple(y.tolist()), shows)


def tensor(*values: float) -> torch.Tensor:
    """One float64 number for one argument, otherwise a vector."""
    return torch.tensor(values[0] if len(values) == 1 else values, dtype=torch.float64)


@dataclass(frozen=True)
class Evidence:
    """The numbers and the picture that speak for or against a claim.

    numbers: by the name that the claim's text uses as a placeholder; the text labels them too.
    curves: lines on common axes; none where the numbers say it all.
    x_label, y_label: keys of the axes' labels.
    log_y: whether the vertical axis is logarithmic.
    """

    numbers: dict[str, float]
    curves: tuple[Curve, ...] = ()
    x_label: str = ""
    y_label: str = ""
    log_y: bool = False
