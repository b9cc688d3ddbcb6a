"""The records of the box losses.

Notation of the formulas: I, U, C are the areas of the intersection, the union and the smallest box
around both (sides C_w, C_h, diagonal c); ρ is the distance of the centres; w, h are the sides of
the prediction and w_t, h_t those of the target; P_k, T_k are their corners.
"""

import math
from collections.abc import Callable, Mapping
from functools import partial

import torch

from losses import box_terms, boxes
from losses.arguments import Scalar
from losses.box_geometry import (
    BoxGeometry,
    centre_distance_squared,
    centre_offset,
    diagonal_squared,
    enclosing_area,
    measure_boxes,
)
from losses.catalog.record import Claims, Loss, Option, Parameter, Reference

Numbers = Mapping[str, torch.Tensor]


def _overlap(geometry: BoxGeometry) -> Numbers:
    return {"intersection": geometry.intersection, "union": geometry.union}


def _enclosing(geometry: BoxGeometry) -> Numbers:
    return {"enclosing_area": enclosing_area(geometry)}


def _distance(geometry: BoxGeometry) -> Numbers:
    return {
        "centre_distance_squared": centre_distance_squared(geometry),
        "diagonal_squared": diagonal_squared(geometry),
    }


def _sides(geometry: BoxGeometry) -> Numbers:
    g = geometry
    return {
        "prediction_width": g.width,
        "prediction_height": g.height,
        "target_width": g.target_width,
        "target_height": g.target_height,
        "enclosing_width": g.enclosing_width,
        "enclosing_height": g.enclosing_height,
    }


def _reader(
    terms: Callable[..., Numbers], *parts: Callable[[BoxGeometry], Numbers]
) -> Callable[..., Numbers]:
    """Readings made of the overlap, the given parts of the geometry, and the terms of the loss."""

    def readings(
        prediction: torch.Tensor, target: torch.Tensor, **parameters: Scalar | str
    ) -> Numbers:
        geometry = measure_boxes(prediction, target)
        numbers = {}
        for part in (_overlap, *parts):
            numbers |= part(geometry)
        return numbers | terms(geometry, **parameters)

    return readings


def _aspect(geometry: BoxGeometry, trade_off: str) -> Numbers:
    difference = box_terms.aspect_difference(geometry)
    weight = box_terms.trade_off_weight(geometry, difference, trade_off)
    return {"aspect_difference": difference, "trade_off_weight": weight}


def _ciou(geometry: BoxGeometry, *, trade_off: str) -> Numbers:
    return _aspect(geometry, trade_off) | box_terms.ciou_terms(geometry, trade_off)


def _focal_eiou(geometry: BoxGeometry, *, gamma: Scalar, focusing: str) -> Numbers:
    focus = box_terms.focus_weight(geometry, gamma, focusing)
    return {"focus_weight": focus} | box_terms.focal_eiou_terms(geometry, gamma, focusing)


def _cdiou(geometry: BoxGeometry, *, base: str) -> Numbers:
    """Terms that the base does not have are 0."""
    absent = torch.zeros_like(geometry.iou)
    return {
        **dict.fromkeys(("enclosing", "distance", "aspect"), absent),
        "corner_distances": box_terms.corner_distances(geometry),
        "diagonal": diagonal_squared(geometry).sqrt(),
        **_enclosing(geometry),
        **_distance(geometry),
        **_aspect(geometry, "constant"),
        **box_terms.cdiou_terms(geometry, base),
    }


def _siou(geometry: BoxGeometry, *, theta: Scalar) -> Numbers:
    rho_x, rho_y, omega_width, omega_height = box_terms.misfits(geometry)
    return {
        "distance_exponent": box_terms.distance_exponent(geometry),
        "offset_misfit_x": rho_x,
        "offset_misfit_y": rho_y,
        "width_misfit": omega_width,
        "height_misfit": omega_height,
    } | box_terms.siou_terms(geometry, theta)


