"""What the stage of classification is told beside what every stage is told."""

from typing import Any

from experiments.batches import FIRST
from experiments.classification import EXAMS, Exam
from live.families.classification.inputs import FARTHEST

MIXED = (
    r"\value{share}\cdot \value{if_positive}+\left(1-\value{share}\right)\cdot \value{if_negative}"
)
"""What the formula with numbers says of a crowd with both labels."""


def extras() -> dict[str, Any]:
    return {
        "farthest": FARTHEST,
        "batch": {"first": FIRST},
        "mixed_numbers": MIXED,
        "exams": {name: _describe(exam) for name, exam in EXAMS.items()},
    }


def _describe(exam: Exam) -> dict[str, Any]:
    return {"logits": exam.logits().tolist(), "truth": list(exam.truth)}
