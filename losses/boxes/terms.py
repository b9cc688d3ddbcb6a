"""The box losses as sums of named terms.

Each loss is the sum of the values of one of these dictionaries, and the pictures draw the same
dictionaries, so that a bar chart of the terms always adds up to the loss. The names of the terms
are the names of their colours: overlap, enclosing, distance, corners, aspect, width, height, shape.
"""

import math
from functools import reduce
from operator import add
from typing import NamedTuple

import torch

from losses.arguments import (
    Scalar,
    check_choice,
    check_number,
    check_pair,
)
from losses.boxes.geometry import (
    BoxGeometry,
    centre_distance_squared,
    centre_offset,
    diagonal_squared,
    enclosing_area,
    nonzero,
)
from losses.reduction import Reduction, reduce_loss

Terms = dict[str, torch.Tensor]

TRADE_OFFS = ("constant", "gated", "differentiated")

FOCUSINGS = ("detached", "differentiated", "normalised")

BASES = ("iou", "giou", "diou", "ciou")


def iou_terms(geometry: BoxGeometry) -> Terms:
    """1 − IoU."""
    return {"overlap": 1 - geometry.iou}


def log_iou_terms(geometry: BoxGeometry) -> Terms:
    """−ln IoU; infinite, without gradient, where IoU is 0."""
    apart = geometry.iou == 0
    logarithm = torch.where(apart, 1, geometry.iou).log()
    return {"overlap": torch.where(apart, math.inf, -logarithm)}


def giou_terms(geometry: BoxGeometry) -> Terms:
    """1 − IoU, and the share of the enclosing box that the union leaves empty."""
    area = enclosing_area(geometry)
    # Without area the numerator is 0, but its gradient is not: it must be cut off as well.
    empty = (area - geometry.union) / nonzero(area)
    return iou_terms(geometry) | {"enclosing": torch.where(area == 0, 0, empty)}


def diou_terms(geometry: BoxGeometry) -> Terms:
    """1 − IoU, and the squared centre distance over the squared enclosing diagonal."""
    distance = centre_distance_squared(geometry) / nonzero(diagonal_squared(geometry))
    return iou_terms(geometry) | {"distance": distance}


def aspect_difference(geometry: BoxGeometry) -> torch.Tensor:
    """CIoU's v in [0, 1]: (4/π²)(atan(W/H) − atan(w/h))² with the target's W, H.

    One arctangent does the work of two: atan(W/H) − atan(w/h) = atan((Wh − wH)/(Ww + Hh)). It is
    finite for zero sides and keeps its digits for nearly equal ratios. A point has no aspect
    ratio: v is 0 there. Two segments at right angles have v = 1.
    """
    g = geometry
    across = g.target_width * g.height - g.width * g.target_height
    along = g.target_width * g.width + g.target_height * g.height
    quarters = torch.atan(across / nonzero(along)) * (2 / math.pi)
    turn = torch.where(along == 0, across.sign(), quarters)
    return turn * turn


def trade_off_weight(
    geometry: BoxGeometry, difference: torch.Tensor, trade_off: str = "constant"
) -> torch.Tensor:
    """CIoU's α = v / (1 − IoU + v), the weight of `difference` = v."""
    check_choice("trade_off", trade_off, TRADE_OFFS)
    weight = difference / nonzero(1 - geometry.iou + difference)
    if trade_off == "differentiated":
        return weight
    weight = weight.detach()
    return torch.where(geometry.iou >= 0.5, weight, 0) if trade_off == "gated" else weight


def ciou_terms(geometry: BoxGeometry, trade_off: str = "constant") -> Terms:
    """The terms of DIoU, and the weighted difference of the aspect ratios αv."""
    difference = aspect_difference(geometry)
    weight = trade_off_weight(geometry, difference, trade_off)
    return diou_terms(geometry) | {"aspect": weight * difference}


def eiou_terms(geometry: BoxGeometry) -> Terms:
    """The terms of DIoU, and the squared differences of the sides over the enclosing sides."""
    g = geometry
    width = (g.width - g.target_width) / nonzero(g.enclosing_width)
    height = (g.height - g.target_height) / nonzero(g.enclosing_height)
    return diou_terms(g) | {"width": width * width, "height": height * height}


