"""Logits, probabilities, class numbers and labels: what each loss of classification takes."""

import torch

from tests.losses.samples.kinds import Pairs, Samples, uniform


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


SAMPLES = Samples(_yes_or_no)
OF_LOSS = {
    "zero_one_loss": Samples(_class_numbers),
    "bce_loss": Samples(_chances),
    "weighted_bce_loss": Samples(_chances),
    "cross_entropy_loss": Samples(_class_logits),
    "multiclass_focal_loss": Samples(_class_logits),
    "nll_loss": Samples(_class_logs),
    "soft_cross_entropy_loss": Samples(_class_targets),
}
