"""What the stage of segmentation is told beside what every stage is told."""

from typing import Any

from live.assets import images_root
from live.families.segmentation.masks import PREDICTION_LEVELS, TARGET_LEVELS


def extras() -> dict[str, Any]:
    return {
        "photo": f"{images_root()}/coins.jpg",
        "levels": {"prediction": PREDICTION_LEVELS, "target": TARGET_LEVELS},
    }
