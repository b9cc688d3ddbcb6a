"""NT-Xent, supervised contrast and mined triplets against loops over pairs and triplets."""

import math
from functools import partial

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from losses import (
    batch_all_triplet_loss,
    batch_hard_triplet_loss,
    info_nce_loss,
    nt_xent_loss,
    semi_hard_triplet_loss,
    soft_margin_triplet_loss,
    supervised_contrastive_loss,
    swapped_triplet_loss,
    triplet_loss,
)
from tests.losses import batch_oracle as oracle
from tests.losses.checks import PROPERTY, value_and_gradient

GENERATOR = torch.Generator().manual_seed(0)
A, B, C = torch.randn(3, 7, 3, generator=GENERATOR, dtype=torch.float64).unbind()
LABELS = torch.tensor([0, 1, 0, 2, 1, 0, 3])  # three, two, and two that are alone
CLOSE = {"rel": 1e-12, "abs": 1e-12}
MINED = (batch_all_triplet_loss, batch_hard_triplet_loss, semi_hard_triplet_loss)
MARGINS = (0.2, 1.0, None)


@pytest.mark.parametrize("temperature", [0.05, 0.5, 2.0])
def test_nt_xent_is_the_loop_over_both_views(temperature: float) -> None:
    value = nt_xent_loss(A, B, temperature=temperature, reduction="none")
    assert value.tolist() == pytest.approx(
        oracle.nt_xent(A.tolist(), B.tolist(), temperature), **CLOSE
    )


@pytest.mark.parametrize("temperature", [0.05, 0.5, 2.0])
def test_supervised_contrast_is_the_loop_over_positives(temperature: float) -> None:
    expected = oracle.supervised(A.tolist(), LABELS.tolist(), temperature)
    value = supervised_contrastive_loss(A, LABELS, temperature=temperature, reduction="none")
    assert value.tolist() == pytest.approx([one or 0.0 for one in expected], **CLOSE)
    counted = [one for one in expected if one is not None]
    mean = supervised_contrastive_loss(A, LABELS, temperature=temperature)
    assert mean.item() == pytest.approx(math.fsum(counted) / len(counted), **CLOSE)


def test_two_views_are_classes_of_two() -> None:
    labels = torch.arange(7).repeat(2)
    torch.testing.assert_close(
        supervised_contrastive_loss(torch.cat((A, B)), labels), nt_xent_loss(A, B)
    )


def test_info_nce_of_all_others_is_one_side_of_nt_xent() -> None:
    views = torch.cat((A, B))
    sides = []
    for i in range(14):
        other = (i + 7) % 14
        keys = torch.stack([views[other], *(views[k] for k in range(14) if k not in (i, other))])
        sides.append(info_nce_loss(views[i : i + 1], keys, temperature=0.3))
    torch.testing.assert_close(nt_xent_loss(A, B, temperature=0.3), torch.stack(sides).mean())


@pytest.mark.parametrize("distance", ["euclidean", "squared"])
@pytest.mark.parametrize("margin", MARGINS)
def test_all_triplets_are_the_loop(margin: float | None, distance: str) -> None:
    every = oracle.batch_all(A.tolist(), LABELS.tolist(), margin, distance)
    loss = partial(batch_all_triplet_loss, A, LABELS, margin=margin, distance=distance)
    assert loss().item() == pytest.approx(math.fsum(every.values()) / len(every), **CLOSE)
    active = [value for value in every.values() if value > 0]
    assert loss(counted="active").item() == pytest.approx(math.fsum(active) / len(active), **CLOSE)
    anchors = [[v for (a, _, _), v in every.items() if a == i] for i in range(7)]
    expected = [math.fsum(own) / len(own) if own else 0.0 for own in anchors]
    assert loss(reduction="none").tolist() == pytest.approx(expected, **CLOSE)


@pytest.mark.parametrize("distance", ["euclidean", "squared"])
@pytest.mark.parametrize("margin", MARGINS)
def test_the_hardest_triplets_are_the_loop(margin: float | None, distance: str) -> None:
    hardest = oracle.batch_hard(A.tolist(), LABELS.tolist(), margin, distance)
    loss = partial(batch_hard_triplet_loss, A, LABELS, margin=margin, distance=distance)
    expected = [hardest.get(i, 0.0) for i in range(7)]
    assert loss(reduction="none").tolist() == pytest.approx(expected, **CLOSE)
    mean = math.fsum(hardest.values()) / len(hardest)
    assert loss().item() == pytest.approx(mean, **CLOSE)


