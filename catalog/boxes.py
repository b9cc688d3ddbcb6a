"""The records of the box losses.

Notation of the formulas: I, U, C are the areas of the intersection, the union and the smallest box
around both (sides C_w, C_h, diagonal c); ρ is the distance of the centres; w, h are the sides of
the prediction and w_t, h_t those of the target; P_k, T_k are their corners.
"""

import math
from functools import partial

from catalog import box_intermediates
from catalog.record import Loss, Option, Parameter, Properties
from catalog.references import cite
from losses import boxes
from losses.boxes import terms as box_terms

OVERLAP = r"\term{overlap}{1 - \frac{I}{U}}"
ENCLOSING = r"\term{enclosing}{\frac{C - U}{C}}"
DISTANCE = r"\term{distance}{\frac{\rho^2}{c^2}}"
ASPECT = r"\term{aspect}{\alpha v}"
WIDTH = r"\term{width}{\frac{(w - w_t)^2}{C_w^2}}"
HEIGHT = r"\term{height}{\frac{(h - h_t)^2}{C_h^2}}"
CORNERS = r"\term{corners}{\frac{\sum_{k=1}^{4} \lVert P_k - T_k \rVert}{4c}}"

OVERLAP_NUMBERS = r"\term{overlap}{1 - \frac{\value{intersection}}{\value{union}}}"
ENCLOSING_NUMBERS = (
    r"\term{enclosing}{\frac{\value{enclosing_area} - \value{union}}{\value{enclosing_area}}}"
)
DISTANCE_NUMBERS = (
    r"\term{distance}{\frac{\value{centre_distance_squared}}{\value{diagonal_squared}}}"
)
ASPECT_NUMBERS = r"\term{aspect}{\value{trade_off_weight} \cdot \value{aspect_difference}}"
WIDTH_NUMBERS = (
    r"\term{width}{\frac{(\value{prediction_width} - \value{target_width})^2}"
    r"{\signed{enclosing_width}^2}}"
)
HEIGHT_NUMBERS = (
    r"\term{height}{\frac{(\value{prediction_height} - \value{target_height})^2}"
    r"{\signed{enclosing_height}^2}}"
)
CORNERS_NUMBERS = r"\term{corners}{\frac{\value{corner_distances}}{4 \cdot \value{diagonal}}}"


def _sum(*parts: str) -> str:
    return " + ".join(parts)


def _cdiou(*base: str) -> str:
    """The loss, and beside it the metric of the same name."""
    strength = rf"\lambda\,=\,{box_intermediates.CDIOU_LAMBDA}"
    metric = rf"\mathrm{{CDIoU}}_{{{strength}}} = \value{{metric}}"
    return rf"{_sum(*base, CORNERS_NUMBERS)}\qquad {metric}"


def _plain(*terms: str) -> tuple[str, str]:
    """For boxes without area, where the fractions would be 0/0: the values of the terms alone."""
    return "", _sum(*(rf"\term{{{term}}}{{\value{{{term}}}}}" for term in terms))


def _properties(
    highest: float,
    *,
    bounded_gradient: bool = True,
    symmetric: bool = True,
    scale_invariant: bool = True,
) -> Properties:
    """What all box losses share: kinks where edges align, and a hollow instead of a bowl.

    `bounded_gradient` is said of a fixed target that has an area.
    """
    return Properties(
        convex=False,
        smooth=False,
        bounded_gradient=bounded_gradient,
        symmetric=symmetric,
        highest=highest,
        scale_invariant=scale_invariant,
    )


_box_loss = partial(Loss, family="boxes")

