"""What a hand does to a distribution: it stays one, in whole thousandths."""

import numpy as np
import pytest

CONSTRAINTS = "families/information/simplex_constraints.js"


def distributions(count, outcomes):
    """In thousandths, some with outcomes that are ruled out."""
    generator = np.random.default_rng(outcomes)
    masses = generator.exponential(size=(count, outcomes)) * (
        generator.random((count, outcomes)) < 0.7
    )
    masses[masses.sum(1) == 0] = 1
    parts = np.floor(1000 * masses / masses.sum(1, keepdims=True))
    parts[np.arange(count), parts.argmax(1)] += 1000 - parts.sum(1)
    return (parts / 1000).tolist()


def are_distributions(found):
    found = np.array(found)
    assert (found >= 0).all()
    assert (np.round(found * 1000).sum(1) == 1000).all()
    assert found * 1000 == pytest.approx(np.round(found * 1000), abs=1e-9)


@pytest.mark.parametrize("outcomes", [2, 3, 4, 6])
def test_one_probability_is_set_and_the_others_keep_their_proportions(modules, outcomes):
    before = distributions(1000, outcomes)
    generator = np.random.default_rng(7)
    which = generator.integers(outcomes, size=1000).tolist()
    wanted = generator.uniform(-0.2, 1.2, 1000).tolist()
    after = modules(
        CONSTRAINTS,
        "({ withProbability }, all, which, wanted) =>"
        " all.map((one, i) => withProbability(one, which[i], wanted[i]))",
        before,
        which,
        wanted,
    )
    are_distributions(after)
    for old, new, i, value in zip(before, after, which, wanted, strict=True):
        assert new[i] == pytest.approx(min(max(value, 0), 1), abs=5.1e-4)
        rest = 1 - old[i]
        for k in set(range(outcomes)) - {i}:
            share = old[k] / rest if rest > 0 else 1 / (outcomes - 1)
            # Each is rounded down and gets at most what all of them lost.
            assert new[k] == pytest.approx((1 - new[i]) * share, abs=2.1e-3)
            if rest > 0 and old[k] == 0:
                assert new[k] == 0, "what is ruled out stays so"


@pytest.mark.parametrize("outcomes", [2, 3, 4, 6])
def test_outcomes_come_with_nothing_and_go_to_the_others(modules, outcomes):
    before = distributions(300, outcomes)
    for count in (2, 3, 5, 6):
        after = modules(
            CONSTRAINTS,
            "({ withOutcomes }, all, count) => all.map((one) => withOutcomes(one, count))",
            before,
            count,
        )
        are_distributions(after)
        for old, new in zip(before, after, strict=True):
            assert len(new) == count
            if count >= outcomes:
                assert new == pytest.approx(old + [0] * (count - outcomes))
            elif sum(old[:count]) > 0:
                shares = np.array(old[:count]) / sum(old[:count])
                assert new == pytest.approx(shares, abs=1.1e-3)
            else:
                assert new == pytest.approx([1 / count] * count, abs=1.1e-3)
