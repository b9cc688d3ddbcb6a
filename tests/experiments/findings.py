"""What the evidence of a claim says, as the tests read it."""

import numpy as np

from experiments.evidence import evidence


def numbers_of(family: str, name: str) -> dict[str, float]:
    return evidence(family, name).numbers


def curve_of(family: str, name: str, label: str) -> tuple[np.ndarray, np.ndarray]:
    """The places and heights of one of its curves."""
    curves = {each.label: each for each in evidence(family, name).curves}
    return np.array(curves[label].x), np.array(curves[label].y)
