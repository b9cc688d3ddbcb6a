"""What the stage of the boxes is told beside what every stage is told."""

from typing import Any

from catalog.box_intermediates import MARKS
from live.assets import images_root
from live.tape.context import IMAGE_SIZE


def extras() -> dict[str, Any]:
    return {
        "picture_size": IMAGE_SIZE,
        "photo": f"{images_root()}/raccoon.jpg",
        "marks": MARKS,
    }
