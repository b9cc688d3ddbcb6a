"""The cost of a batch, against PyTorch's cross-entropy of every example written out."""

import pytest
import torch
from torch.nn import functional

from catalog import CATALOG
from experiments.batches import CLASSES, COSTS, FIRST, batch_program, kept_copies

MARGINS = torch.tensor([3.0, -1.5, 0.2, 1.0, -4.0, 0.0], dtype=torch.float64)
LABELS = torch.tensor([0, 1, -100, 2, 0, 2])
COPIES = torch.tensor([3, 1, 2, 1, 4, 2])
WEIGHTS = torch.tensor([1.0, 0.5, 4.0], dtype=torch.float64)


def of_batch(cost, labels=LABELS, hardest=100.0, loss="cross_entropy_loss"):
    classes = torch.arange(CLASSES)
    return batch_program(CATALOG[loss], cost)(
        MARGINS,
        (labels[:, None] == classes).double(),
        COPIES.double(),
        WEIGHTS,
        torch.tensor(hardest, dtype=torch.float64),
    )


def by_torch(part, reduction, labels=LABELS):
    counts = COPIES[part]
    own = labels[part].repeat_interleave(counts)
    logits = MARGINS[part].repeat_interleave(counts)[:, None] * functional.one_hot(
        own.clamp(min=0), CLASSES
    )
    return functional.cross_entropy(
        logits, own, weight=WEIGHTS, ignore_index=-100, reduction=reduction
    )


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_the_cost_is_torchs_with_class_weights_and_an_ignored_label(reduction):
    found = of_batch(reduction)
    torch.testing.assert_close(found["value"], by_torch(slice(None), reduction))
    torch.testing.assert_close(found["parts"].sum().item(), 1.0)
    assert found["parts"][2] == 0, "an ignored example costs nothing"


def test_accumulated_micro_batches_give_the_mean_of_their_means():
    means = [by_torch(part, "mean") for part in (slice(FIRST), slice(FIRST, None))]
    found = of_batch("accumulated")
    torch.testing.assert_close(found["value"], torch.stack(means).mean())
    torch.testing.assert_close(torch.stack([found["first"], found["second"]]), torch.stack(means))


@pytest.mark.parametrize("cost", COSTS)
def test_a_batch_whose_labels_are_all_ignored_costs_nothing(cost):
    assert of_batch(cost, torch.full_like(LABELS, -100))["value"] == 0


@pytest.mark.parametrize("cost", COSTS)
def test_a_mean_that_divides_by_nothing_is_told(cost):
    labels = LABELS.clone()
    labels[FIRST:] = -100
    assert (of_batch(cost, labels)["divisor"] == 0) == (cost == "accumulated")
    assert (of_batch(cost, torch.full_like(LABELS, -100))["divisor"] == 0) == (cost != "sum")


def test_pytorchs_mean_over_nothing_is_nan_and_one_by_hand_has_a_nan_gradient_as_well():
    """As the scene `all_ignored` says."""
    logits = torch.randn(3, CLASSES, requires_grad=True)
    loss = functional.cross_entropy(logits, torch.full((3,), -100))
    assert loss.isnan()
    assert torch.autograd.grad(loss, logits)[0].eq(0).all()
    mask, labels = torch.zeros(3), torch.zeros(3, dtype=torch.long)
    loss = (functional.cross_entropy(logits, labels, reduction="none") * mask).sum() / mask.sum()
    assert torch.autograd.grad(loss, logits)[0].isnan().all()


def test_mining_keeps_the_hardest_copies():
    losses = torch.tensor([0.1, 3.0, 1.0, 3.0])
    copies = torch.tensor([10.0, 2.0, 6.0, 2.0])
    assert kept_copies(losses, copies, 100).tolist() == copies.tolist()
    assert kept_copies(losses, copies, 35).tolist() == [0, 2, 3, 2]
    assert kept_copies(losses, copies, 15).tolist() == [0, 2, 0, 1], "the first of equals"


def test_an_example_that_mining_drops_has_no_gradient_and_one_that_focal_plays_down_has():
    def slopes(loss, hardest):
        def cost(margins):
            labels = (LABELS[:, None] == torch.arange(CLASSES)).double()
            return batch_program(CATALOG[loss], "mean")(
                margins, labels, torch.ones_like(MARGINS), WEIGHTS, torch.tensor(hardest)
            )["value"]

        return torch.func.grad(cost)(MARGINS)

    assert slopes("cross_entropy_loss", 50.0)[0] == 0
    assert 0 > slopes("multiclass_focal_loss", 100.0)[0] > slopes("cross_entropy_loss", 100.0)[0]
