"""The box losses once more, in plain floats, one pair of boxes at a time, straight from the papers.

Nothing here is shared with the package: four extrema for the enclosing box, two arctangents, an
arcsine for SIoU's angle, no guards. `held` is the prediction at which the parts are evaluated that
a loss treats as constants in the backward pass, so that differences of these functions are the
gradients that the losses promise.
"""

import math
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import numpy as np

from catalog import family
from live.tape.context import CONTEXT as PAGE_CONTEXT

Box = np.ndarray

RECORDS = {loss.id: loss for loss in family("boxes")}
OF_A_BATCH = {("focal_eiou_loss", "normalised")}
"""What makes a loss depend on other pairs of boxes, which are tried one at a time here."""
CONTEXT = {id: {name: PAGE_CONTEXT[name] for name in loss.context} for id, loss in RECORDS.items()}


def _variants() -> Iterator[tuple[str, dict[str, object]]]:
    """Every loss with its defaults, each other choice of each option, and each parameter halfway
    to either end of its slider."""
    for id, loss in RECORDS.items():
        yield id, CONTEXT[id]
        for option in loss.options:
            for choice in option.choices[1:]:
                if (id, choice) not in OF_A_BATCH:
                    yield id, CONTEXT[id] | {option.name: choice}
        for parameter in loss.parameters:
            for end in {parameter.low, parameter.high} - {parameter.default}:
                yield id, CONTEXT[id] | {parameter.name: (parameter.default + end) / 2}


def variant_id(variant: object) -> str | None:
    return variant if isinstance(variant, str) else "-".join(map(str, variant.values()))


def measure(p: Box, t: Box) -> SimpleNamespace:
    m = SimpleNamespace()
    m.w, m.h, m.wt, m.ht = p[2] - p[0], p[3] - p[1], t[2] - t[0], t[3] - t[1]
    m.i = max(0, min(p[2], t[2]) - max(p[0], t[0])) * max(0, min(p[3], t[3]) - max(p[1], t[1]))
    m.u = m.w * m.h + m.wt * m.ht - m.i
    m.iou = m.i / m.u
    m.cw, m.ch = max(p[2], t[2]) - min(p[0], t[0]), max(p[3], t[3]) - min(p[1], t[1])
    m.c = math.hypot(m.cw, m.ch)
    m.dx = (p[0] + p[2]) / 2 - (t[0] + t[2]) / 2
    m.dy = (p[1] + p[3]) / 2 - (t[1] + t[3]) / 2
    m.rho = math.hypot(m.dx, m.dy)
    return m


def iou_loss(p: Box, t: Box, held: Box) -> float:
    return 1 - measure(p, t).iou


def log_iou_loss(p: Box, t: Box, held: Box) -> float:
    iou = measure(p, t).iou
    return -math.log(iou) if iou else math.inf


def giou_loss(p: Box, t: Box, held: Box) -> float:
    m = measure(p, t)
    return 1 - (m.iou - (m.cw * m.ch - m.u) / (m.cw * m.ch))


def diou_loss(p: Box, t: Box, held: Box) -> float:
    m = measure(p, t)
    return 1 - m.iou + (m.rho / m.c) ** 2


def aspect(m: SimpleNamespace) -> float:
    return 4 / math.pi**2 * (math.atan(m.wt / m.ht) - math.atan(m.w / m.h)) ** 2


def ciou_loss(p: Box, t: Box, held: Box, trade_off: str = "constant") -> float:
    at = measure(p if trade_off == "differentiated" else held, t)
    v = aspect(at)
    alpha = v / (1 - at.iou + v) if v else 0.0
    if trade_off == "gated" and at.iou < 0.5:
        alpha = 0.0
    return diou_loss(p, t, held) + alpha * aspect(measure(p, t))


def eiou_loss(p: Box, t: Box, held: Box) -> float:
    m = measure(p, t)
    return diou_loss(p, t, held) + ((m.w - m.wt) / m.cw) ** 2 + ((m.h - m.ht) / m.ch) ** 2


def focal_eiou_loss(
    p: Box, t: Box, held: Box, gamma: float = 0.5, focusing: str = "detached"
) -> float:
    at = p if focusing == "differentiated" else held
    return measure(at, t).iou ** gamma * eiou_loss(p, t, held)


def cdiou_loss(p: Box, t: Box, held: Box, base: str = "iou") -> float:
    corners = [(0, 1), (2, 1), (0, 3), (2, 3)]
    total = sum(math.hypot(p[x] - t[x], p[y] - t[y]) for x, y in corners)
    return FUNCTIONS[base + "_loss"](p, t, held) + total / (4 * measure(p, t).c)


