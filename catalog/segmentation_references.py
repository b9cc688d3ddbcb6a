"""Where the losses of masks come from."""

from catalog.record import Reference

MILLETARI = Reference(
    "F. Milletari, N. Navab, S.-A. Ahmadi",
    "V-Net: Fully Convolutional Neural Networks for Volumetric Medical Image Segmentation",
    "3DV",
    2016,
    "https://arxiv.org/abs/1606.04797",
)
DICE = Reference(
    "L. R. Dice",
    "Measures of the Amount of Ecologic Association Between Species",
    "Ecology 26(3)",
    1945,
)
SORENSEN = Reference(
    "T. Sørensen",
    "A Method of Establishing Groups of Equal Amplitude in Plant Sociology",
    "Biologiske Skrifter 5",
    1948,
)
SALEHI = Reference(
    "S. S. M. Salehi, D. Erdogmus, A. Gholipour",
    "Tversky Loss Function for Image Segmentation Using 3D Fully Convolutional Deep Networks",
    "MLMI workshop at MICCAI, LNCS 10541",
    2017,
    "https://arxiv.org/abs/1706.05721",
)
TVERSKY = Reference("A. Tversky", "Features of Similarity", "Psychological Review 84(4)", 1977)
ABRAHAM = Reference(
    "N. Abraham, N. M. Khan",
    "A Novel Focal Tversky Loss Function with Improved Attention U-Net for Lesion Segmentation",
    "ISBI",
    2019,
    "https://arxiv.org/abs/1810.07842",
)
RAHMAN = Reference(
    "M. A. Rahman, Y. Wang",
    "Optimizing Intersection-Over-Union in Deep Neural Networks for Image Segmentation",
    "ISVC",
    2016,
)
JACCARD = Reference(
    "P. Jaccard",
    "Étude comparative de la distribution florale dans une portion des Alpes et des Jura",
    "Bulletin de la Société Vaudoise des Sciences Naturelles 37",
    1901,
)
RONNEBERGER = Reference(
    "O. Ronneberger, P. Fischer, T. Brox",
    "U-Net: Convolutional Networks for Biomedical Image Segmentation",
    "MICCAI",
    2015,
    "https://arxiv.org/abs/1505.04597",
)
COX = Reference(
    "D. R. Cox",
    "The Regression Analysis of Binary Sequences",
    "Journal of the Royal Statistical Society B 20(2)",
    1958,
)
LIN = Reference(
    "T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár",
    "Focal Loss for Dense Object Detection",
    "ICCV",
    2017,
    "https://arxiv.org/abs/1708.02002",
)
ISENSEE = Reference(
    "F. Isensee, P. F. Jaeger, S. A. A. Kohl, J. Petersen, K. H. Maier-Hein",
    "nnU-Net: A Self-Configuring Method for Deep Learning-Based Biomedical Image Segmentation",
    "Nature Methods 18",
    2021,
    "https://doi.org/10.1038/s41592-020-01008-z",
)
