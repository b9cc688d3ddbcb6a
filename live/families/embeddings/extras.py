"""What the stage of embeddings is told beside what every stage is told."""

from typing import Any

from catalog.embedding_points import structure
from live.families.embeddings.rows import SIZES


def extras() -> dict[str, Any]:
    sizes = {name: structure(size) for name, size in SIZES.items()}
    return {
        "pairs": {name: terms.pairs for name, terms in sizes.items()},
        "similar": {name: terms.similar for name, terms in sizes.items()},
    }
