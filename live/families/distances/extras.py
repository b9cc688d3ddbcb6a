"""What the stage of distances is told beside what every stage is told."""

from typing import Any

from catalog import family


def extras() -> dict[str, Any]:
    return {"untaped": [loss.id for loss in family("distances") if not loss.replayable]}
