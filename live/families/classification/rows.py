"""The rows of the classification page: one logit, several classes, and the way from features to
the loss."""

from collections.abc import Sequence

from catalog import family, views
from experiments.batches import CLASSES as CLASS_COUNT
from experiments.batches import COSTS, EXAMPLES
from experiments.classification import EXAMS
from live.state.rows import Choice, Number, Numbers, Points, Row, Several

FEWEST, MOST = 3, 7
"""How many classes the multi-class view can show."""
OF_AN_EXAMPLE = (*map(str, range(CLASS_COUNT)), "ignored")
MARGINS = (3.0, 2.0, 1.0, 0.0, 2.0, -1.0)
LABELS = ("0", "0", "0", "1", "1", "2")
CLASSES = ((2.0, 0.7), (1.0, 0.2), (0.1, 0.1))
"""Of each class its logit, and its share of the soft target."""


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("classification"))
    return [
        Choice("view", "binary", tuple(views("classification"))),
        Several("losses", ids, ids),
        Choice("loss", "bce_with_logits_loss", ids),
        Number("rate", 1.0, 0.01, 20.0, logarithmic=True),
        Number("logit", -2.0, -60.0, 60.0),
        Choice("label", "positive", ("positive", "negative", "mixed")),
        Number("share", 20.0, 1.0, 99.0),
        Choice("axis", "logit", ("logit", "probability")),
        Choice("reach", "8", ("8", "24", "60")),
        Choice("precision", "float64", ("float64", "float32", "float16")),
        Points("classes", CLASSES, (-10, 10), (0.001, 1), FEWEST, MOST),
        Choice("truth", "0", tuple(map(str, range(MOST)))),
        Number("temperature", 1.0, 0.1, 10.0, logarithmic=True),
        Choice("handed", "logits", ("logits", "probabilities")),
        Choice("exam", "none", ("none", *EXAMS)),
        Numbers("features", (1.0, 0.5), -3.0, 3.0),
        Numbers("weights", (0.5, -0.4, 0.0, -0.3, 0.8, 0.1, 0.2, 0.3, -0.2), -5.0, 5.0),
        Numbers("margins", MARGINS, -8.0, 8.0),
        *(Choice(f"label_{i}", label, OF_AN_EXAMPLE) for i, label in enumerate(LABELS, start=1)),
        Numbers("copies", (1.0,) * EXAMPLES, 1.0, 10000.0),
        Numbers("class_weights", (1.0,) * CLASS_COUNT, 0.0, 10.0),
        Number("hardest", 100.0, 1.0, 100.0),
        Choice("batch_cost", "mean", COSTS),
    ]
