"""Numbers of a training log, by losses, against closed forms and against what they are named by."""

import math

import pytest

from experiments.symptoms import SYMPTOMS
from live.words.text import load


def entropy(*probabilities):
    return -sum(p * math.log(p) for p in probabilities)


def smoothed(classes, smoothing):
    rest = smoothing / classes
    return entropy(1 - smoothing + rest, *[rest] * (classes - 1))


CLOSED = {
    "undecided": lambda: math.log(2),
    "equal_classes": math.log,
    "equal_keys": math.log,
    "focal_undecided": lambda y: (0.25 if y else 0.75) * 0.25 * math.log(2),
    "smoothing_floor": smoothed,
    "softmax_twice": lambda k: math.log(1 + (k - 1) / math.e),
    "sigmoid_twice": lambda: math.log(1 + math.exp(-1)),
    "constant_share": lambda π: entropy(π, 1 - π),
    "clipped_logarithm": lambda ε: -math.log(ε),
    "torch_clamp": lambda: 100,
    "collapsed_triplet": lambda m: m,
    "collapsed_pairs": lambda m: m**2 / 2,
    "satisfied_triplets": lambda: 0,
    "boxes_apart": lambda: 1,
    "nothing_found": lambda: 1,
    "subtracted_dice": lambda dice: -dice,
    "probabilities_as_logs": lambda p: -p,
    "constant_mean": lambda: 1,
    "undecided_square": lambda: 0.25,
    "nothing_in_common": lambda: math.log(2),
    "half_precision_square": lambda r, largest: math.inf if r**2 > largest else r**2,
    "nobody_counts": lambda: math.nan,
    "growing_steps": lambda η, steps, before: before * (1 - 2 * η) ** (2 * steps),
}


@pytest.mark.parametrize("name", SYMPTOMS)
def test_the_losses_give_what_a_closed_form_gives(name):
    for case in SYMPTOMS[name]():
        expected = CLOSED[name](*(case.given.values()))
        assert case.number == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True), case


def test_every_symptom_has_words_and_only_symptoms_have():
    assert set(load("symptoms")) == set(SYMPTOMS)
