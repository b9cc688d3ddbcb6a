"""The records of the regression losses."""

from collections.abc import Mapping
from dataclasses import replace

import torch

from catalog.record import Loss, Parameter, Properties
from catalog.references import cite
from losses import regression
from losses.arguments import Scalar

Numbers = Mapping[str, torch.Tensor]


def _residual(prediction: torch.Tensor, target: torch.Tensor) -> Numbers:
    return {"residual": prediction - target}


def _inside(prediction: torch.Tensor, target: torch.Tensor, limit: Scalar) -> Numbers:
    """`inside` is 1 on the parabola, 0 on the straight wall."""
    residual = prediction - target
    return {"residual": residual, "inside": (residual.abs() <= limit).to(residual.dtype)}


def _inside_beta(prediction: torch.Tensor, target: torch.Tensor, *, beta: Scalar) -> Numbers:
    return _inside(prediction, target, beta)


def _inside_delta(prediction: torch.Tensor, target: torch.Tensor, *, delta: Scalar) -> Numbers:
    return _inside(prediction, target, delta)


def _above(prediction: torch.Tensor, target: torch.Tensor, *, tau: Scalar) -> Numbers:
    """`above` is 1 where the prediction exceeds the target."""
    residual = prediction - target
    return {"residual": residual, "above": (residual > 0).to(residual.dtype)}


def _charbonnier(prediction: torch.Tensor, target: torch.Tensor, *, epsilon: Scalar) -> Numbers:
    return _residual(prediction, target)


def _barron(
    prediction: torch.Tensor, target: torch.Tensor, *, alpha: Scalar, scale: Scalar
) -> Numbers:
    """`bend` is |α − 2|; `quadratic` and `logarithmic` mark the two α that three decimals show as
    2 and 0, where the formula with the numbers put in would divide zero by zero."""
    residual = prediction - target
    like = torch.zeros_like(residual)
    bend = (alpha - 2 + like).abs()
    return {
        "residual": residual,
        "bend": bend,
        "quadratic": (bend < 5e-4).to(residual.dtype),
        "logarithmic": ((alpha + like).abs() < 5e-4).to(residual.dtype),
    }


STRAIGHT = Properties(
    convex=True, smooth=False, bounded_gradient=True, symmetric=True, piecewise_linear=True
)
BOWL_WITH_STRAIGHT_WALLS = Properties(
    convex=True, smooth=True, bounded_gradient=True, symmetric=True
)

