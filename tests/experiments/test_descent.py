"""Gradient descent: against closed forms, and what it refuses."""

import pytest
import torch

from experiments.descent import descend

START = torch.tensor([3.0, -2.0], dtype=torch.float64)


def bowl(point):
    """½ (x² + 4 y²): a step of rate r multiplies x by 1 − r and y by 1 − 4 r."""
    return (point * point * torch.tensor([0.5, 2.0])).sum()


def test_a_quadratic_shrinks_by_its_factors():
    path = descend(bowl, START, rate=0.2, steps=5)
    factors = torch.tensor([0.8, 0.2], dtype=torch.float64)
    expected = torch.stack([START * factors**step for step in range(6)])
    torch.testing.assert_close(path, expected)


def test_a_rate_may_change_at_every_step():
    path = descend(bowl, START, rate=[0.1, 0.3].__getitem__, steps=2)
    torch.testing.assert_close(path[-1], START * torch.tensor([0.9 * 0.7, 0.6 * -0.2]).double())


def test_through_descends_in_other_numbers():
    """In the logarithm u of x, the slope of x² is 2x²; the path is told in x."""
    start = torch.tensor(2.0, dtype=torch.float64)
    path = descend(lambda x: x * x, start.log(), rate=0.1, steps=1, through=torch.exp)
    torch.testing.assert_close(path, torch.stack((start, (start.log() - 0.1 * 2 * 4).exp())))


def test_project_holds_after_every_step_and_before_the_first():
    path = descend(bowl, START, rate=0.1, steps=3, project=lambda x: x.clamp(-1, 1))
    assert path[0].tolist() == [1, -1]
    assert path.abs().max() == 1


def test_the_precision_is_that_of_the_start():
    assert descend(bowl, START.float(), rate=0.1, steps=1).dtype == torch.float32


def test_a_negative_number_of_steps_is_refused():
    with pytest.raises(ValueError, match="steps must be at least 0; got -1"):
        descend(bowl, START, rate=0.1, steps=-1)
