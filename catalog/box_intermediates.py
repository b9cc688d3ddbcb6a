"""The numbers behind the formulas of the box losses: areas, distances, sides and weights.

Each function takes the measured geometry, and the parameters of its loss where it needs them.
`reader` makes of them what a record calls its intermediates.
"""

from collections.abc import Callable, Mapping

import torch

from losses.arguments import Scalar
from losses.boxes import terms as box_terms
from losses.boxes.geometry import (
    BoxGeometry,
    centre_distance_squared,
    centre_offset,
    diagonal_squared,
    enclosing_area,
    measure_boxes,
)

Numbers = Mapping[str, torch.Tensor]

MARKS: dict[str, tuple[str, ...]] = {
    "intersection": ("intersection",),
    "enclosing_area": ("frame", "empty"),
    "centre_distance_squared": ("centres",),
    "diagonal_squared": ("diagonal", "frame"),
    "diagonal": ("diagonal", "frame"),
    "offset_misfit_x": ("centres",),
    "offset_misfit_y": ("centres",),
    "offset_x": ("centres",),
    "offset_y": ("centres",),
    "corner_distances": ("corners", "other_corners"),
    "first_corner_squared": ("corners",),
    "second_corner_squared": ("corners",),
    "aspect_difference": ("aspect",),
    "enclosing_width": ("frame",),
    "enclosing_height": ("frame",),
    "prediction_width": ("widths",),
    "prediction_height": ("heights",),
    "width_misfit": ("widths",),
    "height_misfit": ("heights",),
    "ratio": ("inner",),
}
"""The marks in the picture that stand for a number of a formula, or for a parameter of a loss."""


def overlap_numbers(geometry: BoxGeometry) -> Numbers:
    return {"intersection": geometry.intersection, "union": geometry.union}


def enclosing_numbers(geometry: BoxGeometry) -> Numbers:
    return {"enclosing_area": enclosing_area(geometry)}


def distance_numbers(geometry: BoxGeometry) -> Numbers:
    return {
        "centre_distance_squared": centre_distance_squared(geometry),
        "diagonal_squared": diagonal_squared(geometry),
    }


def sides_numbers(geometry: BoxGeometry) -> Numbers:
    g = geometry
    return {
        "prediction_width": g.width,
        "prediction_height": g.height,
        "target_width": g.target_width,
        "target_height": g.target_height,
        "enclosing_width": g.enclosing_width,
        "enclosing_height": g.enclosing_height,
    }


def reader(
    terms: Callable[..., Numbers], *parts: Callable[[BoxGeometry], Numbers]
) -> Callable[..., Numbers]:
    """Intermediates of the overlap, the given parts of the geometry, and the terms of the loss."""

    def intermediates(
        prediction: torch.Tensor, target: torch.Tensor, **parameters: Scalar | str
    ) -> Numbers:
        geometry = measure_boxes(prediction, target)
        numbers: dict[str, torch.Tensor] = {}
        for part in (overlap_numbers, *parts):
            numbers |= part(geometry)
        return {**numbers, **terms(geometry, **parameters)}

    return intermediates


def aspect_numbers(geometry: BoxGeometry, trade_off: str) -> Numbers:
    difference = box_terms.aspect_difference(geometry)
    weight = box_terms.trade_off_weight(geometry, difference, trade_off)
    return {"aspect_difference": difference, "trade_off_weight": weight}


def ciou_numbers(geometry: BoxGeometry, *, trade_off: str) -> Numbers:
    terms = box_terms.ciou_terms(geometry, trade_off)
    return {**aspect_numbers(geometry, trade_off), **terms}


def focal_eiou_numbers(geometry: BoxGeometry, *, gamma: Scalar, focusing: str) -> Numbers:
    focus = box_terms.focus_weight(geometry, gamma, focusing)
    return {"focus_weight": focus} | box_terms.focal_eiou_terms(geometry, gamma, focusing)


CDIOU_LAMBDA = 0.001
"""λ of the metric, as the authors' code has it."""


def cdiou_numbers(geometry: BoxGeometry, *, base: str) -> Numbers:
    """Terms that the base does not have are 0; "metric" is CDIoU, IoU + λ (1 − diou)."""
    absent = torch.zeros_like(geometry.iou)
    terms = box_terms.cdiou_terms(geometry, base)
    return {
        **dict.fromkeys(("enclosing", "distance", "aspect"), absent),
        "corner_distances": box_terms.corner_distances(geometry),
        "diagonal": diagonal_squared(geometry).sqrt(),
        "metric": geometry.iou + CDIOU_LAMBDA * (1 - terms["corners"]),
        **enclosing_numbers(geometry),
        **distance_numbers(geometry),
        **aspect_numbers(geometry, "constant"),
        **terms,
    }


def siou_numbers(geometry: BoxGeometry, *, theta: Scalar) -> Numbers:
    rho_x, rho_y, omega_width, omega_height = box_terms.misfits(geometry)
    return {
        "distance_exponent": box_terms.distance_exponent(geometry),
        "offset_misfit_x": rho_x,
        "offset_misfit_y": rho_y,
        "width_misfit": omega_width,
        "height_misfit": omega_height,
    } | box_terms.siou_terms(geometry, theta)


def mpdiou_numbers(geometry: BoxGeometry, *, image_size: tuple[Scalar, Scalar]) -> Numbers:
    first, second = box_terms.corner_distances_squared(geometry)
    width, height = image_size
    return {
        "first_corner_squared": first,
        "second_corner_squared": second,
        "image_diagonal_squared": torch.zeros_like(first) + (width * width + height * height),
    } | box_terms.mpdiou_terms(geometry, image_size)


def inner_iou_numbers(prediction: torch.Tensor, target: torch.Tensor, *, ratio: Scalar) -> Numbers:
    geometry = measure_boxes(prediction, target, scale=ratio)
    return {**overlap_numbers(geometry), **box_terms.iou_terms(geometry)}


def shape_iou_numbers(geometry: BoxGeometry, *, scale: Scalar) -> Numbers:
    width_weight, height_weight = box_terms.side_weights(geometry, scale)
    offset_x, offset_y = centre_offset(geometry)
    _, _, omega_width, omega_height = box_terms.misfits(geometry)
    return {
        "width_weight": width_weight,
        "height_weight": height_weight,
        "offset_x": offset_x,
        "offset_y": offset_y,
        "diagonal_squared": diagonal_squared(geometry),
        "width_misfit": omega_width,
        "height_misfit": omega_height,
    } | box_terms.shape_iou_terms(geometry, scale)
