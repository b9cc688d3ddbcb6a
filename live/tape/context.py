"""What losses need that neither a state nor a parameter holds (`Loss.context`)."""

from typing import Any

IMAGE_SIZE = (8.0, 6.0)
"""Width and height of the picture that boxes lie in, in its own units."""

CONTEXT: dict[str, Any] = {"image_size": IMAGE_SIZE}