def siou_loss(p: Box, t: Box, held: Box, theta: float = 4.0) -> float:
    m = measure(p, t)
    sine = min(1.0, abs(m.dy) / m.rho) if m.rho else 0.0
    angle = 1 - 2 * math.sin(math.asin(sine) - math.pi / 4) ** 2
    gamma = 2 - angle
    distance = sum(1 - math.exp(-gamma * rho) for rho in ((m.dx / m.cw) ** 2, (m.dy / m.ch) ** 2))
    omegas = abs(m.w - m.wt) / max(m.w, m.wt), abs(m.h - m.ht) / max(m.h, m.ht)
    return 1 - m.iou + (distance + sum((1 - math.exp(-omega)) ** theta for omega in omegas)) / 2


def wiou_loss(p: Box, t: Box, held: Box) -> float:
    m = measure(p, t)
    return math.exp((m.rho / measure(held, t).c) ** 2) * (1 - m.iou)


def mpdiou_loss(p: Box, t: Box, held: Box, image_size: tuple[float, float]) -> float:
    d = math.dist(p[:2], t[:2]) ** 2 + math.dist(p[2:], t[2:]) ** 2
    return 1 - measure(p, t).iou + d / math.hypot(*image_size) ** 2


def alpha_iou_loss(p: Box, t: Box, held: Box, alpha: float = 3.0) -> float:
    return 1 - measure(p, t).iou ** alpha


def inner_iou_loss(p: Box, t: Box, held: Box, ratio: float = 0.75) -> float:
    def inner(box: Box) -> Box:
        centre = (box[:2] + box[2:]) / 2
        return np.concatenate((centre, centre)) + ratio * (box - np.concatenate((centre, centre)))

    return 1 - measure(inner(p), inner(t)).iou


def shape_iou_loss(p: Box, t: Box, held: Box, scale: float = 0.0) -> float:
    m = measure(p, t)
    ww = 2 * m.wt**scale / (m.wt**scale + m.ht**scale)
    hh = 2 * m.ht**scale / (m.wt**scale + m.ht**scale)
    distance = (hh * m.dx**2 + ww * m.dy**2) / m.c**2
    omega_w = hh * abs(m.w - m.wt) / max(m.w, m.wt)
    omega_h = ww * abs(m.h - m.ht) / max(m.h, m.ht)
    return 1 - m.iou + distance + sum((1 - math.exp(-o)) ** 4 for o in (omega_w, omega_h)) / 2


FUNCTIONS: dict[str, Callable[..., float]] = {
    name: globals()[name] for name in RECORDS if name in globals()
}
"""The oracle of each loss; a test says which loss has none."""
LOSSES = tuple(FUNCTIONS)
MORE = [
    ("focal_eiou_loss", {"gamma": 2.0, "focusing": "differentiated"}),
    ("alpha_iou_loss", {"alpha": 0.5}),  # a power below 1 is steep where nothing overlaps
]
VARIANTS = [item for item in (*_variants(), *MORE) if item[0] in FUNCTIONS]
"""What is tried of every loss, and what is worth trying besides."""


def values(name: str, predictions: np.ndarray, targets: np.ndarray, **parameters: object) -> Box:
    """The loss of each pair of boxes `(N, 4)`."""
    pairs = zip(predictions, targets, strict=True)
    return np.array([FUNCTIONS[name](p, t, p, **parameters) for p, t in pairs])


def gradients(name: str, predictions: np.ndarray, targets: np.ndarray, **parameters: object) -> Box:
    """Central differences in the prediction, `(N, 4)`, with the constant parts held."""
    step = 1e-6
    return np.array(
        [
            [
                (
                    FUNCTIONS[name](p + step * axis, t, p, **parameters)
                    - FUNCTIONS[name](p - step * axis, t, p, **parameters)
                )
                / (2 * step)
                for axis in np.eye(4)
            ]
            for p, t in zip(predictions, targets, strict=True)
        ]
    )


def random_boxes(count: int, seed: int) -> np.ndarray:
    """Boxes in a picture of 8 × 6 units, sides from 0.2 to 4; many pairs of them overlap."""
    generator = np.random.default_rng(seed)
    centre = generator.uniform((1, 1), (7, 5), (count, 2))
    half = generator.uniform(0.1, 2, (count, 2))
    return np.concatenate((centre - half, centre + half), 1)
