"""The records of the regression losses."""

from collections.abc import Mapping

import torch

from catalog.record import Claims, Loss, Parameter, Reference
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


STIGLER = Reference(
    "S. M. Stigler",
    "The History of Statistics: The Measurement of Uncertainty before 1900",
    "Harvard University Press",
    1986,
)
LEGENDRE = Reference(
    "A.-M. Legendre",
    "Nouvelles méthodes pour la détermination des orbites des comètes",
    "Paris",
    1805,
)
BISHOP = Reference("C. M. Bishop", "Pattern Recognition and Machine Learning", "Springer", 2006)
GIRSHICK = Reference("R. Girshick", "Fast R-CNN", "ICCV", 2015, "https://arxiv.org/abs/1504.08083")
HUBER = Reference(
    "P. J. Huber",
    "Robust Estimation of a Location Parameter",
    "The Annals of Mathematical Statistics 35(1)",
    1964,
    "https://doi.org/10.1214/aoms/1177703732",
)
GREEN = Reference(
    "P. J. Green",
    "Bayesian Reconstructions from Emission Tomography Data Using a Modified EM Algorithm",
    "IEEE Transactions on Medical Imaging 9(1)",
    1990,
    "https://doi.org/10.1109/42.52985",
)
SALEH = Reference(
    "R. A. Saleh, A. K. Md. E. Saleh",
    "Statistical Properties of the log-cosh Loss Function Used in Machine Learning",
    "arXiv",
    2022,
    "https://arxiv.org/abs/2208.04564",
)
KOENKER = Reference(
    "R. Koenker, G. Bassett",
    "Regression Quantiles",
    "Econometrica 46(1)",
    1978,
    "https://doi.org/10.2307/1913643",
)
CHARBONNIER = Reference(
    "P. Charbonnier, L. Blanc-Féraud, G. Aubert, M. Barlaud",
    "Two Deterministic Half-Quadratic Regularization Algorithms for Computed Imaging",
    "ICIP",
    1994,
)
BARRON = Reference(
    "J. T. Barron",
    "A General and Adaptive Robust Loss Function",
    "CVPR",
    2019,
    "https://arxiv.org/abs/1701.03077",
)

BOWL_WITH_STRAIGHT_WALLS = Claims(convex=True, smooth=True, bounded_gradient=True, symmetric=True)

