"""Where norms, distances and penalties come from."""

from catalog.record import Reference

GOLUB = Reference(
    "G. H. Golub, C. F. Van Loan",
    "Matrix Computations, 4th edition",
    "Johns Hopkins University Press",
    2013,
)
DING = Reference(
    "C. Ding, D. Zhou, X. He, H. Zha",
    "R1-PCA: rotational invariant L1-norm principal component analysis for robust subspace "
    "factorization",
    "ICML",
    2006,
)
MIYATO = Reference(
    "T. Miyato, T. Kataoka, M. Koyama, Y. Yoshida",
    "Spectral Normalization for Generative Adversarial Networks",
    "ICLR",
    2018,
    "https://arxiv.org/abs/1802.05957",
)
FAZEL = Reference(
    "M. Fazel, H. Hindi, S. P. Boyd",
    "A rank minimization heuristic with application to minimum order system approximation",
    "American Control Conference",
    2001,
)
CANDES = Reference(
    "E. J. Candès, B. Recht",
    "Exact Matrix Completion via Convex Optimization",
    "Foundations of Computational Mathematics 9",
    2009,
    "https://arxiv.org/abs/0805.4471",
)
WATSON = Reference(
    "G. A. Watson",
    "Characterization of the subdifferential of some matrix norms",
    "Linear Algebra and its Applications 170",
    1992,
)
MINKOWSKI = Reference("H. Minkowski", "Geometrie der Zahlen", "Teubner, Leipzig", 1896)
HAMMING = Reference(
    "R. W. Hamming",
    "Error detecting and error correcting codes",
    "Bell System Technical Journal 29(2)",
    1950,
)
TIBSHIRANI = Reference(
    "R. Tibshirani",
    "Regression Shrinkage and Selection via the Lasso",
    "Journal of the Royal Statistical Society B 58(1)",
    1996,
)
DAUBECHIES = Reference(
    "I. Daubechies, M. Defrise, C. De Mol",
    "An iterative thresholding algorithm for linear inverse problems with a sparsity constraint",
    "Communications on Pure and Applied Mathematics 57(11)",
    2004,
    "https://arxiv.org/abs/math/0307152",
)
HOERL = Reference(
    "A. E. Hoerl, R. W. Kennard",
    "Ridge Regression: Biased Estimation for Nonorthogonal Problems",
    "Technometrics 12(1)",
    1970,
)
PARIKH = Reference(
    "N. Parikh, S. Boyd",
    "Proximal Algorithms",
    "Foundations and Trends in Optimization 1(3)",
    2014,
)
