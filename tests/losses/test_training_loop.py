"""What losses once met in training, with the right values: faults that shall not come back.

The rules behind them are tried on every function by the battery; here stand the seen cases.
"""

import math

import pytest
import torch

import losses

# torch compiles some rules of its own forward mode in a way that it has since deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")

T = torch.tensor
INFINITE = math.inf


def test_info_nce_under_autocast_is_not_multiplied_in_half_precision() -> None:
    generator = torch.Generator().manual_seed(0)
    queries = torch.randn(512, 512, generator=generator)
    keys = queries + torch.randn(512, 512, generator=generator)
    gradients = []
    for enabled in (False, True):
        leaf = queries.clone().requires_grad_()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=enabled):
            value = losses.info_nce_loss(leaf, keys, temperature=0.07)
        gradients.append((value.detach(), *torch.autograd.grad(value, leaf)))
    torch.testing.assert_close(*gradients, rtol=0, atol=0)


def test_a_target_is_not_rounded_to_the_dtype_of_the_logits() -> None:
    value = losses.bce_with_logits_loss(T([5.0]).bfloat16(), T([0.999]))
    assert value.item() == pytest.approx(0.011715, rel=1e-4)


@pytest.mark.parametrize("label", [-1, 3, 100])
@pytest.mark.parametrize(
    "loss", [losses.cross_entropy_loss, losses.nll_loss, losses.multiclass_focal_loss]
)
def test_a_label_that_is_no_class_is_nan_where_it_cannot_be_read(loss, label: int) -> None:
    scores, labels = T([[2.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), T([label, 1])
    values = torch.func.vmap(loss)(scores, labels)
    assert values.isnan().tolist() == [True, False]
    gradient, value = torch.func.grad_and_value(loss)(scores, labels)
    assert value.isnan()
    assert gradient[0].isnan().any()
    torch.compiler.reset()
    compiled = torch.compile(loss, fullgraph=True, backend="aot_eager")
    assert compiled(scores, labels).isnan()
    with pytest.raises(
        ValueError, match=f"labels must be class numbers from 0 to 2.*; got {label}"
    ):
        loss(scores, labels)


def test_labels_that_are_ignored_stay_so_where_they_cannot_be_read() -> None:
    values = torch.func.vmap(losses.cross_entropy_loss)(T([[2.0, 0.0], [0.0, 0.0]]), T([-100, 1]))
    torch.testing.assert_close(values, T([0.0, math.log(2)]))


def test_weights_on_infinite_rows() -> None:
    model = T([[1.0, 0.0], [0.5, 0.5]]).requires_grad_()
    truth, weight = T([[0.5, 0.5], [0.25, 0.75]]), T([0.0, 1.0])
    value = losses.kl_divergence(truth=truth, model=model, weight=weight)
    torch.testing.assert_close(value, losses.kl_divergence(truth=truth[1], model=model[1]))
    (gradient,) = torch.autograd.grad(value, model)
    assert gradient[0].tolist() == [0, 0]
    logits = T([[1.0, -INFINITE], [0.5, 0.5]]).requires_grad_()
    value = losses.cross_entropy_loss(logits, T([1, 0]), weight=weight)
    assert value.item() == pytest.approx(math.log(2))
    (gradient,) = torch.autograd.grad(value, logits)
    torch.testing.assert_close(gradient, T([[0.0, 0.0], [-0.5, 0.5]]))


def test_class_weights_of_0_remove_a_class() -> None:
    logits, class_weight = T([[1.0, -INFINITE], [0.5, 0.5]]), T([1.0, 0.0])
    for loss in (losses.cross_entropy_loss, losses.nll_loss):
        assert loss(logits, T([1, 0]), class_weight=class_weight).isfinite()
        with pytest.raises(ValueError, match="class_weight must be finite and not neg"):
            loss(logits, T([0, 0]), class_weight=T([1.0, -1.0]))


@pytest.mark.parametrize(
    ("pos_weight", "message"),
    [
        (torch.ones(2, 3), r"pos_weight must broadcast to the losses \(3,\); got \(2, 3\)"),
        (torch.ones(2), r"pos_weight must broadcast to the losses \(3,\); got \(2,\)"),
        (T([1.0, -2.0, 1.0]), "pos_weight must be finite and not negative; got -2"),
        (-2.0, "pos_weight must be a number >= 0; got -2"),
    ],
)
def test_a_pos_weight_is_a_weight(pos_weight: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        losses.bce_with_logits_loss(torch.zeros(3), torch.ones(3), pos_weight=pos_weight)


@pytest.mark.parametrize(
    ("loss", "name"),
    [
        (losses.huber_loss, "delta"),
        (losses.smooth_l1_loss, "beta"),
        (losses.charbonnier_loss, "epsilon"),
        (losses.barron_loss, "scale"),
    ],
)
def test_parameters_do_not_widen_a_loss_and_are_not_0_in_its_dtype(loss, name: str) -> None:
    residual = torch.ones(3)
    with pytest.raises(ValueError, match=rf"{name} must broadcast to the losses \(3,\); got"):
        loss(residual, 0 * residual, **{name: torch.ones(2, 3)})
    with pytest.raises(ValueError, match=rf"{name} must be a number > 0 also in torch\.float32"):
        loss(residual, 0 * residual, **{name: 1e-46})
    assert loss(residual.double(), 0 * residual.double(), **{name: 1e-46}).isfinite()


def test_a_temperature_that_is_0_in_float32_is_refused() -> None:
    with pytest.raises(ValueError, match="temperature must be a number > 0 also in"):
        losses.info_nce_loss(torch.eye(2), torch.eye(2), temperature=1e-46)
    assert losses.info_nce_loss(torch.eye(2), torch.eye(2), temperature=1e-37) == 0


def test_nobody_knows_whether_nan_is_right() -> None:
    nan = math.nan
    assert losses.zero_one_loss(T([nan]), T([1])).isnan()
    for loss in (losses.hamming_distance, losses.hamming_count):
        assert loss(T([nan, 1.0]), T([1, 1])).isnan()
        assert loss(T([nan, 1.0]), T([nan, 1.0])).isnan()
    assert losses.zero_one_loss(T([INFINITE, INFINITE]), T([INFINITE, -INFINITE])) == 0.5


@pytest.mark.parametrize("p", [3.0, 10.0, 50.0, 1000.0])
def test_pairwise_distance_of_any_order_stays_in_range(p: float) -> None:
    first = T([[10.0, 0.0], [0.1, 0.0], [1e4, 0.0], [1e-30, 0.0], [1e30, 0.0]]).requires_grad_()
    distance = losses.pairwise_distance(first, torch.zeros(1, 2), p=p)
    torch.testing.assert_close(distance[:, 0], first[:, 0])
    (gradient,) = torch.autograd.grad(distance.sum(), first)
    torch.testing.assert_close(gradient, T([[1.0, 0.0]]).expand(5, 2))
    diagonal = losses.pairwise_distance(T([[3.0, 3.0]]), torch.zeros(1, 2), p=p)
    assert diagonal.item() == pytest.approx(3 * 2 ** (1 / p), rel=1e-5)


@pytest.mark.parametrize("size", [1e-38, 1e-23, 1.0, 2e19, 1e38])
def test_the_length_of_a_vector_does_not_matter_where_only_its_direction_should(
    size: float,
) -> None:
    vectors = T([[3.0, 4.0], [-4.0, 3.0]]) / 5
    others = T([[1.0, 0.0], [0.6, 0.8]])
    for loss in (
        lambda a: losses.cosine_embedding_loss(a, others, torch.ones(2), reduction="none"),
        lambda a: losses.info_nce_loss(a, others, reduction="none"),
    ):
        torch.testing.assert_close(loss(size * vectors), loss(vectors))
    for norm in (losses.row_norm, losses.frobenius_norm):
        found = norm(size * vectors, torch.zeros(2, 2))
        torch.testing.assert_close(found / size, norm(vectors, torch.zeros(2, 2)))


@pytest.mark.parametrize("loss", [losses.bce_with_logits_loss, losses.focal_loss])
def test_infinite_logits(loss) -> None:
    logits, target = T([INFINITE, -INFINITE]).requires_grad_(), T([1.0, 0.0])
    right = loss(logits, target, reduction="none")
    assert right.tolist() == [0, 0]
    (gradient,) = torch.autograd.grad(right.sum(), logits)
    assert gradient.tolist() == [0, 0]
    assert loss(logits, 1 - target, reduction="none").tolist() == [INFINITE, INFINITE]
    assert losses.focal_loss(T(INFINITE), T(1.0), gamma=0.0) == 0


def test_derivatives_of_probabilities_that_cannot_be_read_are_nan_and_no_crash() -> None:
    for bad in (math.nan, 1.5, -0.5):
        values = torch.func.vmap(losses.bce_loss)(T([bad, 0.5]), T([1.0, 1.0]))
        assert values.isnan().tolist() == [True, False]


def _hessian(function, at: torch.Tensor) -> torch.Tensor:
    return torch.func.hessian(function)(at).reshape(at.numel(), at.numel())


def test_second_derivatives_of_spectra_where_singular_values_coincide() -> None:
    zero = torch.zeros(3, 3, dtype=torch.float64)
    identity = torch.eye(3, dtype=torch.float64)
    # tr √(AᵀA) near the identity: only the skew part E of a move bends it, by ‖E‖²/2.
    swap = torch.stack([e.T.flatten() for e in torch.eye(9).double().reshape(9, 3, 3)])
    expected = (torch.eye(9, dtype=torch.float64) - swap) / 2
    found = _hessian(lambda a: losses.nuclear_norm(a, zero), identity)
    torch.testing.assert_close(found, expected)
    matrix = torch.diag(T([3.0, 1.0, 1.0], dtype=torch.float64))
    found = _hessian(lambda a: losses.spectral_norm(a, zero), matrix)
    step = 1e-5
    for direction in torch.eye(9, dtype=torch.float64).reshape(9, 3, 3):
        ahead, behind = (
            torch.func.grad(losses.spectral_norm)(matrix + sign * step * direction, zero)
            for sign in (1, -1)
        )
        slope = ((ahead - behind) / (2 * step)).flatten()
        torch.testing.assert_close(found @ direction.flatten(), slope, rtol=1e-6, atol=1e-6)


def test_the_curvature_of_a_euclidean_distance_does_not_depend_on_how_p_is_given() -> None:
    first, second = T([[0.0, 0.0]]).double(), T([[1.0, 0.0]]).double()
    expected = T([[0.0, 0.0], [0.0, 1.0]]).double()
    for p in (2.0, T(2.0).double()):
        found = _hessian(lambda x, p=p: losses.pairwise_distance(x, second, p=p).sum(), first)
        torch.testing.assert_close(found, expected)


def test_probabilities_that_were_once_in_bfloat16_are_a_distribution() -> None:
    raised = T([0.3, 0.3, 0.4]).bfloat16().float()
    assert raised.sum() != 1
    assert losses.entropy(raised).isfinite()
    assert losses.entropy(T([0.4995, 0.5])).isfinite()
    with pytest.raises(ValueError, match="distribution must sum to 1"):
        losses.entropy(T([0.49, 0.5]))
    with pytest.raises(ValueError, match="distribution must sum to 1"):
        losses.entropy(T([0.4995, 0.5]).double())


def test_a_share_of_0_of_what_leaves_the_range_is_0() -> None:
    far = T([[2e19, 2e19]]).requires_grad_()
    value = losses.contrastive_loss(far, torch.zeros(1, 2), T([0.0]))
    (gradient,) = torch.autograd.grad(value, far)
    assert value == 0
    assert gradient.tolist() == [[0, 0]]
    wrong = T([[INFINITE, 0.0]])
    value = losses.dice_bce_with_logits_loss(wrong, T([[0, 1]]), bce_weight=0.0)
    torch.testing.assert_close(value, losses.dice_with_logits_loss(wrong, T([[0, 1]])))
    classes = T([[[0.0], [-INFINITE]]])
    value = losses.dice_cross_entropy_loss(classes, T([[1]]), cross_entropy_weight=0.0)
    torch.testing.assert_close(value, losses.multiclass_dice_loss(classes, T([[1]])))


@pytest.mark.parametrize("size", [1e3, 1e8, 1e15, 1e20, 1e30])
def test_focal_loss_of_a_sure_mistake_keeps_the_slope_of_the_cross_entropy(size: float) -> None:
    logits = T([[size, 0.0, 0.0]]).requires_grad_()
    (gradient,) = torch.autograd.grad(losses.multiclass_focal_loss(logits, T([1])), logits)
    assert gradient.tolist() == [[1, -1, 0]]


def test_a_loss_compiles_for_batches_of_all_sizes() -> None:
    torch.compiler.reset()
    compiled = torch.compile(losses.triplet_loss, fullgraph=True, backend="aot_eager", dynamic=True)
    for count in (2, 3, 7):
        points = torch.randn(3, count, 4, generator=torch.Generator().manual_seed(count))
        torch.testing.assert_close(compiled(*points), losses.triplet_loss(*points))