REGRESSION = (
    Loss(
        id="l1_loss",
        family="regression",
        function=regression.l1_loss,
        formula=r"\lvert r\rvert",
        numbers=(("", r"\lvert \value{residual}\rvert"),),
        readings=_residual,
        claims=Claims(convex=True, smooth=False, bounded_gradient=True, symmetric=True),
        references=(STIGLER, KOENKER),
        related=("quantile_loss", "smooth_l1_loss", "charbonnier_loss"),
    ),
    Loss(
        id="mse_loss",
        family="regression",
        function=regression.mse_loss,
        formula=r"r^2",
        numbers=(("", r"\signed{residual}^2"),),
        readings=_residual,
        claims=Claims(convex=True, smooth=True, bounded_gradient=False, symmetric=True),
        references=(LEGENDRE, STIGLER),
        related=("half_mse_loss", "huber_loss"),
    ),
    Loss(
        id="half_mse_loss",
        family="regression",
        function=regression.half_mse_loss,
        formula=r"\tfrac{1}{2}\,r^2",
        numbers=(("", r"\tfrac{1}{2}\cdot \signed{residual}^2"),),
        readings=_residual,
        claims=Claims(convex=True, smooth=True, bounded_gradient=False, symmetric=True),
        references=(BISHOP, LEGENDRE),
        related=("mse_loss", "huber_loss"),
    ),
    Loss(
        id="smooth_l1_loss",
        family="regression",
        function=regression.smooth_l1_loss,
        formula=(
            r"\begin{cases}\dfrac{r^2}{2\beta} & \lvert r\rvert\le\beta\\[1ex]"
            r"\lvert r\rvert-\dfrac{\beta}{2} & \lvert r\rvert>\beta\end{cases}"
        ),
        numbers=(
            ("inside", r"\frac{\signed{residual}^2}{2\cdot \value{beta}}"),
            ("", r"\lvert \value{residual}\rvert-\frac{\value{beta}}{2}"),
        ),
        readings=_inside_beta,
        claims=BOWL_WITH_STRAIGHT_WALLS,
        references=(GIRSHICK,),
        parameters=(Parameter("beta", r"\beta", 1.0, 0.01, 1000.0, logarithmic=True),),
        related=("huber_loss", "l1_loss"),
    ),
    Loss(
        id="huber_loss",
        family="regression",
        function=regression.huber_loss,
        formula=(
            r"\begin{cases}\tfrac{1}{2}\,r^2 & \lvert r\rvert\le\delta\\[1ex]"
            r"\delta\left(\lvert r\rvert-\tfrac{1}{2}\,\delta\right) & \lvert r\rvert>\delta"
            r"\end{cases}"
        ),
        numbers=(
            ("inside", r"\tfrac{1}{2}\cdot \signed{residual}^2"),
            (
                "",
                r"\value{delta}\cdot \left(\lvert \value{residual}\rvert"
                r"-\tfrac{1}{2}\cdot \value{delta}\right)",
            ),
        ),
        readings=_inside_delta,
        claims=BOWL_WITH_STRAIGHT_WALLS,
        references=(HUBER,),
        parameters=(Parameter("delta", r"\delta", 1.0, 0.01, 1000.0, logarithmic=True),),
        related=("smooth_l1_loss", "half_mse_loss", "l1_loss"),
    ),
    Loss(
        id="log_cosh_loss",
        family="regression",
        function=regression.log_cosh_loss,
        formula=r"\ln\cosh r",
        numbers=(("", r"\ln\cosh \signed{residual}"),),
        readings=_residual,
        claims=BOWL_WITH_STRAIGHT_WALLS,
        references=(GREEN, SALEH),
        related=("huber_loss", "charbonnier_loss"),
    ),
    Loss(
        id="quantile_loss",
        family="regression",
        function=regression.quantile_loss,
        formula=r"\begin{cases}(1-\tau)\,r & r>0\\[1ex]-\tau\,r & r\le 0\end{cases}",
        numbers=(
            ("above", r"\left(1-\value{tau}\right)\cdot \value{residual}"),
            ("", r"-\value{tau}\cdot \signed{residual}"),
        ),
        readings=_above,
        claims=Claims(convex=True, smooth=False, bounded_gradient=True, symmetric=False),
        references=(KOENKER,),
        parameters=(Parameter("tau", r"\tau", 0.9, 0.01, 0.99),),
        related=("l1_loss",),
    ),
    Loss(
        id="charbonnier_loss",
        family="regression",
        function=regression.charbonnier_loss,
        formula=r"\sqrt{r^2+\varepsilon^2}-\varepsilon",
        numbers=(("", r"\sqrt{\signed{residual}^2+\signed{epsilon}^2}-\value{epsilon}"),),
        readings=_charbonnier,
        claims=BOWL_WITH_STRAIGHT_WALLS,
        references=(CHARBONNIER,),
        parameters=(Parameter("epsilon", r"\varepsilon", 1.0, 0.001, 1000.0, logarithmic=True),),
        related=("huber_loss", "barron_loss", "l1_loss"),
    ),
    Loss(
        id="barron_loss",
        family="regression",
        function=regression.barron_loss,
        formula=(
            r"\frac{\lvert\alpha-2\rvert}{\alpha}\left(\left("
            r"\frac{(r/c)^2}{\lvert\alpha-2\rvert}+1\right)^{\alpha/2}-1\right)"
        ),
        numbers=(
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
        readings=_barron,
        claims=Claims(convex=False, smooth=True, bounded_gradient=True, symmetric=True),
        references=(BARRON,),
        parameters=(
            Parameter("alpha", r"\alpha", 0.0, -10.0, 4.0),
            Parameter("scale", "c", 1.0, 0.01, 1000.0, logarithmic=True),
        ),
        related=("charbonnier_loss", "half_mse_loss", "huber_loss"),
    ),
)
