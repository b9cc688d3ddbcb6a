"""The tapes of the classification page: losses with the sigmoid or softmax before them.

Replayed in the browser, held against the same programs run eagerly in torch. Probabilities stay
inside (0, 1) and logits where a rounded sigmoid still has digits; what happens beyond is what
`test_classification.py` looks at.
"""

import numpy as np
import pytest

from catalog import family
from live.tape.tape_key import TapeKey
from tests.web.core.test_player import (
    Player,
    disagreement,
    loss_of,
    programs,
    replayed,
    torch_answers,
)

__all__ = ["replayed"]
NAME = "classification"
COUNT = 200
KEYS = [key for key in programs(NAME) if dict(key.where).get("classes") not in (4, 6)]


def drawn(key: TapeKey) -> dict[str, np.ndarray]:
    generator = np.random.default_rng(seed=len(str(key)))
    loss = loss_of(key)
    parameters = {p.name: p for p in loss.parameters} if loss else {}

    def simplex(size: int) -> np.ndarray:
        masses = generator.exponential(size=(COUNT, size)) + 0.01
        return masses / masses.sum(1, keepdims=True)

    def one_hot(size: int) -> np.ndarray:
        return np.eye(size)[generator.integers(size, size=COUNT)]

    found = {}
    for name, shape in programs(NAME)[key].shapes.items():
        size = int(np.prod(shape))
        if name in parameters:
            p = parameters[name]
            found[name] = generator.uniform(p.low, p.high, (COUNT, size))
        elif name in ("probability", "share", "label_smoothing"):
            found[name] = generator.uniform(0.02, 0.98, (COUNT, size))
        elif name in ("target", "softmax_first"):
            found[name] = generator.integers(2, size=(COUNT, size)).astype(float)
        elif name == "temperature":
            found[name] = generator.uniform(0.5, 4, (COUNT, size))
        elif name == "probabilities":
            found[name] = simplex(size)
        elif name == "truth":
            soft = loss is not None and loss.id == "soft_cross_entropy_loss"
            found[name] = simplex(size) if soft else one_hot(size)
        elif name == "labels":  # now and then one that is ignored
            examples = np.vstack([np.eye(shape[1]), np.zeros(shape[1])])
            drawn_labels = generator.integers(len(examples), size=(COUNT, shape[0]))
            found[name] = examples[drawn_labels].reshape(COUNT, size)
        elif name in ("copies", "class_weights", "hardest"):
            found[name] = generator.uniform(1, 100 if name == "hardest" else 10, (COUNT, size))
        else:
            found[name] = generator.uniform(-3, 3, (COUNT, size))
    return found


@pytest.mark.parametrize("key", KEYS, ids=str)
def test_the_browser_says_what_torch_says(replayed: Player, key: TapeKey) -> None:
    given = drawn(key)
    ours, theirs = replayed(NAME, key, given), torch_answers(NAME, key, given)
    assert ours.keys() == theirs.keys()
    for output, expected in theirs.items():
        # Next to zero, a difference of probabilities has lost digits in torch as well.
        worst = disagreement(ours[output], expected, scale=1e-2)
        assert worst.max() <= 1e-12, (output, ours[output][worst.argmax()])


def test_every_loss_has_its_tapes() -> None:
    assert {loss.id for loss in family(NAME)} <= {key.name for key in programs(NAME)}