def _power_of_iou(geometry: BoxGeometry, exponent: Scalar) -> torch.Tensor:
    # The derivative of IoU^exponent at 0 is infinite for exponents below 1. The gradient there is
    # set to 0, the value is kept (0^0 = 1).
    apart = geometry.iou == 0
    at_zero = torch.zeros_like(geometry.iou) ** exponent
    return torch.where(apart, at_zero, torch.where(apart, 1, geometry.iou) ** exponent)


def focus_weight(
    geometry: BoxGeometry,
    gamma: Scalar = 0.5,
    focusing: str = "detached",
    weight: torch.Tensor | None = None,
) -> torch.Tensor:
    """Focal-EIoU's weight IoU^γ, for `"normalised"` over its (weighted) mean in the batch."""
    check_choice("focusing", focusing, FOCUSINGS)
    check_number("gamma", gamma, at_least=0, like=geometry.iou)
    if focusing == "differentiated":
        return _power_of_iou(geometry, gamma)
    focus = geometry.iou.detach() ** gamma
    if focusing == "normalised":
        focus = focus / nonzero(reduce_loss(focus, weight, "mean"))
    return focus


def focal_eiou_terms(
    geometry: BoxGeometry,
    gamma: Scalar = 0.5,
    focusing: str = "detached",
    weight: torch.Tensor | None = None,
) -> Terms:
    """The terms of EIoU, each times the focusing weight."""
    focus = focus_weight(geometry, gamma, focusing, weight)
    return {name: focus * term for name, term in eiou_terms(geometry).items()}


def corner_distances(geometry: BoxGeometry) -> torch.Tensor:
    """The sum of the distances of the four corners from the target's, without NaN at distance 0."""
    g = geometry
    left, right = (g.left - g.target_left) ** 2, (g.right - g.target_right) ** 2
    top, bottom = (g.top - g.target_top) ** 2, (g.bottom - g.target_bottom) ** 2
    return _root(left + top) + _root(right + top) + _root(left + bottom) + _root(right + bottom)


def _root(squared: torch.Tensor) -> torch.Tensor:
    coincide = squared == 0
    return torch.where(coincide, 0, torch.where(coincide, 1, squared).sqrt())


def cdiou_terms(geometry: BoxGeometry, base: str = "iou") -> Terms:
    """The terms of the base, and the mean corner distance over the enclosing diagonal."""
    check_choice("base", base, BASES)
    terms = {"iou": iou_terms, "giou": giou_terms, "diou": diou_terms, "ciou": ciou_terms}
    diagonal = nonzero(diagonal_squared(geometry)).sqrt()
    return terms[base](geometry) | {"corners": corner_distances(geometry) / (4 * diagonal)}


class Misfits(NamedTuple):
    """How far a pair is from matching, by axis, without unit: the ingredients of SIoU.

    offset_x, offset_y: squared centre distance over the squared enclosing side (ρ).
    width, height: difference of the sides over the larger of the two (ω).
    """

    offset_x: torch.Tensor
    offset_y: torch.Tensor
    width: torch.Tensor
    height: torch.Tensor


def misfits(geometry: BoxGeometry) -> Misfits:
    """SIoU's ρ and ω."""
    g = geometry
    offset_x, offset_y = centre_offset(g)
    offset_x, offset_y = (
        offset_x / nonzero(g.enclosing_width),
        offset_y / nonzero(g.enclosing_height),
    )
    larger_width = torch.maximum(g.width, g.target_width)
    larger_height = torch.maximum(g.height, g.target_height)
    return Misfits(
        offset_x * offset_x,
        offset_y * offset_y,
        (g.width - g.target_width).abs() / nonzero(larger_width),
        (g.height - g.target_height).abs() / nonzero(larger_height),
    )


def distance_exponent(geometry: BoxGeometry) -> torch.Tensor:
    """SIoU's γ = 2 − sin 2α, with α the angle of the line through the centres.

    sin 2α = 2|Δx||Δy| / (Δx² + Δy²) needs no arcsine and no root; 0 for coinciding centres.
    """
    offset_x, offset_y = centre_offset(geometry)
    product = 2 * (offset_x * offset_y).abs()
    return 2 - product / nonzero(offset_x * offset_x + offset_y * offset_y)


