"""What the stage of information is told beside what every stage is told."""

import math
from typing import Any

from experiments.information import REACH, SPACING

SHOWN = 8.0
"""The picture of the densities shows −8 … 8."""

NAT = {"nats": 1.0, "bits": 1 / math.log(2)}
"""One nat in each unit."""


def extras() -> dict[str, Any]:
    return {
        "nat": NAT,
        "grid": {"reach": REACH, "spacing": SPACING, "shown": SHOWN},
    }