@pytest.mark.parametrize("distance", ["euclidean", "squared"])
@pytest.mark.parametrize("margin", MARGINS)
def test_semi_hard_triplets_are_the_loop(margin: float | None, distance: str) -> None:
    pairs = oracle.semi_hard(A.tolist(), LABELS.tolist(), margin, distance)
    loss = partial(semi_hard_triplet_loss, A, LABELS, margin=margin, distance=distance)
    assert loss().item() == pytest.approx(math.fsum(pairs.values()) / len(pairs), **CLOSE)
    anchors = [[v for (a, _), v in pairs.items() if a == i] for i in range(7)]
    expected = [math.fsum(own) / len(own) if own else 0.0 for own in anchors]
    assert loss(reduction="none").tolist() == pytest.approx(expected, **CLOSE)


def test_soft_and_swapped_triplets_equal_the_textbook() -> None:
    for distance, d in oracle.DISTANCES.items():
        rows = list(zip(A.tolist(), B.tolist(), C.tolist(), strict=True))
        soft = [oracle.cost(d(a, p) - d(a, n), None) for a, p, n in rows]
        value = soft_margin_triplet_loss(A, B, C, distance=distance, reduction="none")
        assert value.tolist() == pytest.approx(soft, **CLOSE)
        swapped = [oracle.cost(d(a, p) - min(d(a, n), d(p, n)), 0.2) for a, p, n in rows]
        value = swapped_triplet_loss(A, B, C, distance=distance, reduction="none")
        assert value.tolist() == pytest.approx(swapped, **CLOSE)


def test_torch_agrees_where_it_has_the_loss() -> None:
    theirs = functional.triplet_margin_loss(A, B, C, margin=2.0, swap=True)
    torch.testing.assert_close(
        swapped_triplet_loss(A, B, C, margin=2.0), theirs, rtol=1e-5, atol=1e-5
    )  # it adds 1e-6
    similarity = functional.normalize(torch.cat((A, B)), dim=-1)
    scores = (similarity @ similarity.T / 0.2).fill_diagonal_(-torch.inf)
    labels = torch.arange(14).roll(7)
    torch.testing.assert_close(
        nt_xent_loss(A, B, temperature=0.2), functional.cross_entropy(scores, labels)
    )


def test_a_far_gap_keeps_its_digits_in_the_soft_margin() -> None:
    far = soft_margin_triplet_loss(
        torch.zeros(1, 1).double(),
        torch.zeros(1, 1).double(),
        torch.full((1, 1), 30.0).double(),
        distance="euclidean",
    )
    assert far.item() == pytest.approx(math.log1p(math.exp(-30)), rel=1e-12)


@pytest.mark.parametrize("loss", [*MINED, supervised_contrastive_loss])
def test_a_batch_without_a_pair_costs_nothing(loss) -> None:
    for labels in (torch.arange(7), torch.zeros(7, dtype=torch.int64)):
        if loss is supervised_contrastive_loss and labels[1] == 0:
            continue  # all of one class do have something to find
        value, gradient = value_and_gradient(lambda e, y=labels: loss(e, y), A)
        assert value == 0
        assert (gradient == 0).all()
    assert loss(A[:0], LABELS[:0]) == 0
    assert loss(A[:1], LABELS[:1]) == 0


def test_nothing_costs_nothing_in_two_views() -> None:
    assert nt_xent_loss(A[:0], B[:0]) == 0
    assert nt_xent_loss(A[:1], B[:1]) == 0


@pytest.mark.parametrize("loss", [*MINED, supervised_contrastive_loss])
def test_a_weight_of_0_takes_an_embedding_out_of_the_batch(loss) -> None:
    weight = torch.tensor([1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0], dtype=torch.float64)
    broken = A.clone()
    broken[2], broken[6] = math.nan, math.inf
    kept = weight > 0
    for reduction in ("mean", "sum"):
        value, gradient = value_and_gradient(
            lambda e, r=reduction: loss(e, LABELS, weight=weight, reduction=r), broken
        )
        expected, own = value_and_gradient(
            lambda e, r=reduction: loss(e, LABELS[kept], reduction=r), A[kept]
        )
        torch.testing.assert_close(value, expected)
        torch.testing.assert_close(gradient[kept], own)
        assert (gradient[~kept] == 0).all()


def test_a_weight_of_0_takes_a_pair_out_of_both_views() -> None:
    weight = torch.tensor([1.0, 0.0, 2.0, 1.0, 0.0, 1.0, 1.0], dtype=torch.float64)
    kept = weight > 0
    first, second = A.clone(), B.clone()
    first[1], second[4] = math.nan, math.inf
    torch.testing.assert_close(
        nt_xent_loss(first, second, weight=weight),
        nt_xent_loss(A[kept], B[kept], weight=weight[kept]),
    )


