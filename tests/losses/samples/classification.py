"""Logits and probabilities, of one class or of several, and their labels."""

import torch

from catalog import Loss
from tests.losses.samples.kind import Kind, Pairs, Sampler, uniform


def _yes_or_no(count: int, seed: int) -> Pairs:
    """Logits, and labels of 0 and 1."""
    generator = torch.Generator().manual_seed(seed)
    logits = 4 * torch.randn(count, generator=generator, dtype=torch.float64)
    return logits, (uniform(generator, count) < 0.5).double()


def _chances(count: int, seed: int) -> Pairs:
    logits, labels = _yes_or_no(count, seed)
    return torch.sigmoid(logits), labels


def _class_numbers(count: int, seed: int) -> Pairs:
    generator = torch.Generator().manual_seed(seed)
    return tuple(uniform(generator, 2, count).mul(3).floor().unbind())


def _class_logits(count: int, seed: int) -> Pairs:
    """Logits of four classes, and class numbers."""
    generator = torch.Generator().manual_seed(seed)
    logits = 3 * torch.randn(count, 4, generator=generator, dtype=torch.float64)
    return logits, torch.randint(4, (count,), generator=generator)


def _class_logs(count: int, seed: int) -> Pairs:
    logits, labels = _class_logits(count, seed)
    return torch.log_softmax(logits, dim=1), labels


def _class_targets(count: int, seed: int) -> Pairs:
    """Logits of four classes, and a distribution over them."""
    logits, _ = _class_logits(count, seed)
    other, _ = _class_logits(count, seed + 1)
    return logits, torch.softmax(other, dim=1)


def _far(ordinary: Sampler) -> Sampler:
    """Predictions far beyond what a page shows, and valid still."""

    def sample(count: int, seed: int) -> Pairs:
        prediction, target = ordinary(count, seed)
        return 1e3 * prediction, target

    return sample


def _sure(count: int, seed: int) -> Pairs:
    _, labels = _chances(count, seed)
    return torch.sigmoid(torch.linspace(-60, 60, count, dtype=torch.float64)), labels


KINDS: dict[tuple[str, ...], Kind] = {
    ("logits", "target"): Kind(_yes_or_no, _far(_yes_or_no), 0),
    ("probabilities", "target"): Kind(_chances, _sure, 0),
    ("prediction", "labels"): Kind(_class_numbers, _far(_class_numbers), 0),
    ("logits", "labels"): Kind(_class_logits, _far(_class_logits), 1),
    ("log_probabilities", "labels"): Kind(_class_logs, _far(_class_logs), 1),
    ("logits", "probabilities"): Kind(_class_targets, _far(_class_targets), 1),
}
"""By what the loss takes."""


def kind(loss: Loss) -> Kind:
    return KINDS[loss.arguments]