LOSSES: tuple[Loss, ...] = (
    Loss(
        id="l1_loss",
        family="regression",
        function=regression.l1_loss,
        look="blue",
        formula=r"\lvert r\rvert",
        formula_with_values=(("", r"\lvert \value{residual}\rvert"),),
        intermediates=_residual,
        properties=STRAIGHT,
        references=cite("stigler_1986", "koenker_1978"),
        related=("quantile_loss", "smooth_l1_loss", "charbonnier_loss"),
    ),
    Loss(
        id="mse_loss",
        family="regression",
        function=regression.mse_loss,
        look="vermilion",
        formula=r"r^2",
        formula_with_values=(("", r"\signed{residual}^2"),),
        intermediates=_residual,
        properties=Properties(convex=True, smooth=True, bounded_gradient=False, symmetric=True),
        references=cite("legendre_1805", "stigler_1986"),
        related=("half_mse_loss", "huber_loss"),
    ),
    Loss(
        id="half_mse_loss",
        family="regression",
        function=regression.half_mse_loss,
        look="green",
        formula=r"\tfrac{1}{2}\,r^2",
        formula_with_values=(("", r"\tfrac{1}{2}\cdot \signed{residual}^2"),),
        intermediates=_residual,
        properties=Properties(convex=True, smooth=True, bounded_gradient=False, symmetric=True),
        references=cite("bishop_2006", "legendre_1805"),
        related=("mse_loss", "huber_loss"),
    ),
    Loss(
        id="smooth_l1_loss",
        family="regression",
        function=regression.smooth_l1_loss,
        look="purple",
        formula=(
            r"\begin{cases}\dfrac{r^2}{2\beta} & \lvert r\rvert\le\beta\\[1ex]"
            r"\lvert r\rvert-\dfrac{\beta}{2} & \lvert r\rvert>\beta\end{cases}"
        ),
        formula_with_values=(
            ("inside", r"\frac{\signed{residual}^2}{2\cdot \value{beta}}"),
            ("", r"\lvert \value{residual}\rvert-\frac{\value{beta}}{2}"),
        ),
        intermediates=_inside_beta,
        properties=BOWL_WITH_STRAIGHT_WALLS,
        references=cite("girshick_2015"),
        parameters=(Parameter("beta", r"\beta", 1.0, 0.01, 1000.0, logarithmic=True),),
        related=("huber_loss", "l1_loss"),
    ),
    Loss(
        id="huber_loss",
        family="regression",
        function=regression.huber_loss,
        look="orange",
        formula=(
            r"\begin{cases}\tfrac{1}{2}\,r^2 & \lvert r\rvert\le\delta\\[1ex]"
            r"\delta\left(\lvert r\rvert-\tfrac{1}{2}\,\delta\right) & \lvert r\rvert>\delta"
            r"\end{cases}"
        ),
        formula_with_values=(
            ("inside", r"\tfrac{1}{2}\cdot \signed{residual}^2"),
            (
                "",
                r"\value{delta}\cdot \left(\lvert \value{residual}\rvert"
                r"-\tfrac{1}{2}\cdot \value{delta}\right)",
            ),
        ),
        intermediates=_inside_delta,
        properties=BOWL_WITH_STRAIGHT_WALLS,
        references=cite("huber_1964"),
        parameters=(Parameter("delta", r"\delta", 1.0, 0.01, 1000.0, logarithmic=True),),
        related=("smooth_l1_loss", "half_mse_loss", "l1_loss"),
    ),
    Loss(
        id="log_cosh_loss",
        family="regression",
        function=regression.log_cosh_loss,
        look="sky",
        formula=r"\ln\cosh r",
        formula_with_values=(("", r"\ln\cosh \signed{residual}"),),
        intermediates=_residual,
        properties=BOWL_WITH_STRAIGHT_WALLS,
        references=cite("green_1990", "saleh_2022"),
        related=("huber_loss", "charbonnier_loss"),
    ),
    Loss(
        id="quantile_loss",
        family="regression",
        function=regression.quantile_loss,
        look="grey",
        formula=r"\begin{cases}(1-\tau)\,r & r>0\\[1ex]-\tau\,r & r\le 0\end{cases}",
        formula_with_values=(
            ("above", r"\left(1-\value{tau}\right)\cdot \value{residual}"),
            ("", r"-\value{tau}\cdot \signed{residual}"),
        ),
        intermediates=_above,
        properties=replace(STRAIGHT, symmetric=False),
        references=cite("koenker_1978"),
        parameters=(Parameter("tau", r"\tau", 0.9, 0.01, 0.99),),
        related=("l1_loss",),
    ),
    Loss(
        id="charbonnier_loss",
        family="regression",
        function=regression.charbonnier_loss,
        look="blue dashed",
        formula=r"\sqrt{r^2+\varepsilon^2}-\varepsilon",
        formula_with_values=(
            ("", r"\sqrt{\signed{residual}^2+\signed{epsilon}^2}-\value{epsilon}"),
        ),
        intermediates=_charbonnier,
        properties=BOWL_WITH_STRAIGHT_WALLS,
        references=cite("charbonnier_1994"),
        parameters=(Parameter("epsilon", r"\varepsilon", 1.0, 0.001, 1000.0, logarithmic=True),),
        related=("huber_loss", "barron_loss", "l1_loss"),
    ),
    Loss(
        id="barron_loss",
        family="regression",
        function=regression.barron_loss,
        look="vermilion dashed",
        formula=(
            r"\frac{\lvert\alpha-2\rvert}{\alpha}\left(\left("
            r"\frac{(r/c)^2}{\lvert\alpha-2\rvert}+1\right)^{\alpha/2}-1\right)"
        ),
        formula_with_values=(
            (
                "quadratic",
                r"\tfrac{1}{2}\cdot \left(\frac{\value{residual}}{\value{scale}}\right)^2",
            ),
            (
                "logarithmic",
                r"\ln\left(\tfrac{1}{2}\cdot "
                r"\left(\frac{\value{residual}}{\value{scale}}\right)^2+1\right)",
            ),
            (
                "",
                r"\frac{\value{bend}}{\value{alpha}}\cdot \left(\left("
                r"\frac{\left(\value{residual}/\value{scale}\right)^2}{\value{bend}}+1"
                r"\right)^{\value{alpha}/2}-1\right)",
            ),
        ),
        intermediates=_barron,
        properties=Properties(convex=False, smooth=True, bounded_gradient=True, symmetric=True),
        references=cite("barron_2019"),
        parameters=(
            Parameter("alpha", r"\alpha", 0.0, -10.0, 4.0),
            Parameter("scale", "c", 1.0, 0.01, 1000.0, logarithmic=True),
        ),
        related=("charbonnier_loss", "half_mse_loss", "huber_loss"),
    ),
)