def _saturating(misfit: torch.Tensor) -> torch.Tensor:
    return -torch.expm1(-misfit)  # 1 − exp(−misfit), exact for small misfits


def siou_terms(geometry: BoxGeometry, theta: Scalar = 4.0) -> Terms:
    """1 − IoU, half the distance cost Δ, half the shape cost Ω."""
    check_number("theta", theta, at_least=1, like=geometry.iou)
    rho_x, rho_y, omega_width, omega_height = misfits(geometry)
    exponent = distance_exponent(geometry)
    distance = _saturating(exponent * rho_x) + _saturating(exponent * rho_y)
    shape = _saturating(omega_width) ** theta + _saturating(omega_height) ** theta
    return iou_terms(geometry) | {"distance": distance / 2, "shape": shape / 2}


def wiou_terms(geometry: BoxGeometry) -> Terms:
    """R(1 − IoU) with R = exp(ρ²/c²), as 1 − IoU and the part (R − 1)(1 − IoU) that R adds."""
    overlap = 1 - geometry.iou
    diagonal = nonzero(diagonal_squared(geometry)).detach()
    excess = torch.expm1(centre_distance_squared(geometry) / diagonal)
    return {"overlap": overlap, "distance": excess * overlap}


def corner_distances_squared(geometry: BoxGeometry) -> tuple[torch.Tensor, torch.Tensor]:
    """d₁², d₂²: squared distances of the left-top and of the right-bottom corners."""
    g = geometry
    return (
        (g.left - g.target_left) ** 2 + (g.top - g.target_top) ** 2,
        (g.right - g.target_right) ** 2 + (g.bottom - g.target_bottom) ** 2,
    )


def mpdiou_terms(geometry: BoxGeometry, image_size: tuple[Scalar, Scalar]) -> Terms:
    """1 − IoU, and both squared corner distances over the squared diagonal of the image."""
    width, height = check_pair("image_size", image_size, above=0, like=geometry.iou)
    first, second = corner_distances_squared(geometry)
    return iou_terms(geometry) | {"corners": (first + second) / (width * width + height * height)}


def alpha_iou_terms(geometry: BoxGeometry, alpha: Scalar = 3.0) -> Terms:
    """1 − IoU^α."""
    check_number("alpha", alpha, above=0, like=geometry.iou)
    return {"overlap": 1 - _power_of_iou(geometry, alpha)}


def side_weights(geometry: BoxGeometry, scale: Scalar = 0.0) -> tuple[torch.Tensor, torch.Tensor]:
    """Shape-IoU's weights 2W^s/(W^s + H^s) and 2H^s/(W^s + H^s) of the target, as constants."""
    check_number("scale", scale, at_least=0, like=geometry.iou)
    width, height = geometry.target_width.detach(), geometry.target_height.detach()
    # The factor of the larger side cancels, so that no power of a side in pixels overflows.
    larger = nonzero(torch.maximum(width, height))
    width, height = (width / larger) ** scale, (height / larger) ** scale
    total = width + height
    half = nonzero(total) / 2
    return torch.where(total == 0, 1, width / half), torch.where(total == 0, 1, height / half)


def shape_iou_terms(geometry: BoxGeometry, scale: Scalar = 0.0) -> Terms:
    """1 − IoU, and a distance and a shape term weighted by the sides of the target."""
    width_weight, height_weight = side_weights(geometry, scale)
    offset_x, offset_y = centre_offset(geometry)
    squares = height_weight * offset_x * offset_x + width_weight * offset_y * offset_y
    _, _, omega_width, omega_height = misfits(geometry)
    across = _saturating(height_weight * omega_width)
    along = _saturating(width_weight * omega_height)
    return iou_terms(geometry) | {
        "distance": squares / nonzero(diagonal_squared(geometry)),
        "shape": (across**4 + along**4) / 2,
    }


def reduce_terms(terms: Terms, weight: torch.Tensor | None, reduction: Reduction) -> torch.Tensor:
    return reduce_loss(reduce(add, terms.values()), weight, reduction)
