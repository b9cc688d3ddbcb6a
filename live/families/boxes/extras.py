"""What the stage of the boxes is told beside what every stage is told."""

from typing import Any

from catalog.box_intermediates import MARKS
from live.assets import images_root


def extras() -> dict[str, Any]:
    return {"photo": f"{images_root()}/raccoon.jpg", "marks": MARKS}
