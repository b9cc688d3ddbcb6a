"""The evidence on classification, against formulas written out here and numbers by hand."""

import math
from functools import partial

import numpy as np
import pytest

from tests.experiments.findings import curve_of, numbers_of

numbers = partial(numbers_of, "classification")
curve = partial(curve_of, "classification")


def sigmoid(z):
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def softmax(z):
    powers = np.exp(np.asarray(z, dtype=float))
    return powers / powers.sum()


KNOWN = [
    ("what_bce_expects", "as_probabilities", 0.3635480397),
    ("what_bce_expects", "as_logits", 0.5543146203),
    ("what_bce_expects", "perfect", (math.log1p(math.exp(-1)) + math.log(2)) / 2),
    ("alpha_for_both", "notes_mean", 0.002695856083),
    ("alpha_for_both", "paper_mean", 0.002827556727),
    ("who_is_heard", "cross_entropy_ratio", math.log(0.01) / math.log(0.9)),
    ("who_is_heard", "focal_ratio", 0.99**2 * math.log(0.01) / (0.1**2 * math.log(0.9))),
    ("softmax_twice", "floor", math.log(math.e + 2) - 1),
    ("softmax_twice", "example_once", 0.4170300163),
    ("nll_of_probabilities", "misused", -0.7),
    ("nll_of_probabilities", "example_misused", -softmax([2, 1, 0.1])[0]),
    ("weights_and_counts", "none", 0.2),
    ("weights_and_counts", "inverse", 0.5),
    ("weights_and_counts", "proportional", round(0.04 / 0.68, 4)),
    ("gamma_turns_down", "at_two", 0.01),
    ("three_focal_outputs", "first", 1.159897526),
    ("three_focal_outputs", "second", 0.7283312557),
    ("three_focal_outputs", "third", 1.692323265),
    ("flat_stair", "error_change", 0.0),
    ("right_but_dear", "right", -math.log(0.34)),
    ("right_but_dear", "wrong", -math.log(0.49)),
    ("size_of_the_layer", "features", 1600),
    ("size_of_the_layer", "weights", 11200),
    ("size_of_the_layer", "two_layers", 1),
    ("size_of_the_layer", "one_layer", 1),
    ("size_of_the_layer", "with_activation", 2),
    ("forgotten_minus", "without", math.log(0.4)),
    ("means_of_the_models", "mean_model_1", 1.378388852),
    ("means_of_the_models", "mean_model_2", 0.6391075641),
    ("means_of_the_models", "right_model_1", 2 / 3),
    ("means_of_the_models", "right_model_2", 2 / 3),
    ("row_of_eleven_tenths", "sum", 1.1),
    ("row_of_eleven_tenths", "tied", 2),
    ("giving_up", "steps_cross_entropy", 19),
    ("giving_up", "steps_squared_error", 1542),
    ("giving_up", "gradient_cross_entropy", -0.9996646499),
    ("giving_up", "gradient_squared_error", -0.0006702504975),
    ("normalised_wrongly", "first_row", 1.2442),
    ("normalised_wrongly", "last_row", 0.7436),
    ("normalised_wrongly", "broken", 1),
    ("max_and_argmax", "max_slope", 1),
    ("max_and_argmax", "argmax_slope", 0),
    ("max_and_argmax", "below_zero", math.log(0.1 * math.sqrt(2 * math.pi))),
    ("slope_of_the_sigmoid", "steepest", 0.25),
    ("two_softmaxes", "b_0", 0.8788782427),
    ("printed_logits", "with_logits", 0.699662272),
    ("ignored_labels", "with_ignored", 2.035104112),
    ("loss_and_gradient", "largest_difference", 0),
    ("shapes_of_the_focal_snippet", "pairs", 16),
    ("name_of_the_class", "notes_name", 0),
    ("name_of_the_class", "right_name", 1),
    ("hardmax", "index", 0),
]


@pytest.mark.parametrize(("name", "number", "expected"), KNOWN)
def test_a_number_of_the_evidence(name, number, expected):
    assert numbers(name)[number] == pytest.approx(expected, rel=1e-4, abs=1e-7)


def test_single_precision_loses_the_logarithm_of_a_softmax_and_not_the_fused_one():
    found = numbers("log_of_softmax")
    smallest = -math.log(float(np.float32(2) ** np.float32(-149)))
    assert found["last_finite"] == math.floor(smallest)
    x, y = curve("log_of_softmax", "fused")
    assert y == pytest.approx(np.log1p(np.exp(-x)) + x, rel=1e-6)


def test_the_two_steps_die_where_the_sigmoid_rounds_to_one():
    found = numbers("sigmoid_then_bce")
    assert found["first_dead"] == pytest.approx(16.7)
    assert found["two_steps_at_twenty"] == 100
    assert found["fused_at_twenty"] == pytest.approx(20, rel=1e-6)
    assert found["two_steps_at_ten"] != found["fused_at_ten"]
    x, y = curve("sigmoid_then_bce", "fused")
    assert y == pytest.approx(sigmoid(x), abs=1e-6)


def test_the_product_is_not_constant():
    found = numbers("product_with_the_loss")
    for place in ("low", "middle", "high"):
        p = found[place]
        assert found[f"product_{place}"] == pytest.approx(-p * math.log(p))


def test_a_smaller_loss_has_a_smaller_gradient():
    x, y = curve("loss_and_gradient", "gradient")
    assert y == pytest.approx(1 - np.exp(-x))
    assert (np.diff(y) > 0).all()


def test_without_the_minus_the_true_class_is_left():
    _, with_minus = curve("forgotten_minus", "with_minus")
    _, without = curve("forgotten_minus", "without_minus")
    assert with_minus[0] == without[0] == pytest.approx(1 / 3)
    assert (np.diff(with_minus) > 0).all()
    assert (np.diff(without) < 0).all()


def test_the_extra_softmax_puts_a_floor_under_the_training():
    floor = math.log(math.e + 2) - 1
    assert curve("softmax_twice", "twice")[1].min() > floor
    assert curve("softmax_twice", "once")[1][-1] < 0.1


def test_curvature_tells_the_convex_loss():
    found = numbers("giving_up")
    assert found["lowest_curvature_cross_entropy"] > 0
    z = np.linspace(-8, 8, 801)
    a = sigmoid(z)
    curvature = 2 * a * (1 - a) * (a * (1 - a) + (a - 1) * (1 - 2 * a))
    assert found["lowest_curvature_squared_error"] == pytest.approx(curvature.min())


def test_bce_on_logits_takes_one_operation_fewer():
    found = numbers("operations_of_bce")
    assert (found["two_steps"], found["fused"]) == (2, 1)  # sigmoid and loss, or the loss alone
    assert found["inside_fused"] < found["inside_two_steps"]


def test_the_small_network_costs_the_same_both_ways_and_about_a_coin():
    found = numbers("small_network")
    assert found["with_sigmoid"] == pytest.approx(found["with_logits"], rel=1e-9)
    assert found["with_logits"] == pytest.approx(found["chance_level"], abs=0.1)


def test_a_picture_becomes_smaller_and_gets_channels_until_it_is_a_row_of_numbers():
    _, channels = curve("size_of_the_layer", "channels_curve")
    _, side = curve("size_of_the_layer", "side_curve")
    done, count = curve("size_of_the_layer", "numbers_curve")
    assert (done[-1], channels[-1], side[-1]) == (3, 100, 4)
    assert (count == channels * side**2).all()
    assert count[-1] == numbers("size_of_the_layer")["features"]