def _mpdiou(geometry: BoxGeometry, *, image_size: tuple[Scalar, Scalar]) -> Numbers:
    first, second = box_terms.corner_distances_squared(geometry)
    width, height = image_size
    return {
        "first_corner_squared": first,
        "second_corner_squared": second,
        "image_diagonal_squared": torch.zeros_like(first) + (width * width + height * height),
    } | box_terms.mpdiou_terms(geometry, image_size)


def _inner_iou(prediction: torch.Tensor, target: torch.Tensor, *, ratio: Scalar) -> Numbers:
    geometry = measure_boxes(prediction, target, scale=ratio)
    return _overlap(geometry) | box_terms.iou_terms(geometry)


def _shape_iou(geometry: BoxGeometry, *, scale: Scalar) -> Numbers:
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
    r"{\value{enclosing_width}^2}}"
)
HEIGHT_NUMBERS = (
    r"\term{height}{\frac{(\value{prediction_height} - \value{target_height})^2}"
    r"{\value{enclosing_height}^2}}"
)
CORNERS_NUMBERS = r"\term{corners}{\frac{\value{corner_distances}}{4 \cdot \value{diagonal}}}"


def _sum(*parts: str) -> str:
    return " + ".join(parts)


def _plain(*terms: str) -> tuple[str, str]:
    """For boxes without area, where the fractions would be 0/0: the values of the terms alone."""
    return "", _sum(*(rf"\term{{{term}}}{{\value{{{term}}}}}" for term in terms))


UNITBOX = Reference(
    "Jiahui Yu, Yuning Jiang, Zhangyang Wang, Zhimin Cao, Thomas Huang",
    "UnitBox: An Advanced Object Detection Network",
    "ACM Multimedia",
    2016,
    "https://arxiv.org/abs/1608.01471",
)
REZATOFIGHI = Reference(
    "Hamid Rezatofighi, Nathan Tsoi, JunYoung Gwak, Amir Sadeghian, Ian Reid, Silvio Savarese",
    "Generalized Intersection over Union: A Metric and a Loss for Bounding Box Regression",
    "CVPR",
    2019,
    "https://arxiv.org/abs/1902.09630",
)
ZHENG = Reference(
    "Zhaohui Zheng, Ping Wang, Wei Liu, Jinze Li, Rongguang Ye, Dongwei Ren",
    "Distance-IoU Loss: Faster and Better Learning for Bounding Box Regression",
    "AAAI",
    2020,
    "https://arxiv.org/abs/1911.08287",
)
ZHENG_JOURNAL = Reference(
    "Zhaohui Zheng, Ping Wang, Dongwei Ren, Wei Liu, Rongguang Ye, Qinghua Hu, Wangmeng Zuo",
    "Enhancing Geometric Factors in Model Learning and Inference for Object Detection and "
    "Instance Segmentation",
    "IEEE Transactions on Cybernetics 52(8)",
    2022,
    "https://arxiv.org/abs/2005.03572",
)
ZHANG = Reference(
    "Yi-Fan Zhang, Weiqiang Ren, Zhang Zhang, Zhen Jia, Liang Wang, Tieniu Tan",
    "Focal and Efficient IOU Loss for Accurate Bounding Box Regression",
    "Neurocomputing 506",
    2022,
    "https://arxiv.org/abs/2101.08158",
)
CHEN = Reference(
    "Dong Chen, Duoqian Miao",
    "Control Distance IoU and Control Distance IoU Loss Function for Better Bounding Box "
    "Regression",
    "arXiv",
    2021,
    "https://arxiv.org/abs/2103.11696",
)
GEVORGYAN = Reference(
    "Zhora Gevorgyan",
    "SIoU Loss: More Powerful Learning for Bounding Box Regression",
    "arXiv",
    2022,
    "https://arxiv.org/abs/2205.12740",
)
TONG = Reference(
    "Zanjia Tong, Yuhang Chen, Zewei Xu, Rong Yu",
    "Wise-IoU: Bounding Box Regression Loss with Dynamic Focusing Mechanism",
    "arXiv",
    2023,
    "https://arxiv.org/abs/2301.10051",
)
MA = Reference(
    "Siliang Ma, Yong Xu",
    "MPDIoU: A Loss for Efficient and Accurate Bounding Box Regression",
    "arXiv",
    2023,
    "https://arxiv.org/abs/2307.07662",
)
HE = Reference(
    "Jiabo He, Sarah Erfani, Xingjun Ma, James Bailey, Ying Chi, Xian-Sheng Hua",
    "Alpha-IoU: A Family of Power Intersection over Union Losses for Bounding Box Regression",
    "NeurIPS",
    2021,
    "https://arxiv.org/abs/2110.13675",
)
INNER = Reference(
    "Hao Zhang, Cong Xu, Shuaijie Zhang",
    "Inner-IoU: More Effective Intersection over Union Loss with Auxiliary Bounding Box",
    "arXiv",
    2023,
    "https://arxiv.org/abs/2311.02877",
)
SHAPE = Reference(
    "Hao Zhang, Shuaijie Zhang",
    "Shape-IoU: More Accurate Metric considering Bounding Box Shape and Scale",
    "arXiv",
    2023,
    "https://arxiv.org/abs/2312.17663",
)


