"""Where the classification losses come from."""

from catalog.record import Reference

WALD = Reference("A. Wald", "Statistical Decision Functions", "Wiley", 1950)
COX = Reference(
    "D. R. Cox",
    "The Regression Analysis of Binary Sequences",
    "Journal of the Royal Statistical Society B 20(2)",
    1958,
    "https://doi.org/10.1111/j.2517-6161.1958.tb00292.x",
)
XIE = Reference(
    "S. Xie, Z. Tu",
    "Holistically-Nested Edge Detection",
    "ICCV",
    2015,
    "https://arxiv.org/abs/1504.06375",
)
LIN = Reference(
    "T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár",
    "Focal Loss for Dense Object Detection",
    "ICCV",
    2017,
    "https://arxiv.org/abs/1708.02002",
)
CORTES = Reference(
    "C. Cortes, V. Vapnik",
    "Support-Vector Networks",
    "Machine Learning 20(3)",
    1995,
    "https://doi.org/10.1007/BF00994018",
)
BRIER = Reference(
    "G. W. Brier",
    "Verification of Forecasts Expressed in Terms of Probability",
    "Monthly Weather Review 78(1)",
    1950,
)
SHANNON = Reference(
    "C. E. Shannon",
    "A Mathematical Theory of Communication",
    "Bell System Technical Journal 27",
    1948,
)
BRIDLE = Reference(
    "J. S. Bridle",
    "Probabilistic Interpretation of Feedforward Classification Network Outputs, with "
    "Relationships to Statistical Pattern Recognition",
    "Neurocomputing, NATO ASI Series F 68",
    1990,
)
SZEGEDY = Reference(
    "C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens, Z. Wojna",
    "Rethinking the Inception Architecture for Computer Vision",
    "CVPR",
    2016,
    "https://arxiv.org/abs/1512.00567",
)
HINTON = Reference(
    "G. Hinton, O. Vinyals, J. Dean",
    "Distilling the Knowledge in a Neural Network",
    "NIPS Deep Learning Workshop",
    2014,
    "https://arxiv.org/abs/1503.02531",
)
FISHER = Reference(
    "R. A. Fisher",
    "On the Mathematical Foundations of Theoretical Statistics",
    "Philosophical Transactions of the Royal Society A 222",
    1922,
    "https://doi.org/10.1098/rsta.1922.0009",
)