LOSSES: tuple[Loss, ...] = (
    _box_loss(
        id="iou_loss",
        function=boxes.iou_loss,
        look="blue",
        formula=OVERLAP,
        formula_with_values=(("union", OVERLAP_NUMBERS), _plain("overlap")),
        intermediates=box_intermediates.reader(box_terms.iou_terms),
        terms=("overlap",),
        properties=_properties(1.0),
        references=cite("yu_2016"),
        related=("log_iou_loss", "giou_loss", "alpha_iou_loss"),
    ),
    _box_loss(
        id="log_iou_loss",
        function=boxes.log_iou_loss,
        look="vermilion",
        formula=r"\term{overlap}{-\ln \frac{I}{U}}",
        formula_with_values=(
            ("intersection", r"\term{overlap}{-\ln \frac{\value{intersection}}{\value{union}}}"),
            _plain("overlap"),
        ),
        intermediates=box_intermediates.reader(box_terms.log_iou_terms),
        terms=("overlap",),
        # Steep as IoU approaches 0, where the loss itself is infinite.
        properties=_properties(math.inf, bounded_gradient=False),
        references=cite("yu_2016"),
        related=("iou_loss", "giou_loss"),
    ),
    _box_loss(
        id="giou_loss",
        function=boxes.giou_loss,
        look="green",
        formula=_sum(OVERLAP, ENCLOSING),
        formula_with_values=(
            ("union", _sum(OVERLAP_NUMBERS, ENCLOSING_NUMBERS)),
            _plain("overlap", "enclosing"),
        ),
        intermediates=box_intermediates.reader(
            box_terms.giou_terms, box_intermediates.enclosing_numbers
        ),
        terms=("overlap", "enclosing"),
        properties=_properties(2.0),
        references=cite("rezatofighi_2019"),
        related=("iou_loss", "diou_loss"),
    ),
    _box_loss(
        id="diou_loss",
        function=boxes.diou_loss,
        look="purple",
        formula=_sum(OVERLAP, DISTANCE),
        formula_with_values=(
            ("union", _sum(OVERLAP_NUMBERS, DISTANCE_NUMBERS)),
            _plain("overlap", "distance"),
        ),
        intermediates=box_intermediates.reader(
            box_terms.diou_terms, box_intermediates.distance_numbers
        ),
        terms=("overlap", "distance"),
        properties=_properties(2.0),
        references=cite("zheng_2020"),
        related=("giou_loss", "ciou_loss", "wiou_loss"),
    ),
    _box_loss(
        id="ciou_loss",
        function=boxes.ciou_loss,
        look="orange",
        formula=_sum(OVERLAP, DISTANCE, ASPECT),
        formula_with_values=(
            ("union", _sum(OVERLAP_NUMBERS, DISTANCE_NUMBERS, ASPECT_NUMBERS)),
            _plain("overlap", "distance", "aspect"),
        ),
        intermediates=box_intermediates.reader(
            box_intermediates.ciou_numbers, box_intermediates.distance_numbers
        ),
        terms=("overlap", "distance", "aspect"),
        options=(Option("trade_off", box_terms.TRADE_OFFS),),
        # The gradient of v goes like 1/√(w² + h²): unbounded as the prediction shrinks to a point.
        properties=_properties(2.5, bounded_gradient=False),
        references=cite("zheng_2020", "zheng_2022"),
        related=("diou_loss", "eiou_loss"),
    ),
    _box_loss(
        id="eiou_loss",
        function=boxes.eiou_loss,
        look="sky",
        formula=_sum(OVERLAP, DISTANCE, WIDTH, HEIGHT),
        formula_with_values=(
            ("union", _sum(OVERLAP_NUMBERS, DISTANCE_NUMBERS, WIDTH_NUMBERS, HEIGHT_NUMBERS)),
            _plain("overlap", "distance", "width", "height"),
        ),
        intermediates=box_intermediates.reader(
            box_terms.eiou_terms,
            box_intermediates.distance_numbers,
            box_intermediates.sides_numbers,
        ),
        terms=("overlap", "distance", "width", "height"),
        properties=_properties(3.25),
        references=cite("zhang_2022"),
        related=("ciou_loss", "focal_eiou_loss"),
    ),
    _box_loss(
        id="focal_eiou_loss",
        function=boxes.focal_eiou_loss,
        look="grey",
        formula=r"\term{focus}{\mathrm{IoU}^{\gamma}}"
        rf" \biggl( {_sum(OVERLAP, DISTANCE, WIDTH, HEIGHT)} \biggr)",  # \left would not break
        formula_with_values=(
            (
                "union",
                r"\term{focus}{\value{focus_weight}} \biggl( "
                + _sum(OVERLAP_NUMBERS, DISTANCE_NUMBERS, WIDTH_NUMBERS, HEIGHT_NUMBERS)
                + r" \biggr)",
            ),
            _plain("overlap", "distance", "width", "height"),
        ),
        intermediates=box_intermediates.reader(
            box_intermediates.focal_eiou_numbers,
            box_intermediates.distance_numbers,
            box_intermediates.sides_numbers,
        ),
        terms=("overlap", "distance", "width", "height"),
        parameters=(Parameter("gamma", r"\gamma", 0.5, 0.0, 3.0),),
        options=(Option("focusing", box_terms.FOCUSINGS),),
        properties=_properties(0.82),
        references=cite("zhang_2022"),
        related=("eiou_loss", "alpha_iou_loss"),
    ),
    _box_loss(
        id="cdiou_loss",
        function=boxes.cdiou_loss,
        look="blue dashed",
        formula=rf"L_{{\mathrm{{base}}}} + {CORNERS}",
        # The base shows in which terms are not 0; a term that is 0 by chance is left out as well.
        formula_with_values=(
            ("aspect", _cdiou(OVERLAP_NUMBERS, DISTANCE_NUMBERS, ASPECT_NUMBERS)),
            ("enclosing", _cdiou(OVERLAP_NUMBERS, ENCLOSING_NUMBERS)),
            ("distance", _cdiou(OVERLAP_NUMBERS, DISTANCE_NUMBERS)),
            ("union", _cdiou(OVERLAP_NUMBERS)),
            _plain("overlap", "enclosing", "distance", "aspect", "corners"),
        ),
        intermediates=box_intermediates.reader(box_intermediates.cdiou_numbers),
        terms=("overlap", "enclosing", "distance", "aspect", "corners"),
        options=(Option("base", box_terms.BASES),),
        properties=_properties(2.0),
        references=cite("chen_2021"),
        related=("diou_loss", "mpdiou_loss"),
    ),
    _box_loss(
        id="siou_loss",
        function=boxes.siou_loss,
        look="vermilion dashed",
        formula=_sum(
            OVERLAP,
            r"\term{distance}{\tfrac{1}{2} \sum_{t \in \{x, y\}}"
            r" \left( 1 - e^{-(2 - \sin 2\alpha) \rho_t} \right)}",
            r"\term{shape}{\tfrac{1}{2} \sum_{t \in \{w, h\}}"
            r" \left( 1 - e^{-\omega_t} \right)^{\theta}}",
        ),
        formula_with_values=(
            (
                "union",
                _sum(
                    OVERLAP_NUMBERS,
                    r"\term{distance}{\tfrac{1}{2} \left("
                    r" 1 - e^{-\value{distance_exponent} \cdot \value{offset_misfit_x}}"
                    r" + 1 - e^{-\value{distance_exponent} \cdot \value{offset_misfit_y}} \right)}",
                    r"\term{shape}{\tfrac{1}{2} \left("
                    r" (1 - e^{-\value{width_misfit}})^{\value{theta}}"
                    r" + (1 - e^{-\value{height_misfit}})^{\value{theta}} \right)}",
                ),
            ),
            _plain("overlap", "distance", "shape"),
        ),
        intermediates=box_intermediates.reader(box_intermediates.siou_numbers),
        terms=("overlap", "distance", "shape"),
        parameters=(Parameter("theta", r"\theta", 4.0, 1.0, 8.0),),
        # γ ≤ 2, ρ < 1 and ω ≤ 1 in Δ/2 ≤ 1 − exp(−γρ) and Ω/2 ≤ (1 − exp(−ω))^θ.
        properties=_properties(1 + -math.expm1(-2) + (-math.expm1(-1)) ** 4),
        references=cite("gevorgyan_2022"),
        related=("ciou_loss", "shape_iou_loss"),
    ),
    _box_loss(
        id="wiou_loss",
        function=boxes.wiou_loss,
        look="green dashed",
        formula=rf"\term{{distance}}{{e^{{\rho^2 / c^2}}}} \left( {OVERLAP} \right)",
        formula_with_values=(
            (
                "union",
                r"\term{distance}{e^{\value{centre_distance_squared} / \value{diagonal_squared}}}"
                rf" \left( {OVERLAP_NUMBERS} \right)",
            ),
            _plain("overlap", "distance"),
        ),
        intermediates=box_intermediates.reader(
            box_terms.wiou_terms, box_intermediates.distance_numbers
        ),
        terms=("overlap", "distance"),
        properties=_properties(math.e),
        references=cite("tong_2023"),
        related=("diou_loss", "focal_eiou_loss"),
    ),
    _box_loss(
        id="mpdiou_loss",
        function=boxes.mpdiou_loss,
        look="purple dashed",
        formula=_sum(
            OVERLAP,
            r"\term{corners}{\frac{d_1^2 + d_2^2}{w_{\mathrm{img}}^2 + h_{\mathrm{img}}^2}}",
        ),
        formula_with_values=(
            (
                "union",
                _sum(
                    OVERLAP_NUMBERS,
                    r"\term{corners}{\frac{\value{first_corner_squared}"
                    r" + \value{second_corner_squared}}{\value{image_diagonal_squared}}}",
                ),
            ),
            _plain("overlap", "corners"),
        ),
        intermediates=box_intermediates.reader(box_intermediates.mpdiou_numbers),
        terms=("overlap", "corners"),
        context=("image_size",),
        # Below 3 inside the image; outside it the corner term grows like the squared distance.
        properties=_properties(math.inf, bounded_gradient=False, scale_invariant=False),
        references=cite("ma_2023"),
        related=("cdiou_loss", "diou_loss"),
    ),
    _box_loss(
        id="alpha_iou_loss",
        function=boxes.alpha_iou_loss,
        look="orange dashed",
        formula=r"\term{overlap}{1 - \left( \frac{I}{U} \right)^{\alpha}}",
        formula_with_values=(
            (
                "union",
                r"\term{overlap}{1 - \left( \frac{\value{intersection}}{\value{union}}"
                r" \right)^{\value{alpha}}}",
            ),
            _plain("overlap"),
        ),
        intermediates=box_intermediates.reader(box_terms.alpha_iou_terms),
        terms=("overlap",),
        parameters=(Parameter("alpha", r"\alpha", 3.0, 0.5, 6.0),),
        properties=_properties(1.0),
        references=cite("he_2021"),
        related=("iou_loss", "focal_eiou_loss"),
    ),
    _box_loss(
        id="inner_iou_loss",
        function=boxes.inner_iou_loss,
        look="sky dashed",
        formula=r"\term{overlap}{1 - \frac{I_r}{U_r}}",
        formula_with_values=(("union", OVERLAP_NUMBERS), _plain("overlap")),
        intermediates=box_intermediates.inner_iou_numbers,
        terms=("overlap",),
        parameters=(Parameter("ratio", "r", 0.75, 0.5, 1.5),),
        properties=_properties(1.0),
        references=cite("zhang_2023_inner"),
        related=("iou_loss", "shape_iou_loss"),
    ),
    _box_loss(
        id="shape_iou_loss",
        function=boxes.shape_iou_loss,
        look="grey dashed",
        formula=_sum(
            OVERLAP,
            r"\term{distance}{\frac{h_s \Delta x^2 + w_s \Delta y^2}{c^2}}",
            r"\term{shape}{\tfrac{1}{2} \left( (1 - e^{-h_s \omega_w})^4"
            r" + (1 - e^{-w_s \omega_h})^4 \right)}",
        ),
        formula_with_values=(
            (
                "union",
                _sum(
                    OVERLAP_NUMBERS,
                    r"\term{distance}{\frac{\value{height_weight} \cdot \signed{offset_x}^2"
                    r" + \value{width_weight} \cdot \signed{offset_y}^2}"
                    r"{\value{diagonal_squared}}}",
                    r"\term{shape}{\tfrac{1}{2} \left("
                    r" (1 - e^{-\value{height_weight} \cdot \value{width_misfit}})^4"
                    r" + (1 - e^{-\value{width_weight} \cdot \value{height_misfit}})^4 \right)}",
                ),
            ),
            _plain("overlap", "distance", "shape"),
        ),
        intermediates=box_intermediates.reader(box_intermediates.shape_iou_numbers),
        terms=("overlap", "distance", "shape"),
        parameters=(Parameter("scale", "s", 0.0, 0.0, 3.0),),
        # Symmetric at the default scale of 0 only: otherwise the target's shape weighs.
        properties=_properties(2 + (-math.expm1(-1)) ** 4),
        references=cite("zhang_2023_shape"),
        related=("siou_loss", "inner_iou_loss"),
    ),
)