def _claims(
    highest: float,
    *,
    bounded_gradient: bool = True,
    symmetric: bool = True,
    scale_invariant: bool = True,
) -> Claims:
    """What all box losses share: kinks where edges align, and a hollow instead of a bowl.

    `bounded_gradient` is said of a fixed target that has an area.
    """
    return Claims(
        convex=False,
        smooth=False,
        bounded_gradient=bounded_gradient,
        symmetric=symmetric,
        highest=highest,
        scale_invariant=scale_invariant,
    )


_box_loss = partial(Loss, family="boxes")

BOXES: tuple[Loss, ...] = (
    _box_loss(
        id="iou_loss",
        function=boxes.iou_loss,
        formula=OVERLAP,
        numbers=(("union", OVERLAP_NUMBERS), _plain("overlap")),
        readings=_reader(box_terms.iou_terms),
        terms=("overlap",),
        claims=_claims(1.0),
        references=(UNITBOX,),
        related=("log_iou_loss", "giou_loss", "alpha_iou_loss"),
    ),
    _box_loss(
        id="log_iou_loss",
        function=boxes.log_iou_loss,
        formula=r"\term{overlap}{-\ln \frac{I}{U}}",
        numbers=(
            ("intersection", r"\term{overlap}{-\ln \frac{\value{intersection}}{\value{union}}}"),
            _plain("overlap"),
        ),
        readings=_reader(box_terms.log_iou_terms),
        terms=("overlap",),
        # Steep as IoU approaches 0, where the loss itself is infinite.
        claims=_claims(math.inf, bounded_gradient=False),
        references=(UNITBOX,),
        related=("iou_loss", "giou_loss"),
    ),
    _box_loss(
        id="giou_loss",
        function=boxes.giou_loss,
        formula=_sum(OVERLAP, ENCLOSING),
        numbers=(
            ("union", _sum(OVERLAP_NUMBERS, ENCLOSING_NUMBERS)),
            _plain("overlap", "enclosing"),
        ),
        readings=_reader(box_terms.giou_terms, _enclosing),
        terms=("overlap", "enclosing"),
        claims=_claims(2.0),
        references=(REZATOFIGHI,),
        related=("iou_loss", "diou_loss"),
    ),
    _box_loss(
        id="diou_loss",
        function=boxes.diou_loss,
        formula=_sum(OVERLAP, DISTANCE),
        numbers=(
            ("union", _sum(OVERLAP_NUMBERS, DISTANCE_NUMBERS)),
            _plain("overlap", "distance"),
        ),
        readings=_reader(box_terms.diou_terms, _distance),
        terms=("overlap", "distance"),
        claims=_claims(2.0),
        references=(ZHENG,),
        related=("giou_loss", "ciou_loss", "wiou_loss"),
    ),
    _box_loss(
        id="ciou_loss",
        function=boxes.ciou_loss,
        formula=_sum(OVERLAP, DISTANCE, ASPECT),
        numbers=(
            ("union", _sum(OVERLAP_NUMBERS, DISTANCE_NUMBERS, ASPECT_NUMBERS)),
            _plain("overlap", "distance", "aspect"),
        ),
        readings=_reader(_ciou, _distance),
        terms=("overlap", "distance", "aspect"),
        options=(Option("trade_off", box_terms.TRADE_OFFS),),
        # The gradient of v goes like 1/√(w² + h²): unbounded as the prediction shrinks to a point.
        claims=_claims(2.5, bounded_gradient=False),
        references=(ZHENG, ZHENG_JOURNAL),
        related=("diou_loss", "eiou_loss"),
    ),
    _box_loss(
        id="eiou_loss",
        function=boxes.eiou_loss,
        formula=_sum(OVERLAP, DISTANCE, WIDTH, HEIGHT),
        numbers=(
            ("union", _sum(OVERLAP_NUMBERS, DISTANCE_NUMBERS, WIDTH_NUMBERS, HEIGHT_NUMBERS)),
            _plain("overlap", "distance", "width", "height"),
        ),
        readings=_reader(box_terms.eiou_terms, _distance, _sides),
        terms=("overlap", "distance", "width", "height"),
        claims=_claims(3.25),
        references=(ZHANG,),
        related=("ciou_loss", "focal_eiou_loss"),
    ),
    _box_loss(
        id="focal_eiou_loss",
        function=boxes.focal_eiou_loss,
        formula=r"\term{focus}{\mathrm{IoU}^{\gamma}}"
        rf" \left( {_sum(OVERLAP, DISTANCE, WIDTH, HEIGHT)} \right)",
        numbers=(
            (
                "union",
                r"\term{focus}{\value{focus_weight}} \left( "
                + _sum(OVERLAP_NUMBERS, DISTANCE_NUMBERS, WIDTH_NUMBERS, HEIGHT_NUMBERS)
                + r" \right)",
            ),
            _plain("overlap", "distance", "width", "height"),
        ),
        readings=_reader(_focal_eiou, _distance, _sides),
        terms=("overlap", "distance", "width", "height"),
        parameters=(Parameter("gamma", r"\gamma", 0.5, 0.0, 3.0),),
        options=(Option("focusing", box_terms.FOCUSINGS),),
        claims=_claims(0.82),
        references=(ZHANG,),
        related=("eiou_loss", "alpha_iou_loss"),
    ),
    _box_loss(
        id="cdiou_loss",
        function=boxes.cdiou_loss,
        formula=rf"L_{{\mathrm{{base}}}} + {CORNERS}",
        # The base shows in which terms are not 0; a term that is 0 by chance is left out as well.
        numbers=(
            ("aspect", _sum(OVERLAP_NUMBERS, DISTANCE_NUMBERS, ASPECT_NUMBERS, CORNERS_NUMBERS)),
            ("enclosing", _sum(OVERLAP_NUMBERS, ENCLOSING_NUMBERS, CORNERS_NUMBERS)),
            ("distance", _sum(OVERLAP_NUMBERS, DISTANCE_NUMBERS, CORNERS_NUMBERS)),
            ("union", _sum(OVERLAP_NUMBERS, CORNERS_NUMBERS)),
            _plain("overlap", "enclosing", "distance", "aspect", "corners"),
        ),
        readings=_reader(_cdiou),
        terms=("overlap", "enclosing", "distance", "aspect", "corners"),
        options=(Option("base", box_terms.BASES),),
        claims=_claims(2.0),
        references=(CHEN,),
        related=("diou_loss", "mpdiou_loss"),
    ),
    _box_loss(
        id="siou_loss",
        function=boxes.siou_loss,
        formula=_sum(
            OVERLAP,
            r"\term{distance}{\tfrac{1}{2} \sum_{t \in \{x, y\}}"
            r" \left( 1 - e^{-(2 - \sin 2\alpha) \rho_t} \right)}",
            r"\term{shape}{\tfrac{1}{2} \sum_{t \in \{w, h\}}"
            r" \left( 1 - e^{-\omega_t} \right)^{\theta}}",
        ),
        numbers=(
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
        readings=_reader(_siou),
        terms=("overlap", "distance", "shape"),
        parameters=(Parameter("theta", r"\theta", 4.0, 1.0, 8.0),),
        # γ ≤ 2, ρ < 1 and ω ≤ 1 in Δ/2 ≤ 1 − exp(−γρ) and Ω/2 ≤ (1 − exp(−ω))^θ.
        claims=_claims(1 + -math.expm1(-2) + (-math.expm1(-1)) ** 4),
        references=(GEVORGYAN,),
        related=("ciou_loss", "shape_iou_loss"),
    ),
    _box_loss(
        id="wiou_loss",
        function=boxes.wiou_loss,
        formula=rf"\term{{distance}}{{e^{{\rho^2 / c^2}}}} \left( {OVERLAP} \right)",
        numbers=(
            (
                "union",
                r"\term{distance}{e^{\value{centre_distance_squared} / \value{diagonal_squared}}}"
                rf" \left( {OVERLAP_NUMBERS} \right)",
            ),
            _plain("overlap", "distance"),
        ),
        readings=_reader(box_terms.wiou_terms, _distance),
        terms=("overlap", "distance"),
        claims=_claims(math.e),
        references=(TONG,),
        related=("diou_loss", "focal_eiou_loss"),
    ),
    _box_loss(
        id="mpdiou_loss",
        function=boxes.mpdiou_loss,
        formula=_sum(
            OVERLAP,
            r"\term{corners}{\frac{d_1^2 + d_2^2}{w_{\mathrm{img}}^2 + h_{\mathrm{img}}^2}}",
        ),
        numbers=(
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
        readings=_reader(_mpdiou),
        terms=("overlap", "corners"),
        context=("image_size",),
        # Below 3 inside the image; outside it the corner term grows like the squared distance.
        claims=_claims(math.inf, bounded_gradient=False, scale_invariant=False),
        references=(MA,),
        related=("cdiou_loss", "diou_loss"),
    ),
    _box_loss(
        id="alpha_iou_loss",
        function=boxes.alpha_iou_loss,
        formula=r"\term{overlap}{1 - \left( \frac{I}{U} \right)^{\alpha}}",
        numbers=(
            (
                "union",
                r"\term{overlap}{1 - \left( \frac{\value{intersection}}{\value{union}}"
                r" \right)^{\value{alpha}}}",
            ),
            _plain("overlap"),
        ),
        readings=_reader(box_terms.alpha_iou_terms),
        terms=("overlap",),
        parameters=(Parameter("alpha", r"\alpha", 3.0, 0.5, 6.0),),
        claims=_claims(1.0),
        references=(HE,),
        related=("iou_loss", "focal_eiou_loss"),
    ),
    _box_loss(
        id="inner_iou_loss",
        function=boxes.inner_iou_loss,
        formula=r"\term{overlap}{1 - \frac{I_r}{U_r}}",
        numbers=(("union", OVERLAP_NUMBERS), _plain("overlap")),
        readings=_inner_iou,
        terms=("overlap",),
        parameters=(Parameter("ratio", "r", 0.75, 0.5, 1.5),),
        claims=_claims(1.0),
        references=(INNER,),
        related=("iou_loss", "shape_iou_loss"),
    ),
    _box_loss(
        id="shape_iou_loss",
        function=boxes.shape_iou_loss,
        formula=_sum(
            OVERLAP,
            r"\term{distance}{\frac{h_s \Delta x^2 + w_s \Delta y^2}{c^2}}",
            r"\term{shape}{\tfrac{1}{2} \left( (1 - e^{-h_s \omega_w})^4"
            r" + (1 - e^{-w_s \omega_h})^4 \right)}",
        ),
        numbers=(
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
        readings=_reader(_shape_iou),
        terms=("overlap", "distance", "shape"),
        parameters=(Parameter("scale", "s", 0.0, 0.0, 3.0),),
        # Symmetric at the default scale of 0 only: otherwise the target's shape weighs.
        claims=_claims(2 + (-math.expm1(-1)) ** 4),
        references=(SHAPE,),
        related=("siou_loss", "inner_iou_loss"),
    ),
)