@pytest.mark.parametrize("loss", MINED)
def test_one_nan_is_not_mined_away(loss) -> None:
    broken = A.clone()
    broken[6] = math.nan  # alone in its class: a negative of all others
    assert loss(broken, LABELS).isnan()


@pytest.mark.parametrize("loss", MINED)
def test_embeddings_that_have_collapsed_have_a_finite_gradient(loss) -> None:
    value, gradient = value_and_gradient(
        lambda e: loss(e, LABELS, distance="euclidean"), torch.ones(7, 3)
    )
    assert value.item() == pytest.approx(0.2)
    assert (gradient == 0).all()


@pytest.mark.parametrize("scale", [1e-20, 1e-3, 1e18])
def test_the_choice_does_not_depend_on_the_unit(scale: float) -> None:
    for loss in MINED:
        value = loss(A.float() * scale, LABELS, margin=0.0, distance="euclidean") / scale
        torch.testing.assert_close(
            value.double(),
            loss(A.float().double(), LABELS, margin=0.0, distance="euclidean"),
            rtol=1e-5,
            atol=1e-6,
        )


numbers = st.lists(st.floats(-50, 50), min_size=12, max_size=12)
classes = st.lists(st.integers(-1, 2), min_size=6, max_size=6)


@PROPERTY
@given(points=numbers, labels=classes, order=st.permutations(range(6)))
def test_hardest_is_largest_and_the_order_of_a_batch_does_not_matter(points, labels, order) -> None:
    embeddings = torch.tensor(points, dtype=torch.float64).reshape(6, 2)
    labels = torch.tensor(labels)
    hard = batch_hard_triplet_loss(embeddings, labels, margin=1.0, reduction="none")
    every = batch_all_triplet_loss(embeddings, labels, margin=1.0, reduction="none")
    assert (hard >= every - 1e-9).all()
    for loss in (*MINED, supervised_contrastive_loss):
        value = loss(embeddings, labels)
        assert value >= -1e-9
        shuffled = loss(embeddings[list(order)], labels[list(order)])
        torch.testing.assert_close(value, shuffled, rtol=1e-9, atol=1e-9)


def test_derivatives_of_numbers() -> None:
    number = torch.tensor(0.6, dtype=torch.float64, requires_grad=True)
    for loss in (
        lambda t: nt_xent_loss(A, B, temperature=t),
        lambda t: supervised_contrastive_loss(A, LABELS, temperature=t),
        lambda m: swapped_triplet_loss(A, B, C, margin=m),
        *(lambda m, f=f: f(A, LABELS, margin=m) for f in MINED),
    ):
        assert torch.autograd.gradcheck(loss, number)
        torch.testing.assert_close(loss(number.detach()), loss(0.6))


def test_a_satisfied_triplet_differs_by_its_form_alone() -> None:
    near, far = torch.tensor([[0.0, 0.1]]), torch.tensor([[9.0, 0.0]])
    anchor = torch.zeros(1, 2)
    assert triplet_loss(anchor, near, far, distance="euclidean") == 0
    assert swapped_triplet_loss(anchor, near, far) == 0
    assert soft_margin_triplet_loss(anchor, near, far) > 0


def test_bad_input_is_named() -> None:
    for loss in (*MINED, supervised_contrastive_loss):
        with pytest.raises(ValueError, match="embeddings must have a floating dtype"):
            loss(A.long(), LABELS)
        with pytest.raises(ValueError, match=r"labels must be class numbers .*; got torch.float64"):
            loss(A, LABELS.double())
        with pytest.raises(ValueError, match=r"of the shapes .* got \(7, 3\) and \(6,\)"):
            loss(A, LABELS[:6])
        with pytest.raises(TypeError, match="labels must be a tensor"):
            loss(A, LABELS.tolist())
    for loss in MINED:
        with pytest.raises(ValueError, match="margin must be a number >= 0"):
            loss(A, LABELS, margin=-1.0)
        with pytest.raises(ValueError, match="distance must be one of squared, euclidean"):
            loss(A, LABELS, distance="l2")
    with pytest.raises(ValueError, match="counted must be one of all, active; got 'some'"):
        batch_all_triplet_loss(A, LABELS, counted="some")
    for loss in (partial(nt_xent_loss, A, B), partial(supervised_contrastive_loss, A, LABELS)):
        with pytest.raises(ValueError, match="temperature must be a number > 0"):
            loss(temperature=0.0)
    with pytest.raises(ValueError, match=r"first and second must be of one shape .*\(3,\)"):
        nt_xent_loss(A[0], B[0])
    with pytest.raises(ValueError, match="shapes must broadcast together"):
        nt_xent_loss(A, B[:4])
