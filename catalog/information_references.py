"""Where the information quantities come from."""

from catalog.record import Reference

SHANNON = Reference(
    "C. E. Shannon",
    "A Mathematical Theory of Communication",
    "Bell System Technical Journal 27",
    1948,
    "https://doi.org/10.1002/j.1538-7305.1948.tb01338.x",
)
KULLBACK = Reference(
    "S. Kullback, R. A. Leibler",
    "On Information and Sufficiency",
    "The Annals of Mathematical Statistics 22(1)",
    1951,
    "https://doi.org/10.1214/aoms/1177729694",
)
LIN = Reference(
    "J. Lin",
    "Divergence Measures Based on the Shannon Entropy",
    "IEEE Transactions on Information Theory 37(1)",
    1991,
    "https://doi.org/10.1109/18.61115",
)
GOODFELLOW = Reference(
    "I. J. Goodfellow and others",
    "Generative Adversarial Nets",
    "NIPS",
    2014,
    "https://arxiv.org/abs/1406.2661",
)
KANTOROVICH = Reference(
    "L. V. Kantorovich",
    "On the translocation of masses",
    "Doklady Akademii Nauk SSSR 37",
    1942,
)
ARJOVSKY = Reference(
    "M. Arjovsky, S. Chintala, L. Bottou",
    "Wasserstein Generative Adversarial Networks",
    "ICML",
    2017,
    "https://arxiv.org/abs/1701.07875",
)
