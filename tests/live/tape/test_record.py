"""Recording: what a tape says is what torch says, or recording refuses; never a third thing."""

import json
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812

from live.tape.record import CannotBeTapedError, record
from tests.live.tape.interpreter import play

ARRAY = {"x": (3, 4)}
TRIALS = 7


def inputs(shapes, *, positive=False):
    generator = torch.Generator().manual_seed(1)
    drawn = {
        name: 2 * torch.randn(TRIALS, *shape, generator=generator, dtype=torch.float64)
        for name, shape in shapes.items()
    }
    return {name: values.abs() + 0.1 for name, values in drawn.items()} if positive else drawn


def played(tape, given):
    """The outputs of a tape after a journey through JSON, each `(trials, elements)`."""
    tape = json.loads(json.dumps(tape, allow_nan=False))
    columns = {name: values.reshape(TRIALS, -1).T.numpy() for name, values in given.items()}
    return {name: values.T for name, values in play(tape, columns).items()}


def assert_tape_follows_torch(function, shapes, *, positive=False):
    given = inputs(shapes, positive=positive)
    found = played(record(function, shapes), given)
    for trial in range(TRIALS):
        outputs = function(**{name: values[trial] for name, values in given.items()})
        assert outputs.keys() == found.keys()
        for name, expected in outputs.items():
            ours, theirs = found[name][trial], expected.double().flatten().numpy()
            np.testing.assert_allclose(ours, theirs, rtol=1e-14, atol=1e-15, err_msg=name)


MOVES = {
    "select": lambda x: x[1],
    "select from the end": lambda x: x[:, -1],
    "element": lambda x: x[2, 3],
    "slice": lambda x: x[1:, :3],
    "slice with a step": lambda x: x[::2, 1::2],
    "ellipsis": lambda x: x[..., None, 0],
    "cat": lambda x: torch.cat((x, 2 * x[:1]), 0),
    "cat with itself": lambda x: torch.cat((x, x), 1),
    "stack": lambda x: torch.stack((x, x + 1), -1),
    "expand": lambda x: x[:, :1].expand(3, 5),
    "expand to more dimensions": lambda x: x.expand(2, 3, 4),
    "permute": lambda x: x.permute(1, 0),
    "transpose": lambda x: x.T + 0.5,
    "reshape": lambda x: x.reshape(2, 6),
    "flatten after transpose": lambda x: x.T.flatten(),
    "flip": lambda x: x.flip(1),
    "unbind": lambda x: x.unbind(1)[2],
    "split": lambda x: torch.cat(x.split((1, 3), 1)[::-1], 1),
    "chunk": lambda x: x.chunk(2, 1)[1],
    "repeat": lambda x: x.repeat(2, 1),
    "diagonal": lambda x: x.diagonal(),
    "pad": lambda x: F.pad(x, (1, 2)),
    "pad with a number": lambda x: F.pad(x, (0, 1), value=0.25),
    "pad with 1": lambda x: F.pad(x, (2, 0), value=1.0),
    "squeeze": lambda x: x[:1].squeeze(0).unsqueeze(1),
    "gather": lambda x: x.gather(1, torch.tensor([[0], [3], [1]])),
    "a move of a move": lambda x: x.T[1:].flip(0).reshape(-1)[::2],
    "broadcast": lambda x: x[:, :1] - x[:1],
    "outer difference": lambda x: (x[:, None] - x[None]).abs(),
}
REDUCTIONS = {
    "sum": lambda x: x.sum(),
    "sum of rows": lambda x: x.sum(0),
    "sum, kept": lambda x: x - x.sum(1, keepdim=True),
    "sum of the last": lambda x: x.sum(-1),
    "sum of both": lambda x: x.sum((0, 1), keepdim=True),
    "sum of one element": lambda x: x[:, :1].sum(1),
    "mean": lambda x: x.mean(),
    "mean, kept": lambda x: x / x.mean(0, keepdim=True),
    "amax": lambda x: x.amax(1),
    "amax, kept": lambda x: x - x.amax(-1, keepdim=True),
    "amin": lambda x: x.amin((0, 1)),
    "norm": lambda x: torch.linalg.vector_norm(x, dim=1),
    "matrix product": lambda x: x @ x.T,
    "running sum": lambda x: x.cumsum(0),
    "running sum up to infinity": lambda x: torch.where(x > 2, torch.inf, x).cumsum(1),
    "softmax": lambda x: x.softmax(1),
    "log softmax": lambda x: x.log_softmax(0),
    "logsumexp": lambda x: x.logsumexp(1),
}
ELEMENTWISE = {
    "add with a factor": lambda x: torch.add(x, x.flip(0), alpha=0.3),
    "sub with a factor": lambda x: torch.sub(x, x.flip(0), alpha=0.3),
    "a number minus": lambda x: 0.7 - x,
    "a number over": lambda x: 0.7 / x,
    "neutral numbers": lambda x: 1 * (x + 0) / 1 - 0,
    "reciprocal": lambda x: x.reciprocal(),
    "abs, sign": lambda x: x.abs() * x.sign(),
    "square": lambda x: x.square() + x**2,
    "cube": lambda x: x**3,
    "inverse square": lambda x: x**-2,
    "trigonometry": lambda x: x.sin() + x.cos() + x.atan(),
    "atan2": lambda x: torch.atan2(x, x.flip(0)),
    "tanh": lambda x: x.tanh(),
    "sinh": lambda x: x.sinh(),
    "cosh": lambda x: x.cosh(),
    "exp": lambda x: x.exp(),
    "expm1": lambda x: x.expm1(),
    "sigmoid": lambda x: x.sigmoid(),
    "log sigmoid": lambda x: F.logsigmoid(x),
    "softplus": lambda x: F.softplus(x),
    "softplus with a threshold": lambda x: F.softplus(10 * x, beta=2.0, threshold=3.0),
    "relu": lambda x: x.relu(),
    "clamp": lambda x: x.clamp(-0.3, 0.7),
    "clamp below": lambda x: x.clamp(min=0.1),
    "clamp above": lambda x: x.clamp(max=0.1),
    "clamp by tensors": lambda x: x.clamp(x.flip(0), 2 * x.flip(0).abs()),
    "minimum, maximum": lambda x: torch.minimum(x, x.flip(0)) * torch.maximum(x, x.flip(1)),
    "where": lambda x: torch.where(x > 0, x, -0.5),
    "comparisons": lambda x: (x >= x.flip(0)).double() + (x != 0) * 2 + (x < 0.2) * 4,
    "and, or, not": lambda x: torch.where(((x > 0) & (x < 1)) | ~(x > -1), x, 0),
    "floor": lambda x: x.floor(),
    "lerp": lambda x: torch.lerp(x, x.flip(0), 0.3),
    "addcmul": lambda x: torch.addcmul(x, x.flip(0), x, value=0.3),
    "is nan": lambda x: torch.where((x / 0 * 0).isnan(), 1.0, 2.0),
    "float and back": lambda x: x.float().double() * 0 + x,
}
POSITIVE = {
    "sqrt": lambda x: x.sqrt() + x.rsqrt(),
    "log": lambda x: x.log() + x.log1p(),
    "root by a power": lambda x: x**0.5,
    "power of a number": lambda x: 0.3**x,
    "power": lambda x: x ** x.flip(0),
    "odd power": lambda x: x**2.7,
}
REFUSED = {
    "erf": lambda x: x.erf(),
    "round": lambda x: x.round(),
    "sort": lambda x: x.sort(1).values,
    "var": lambda x: x.var(1),
    "leaky_relu": lambda x: F.leaky_relu(x, 0.1),
    "index_select": lambda x: x.index_select(0, torch.tensor([2, 0, 2])),
    "div": lambda x: torch.div(x, 0.3, rounding_mode="floor"),
}


@pytest.mark.parametrize("name", [*MOVES, *REDUCTIONS, *ELEMENTWISE, *POSITIVE])
def test_an_operation_is_what_torch_says(name):
    function = (MOVES | REDUCTIONS | ELEMENTWISE | POSITIVE)[name]
    assert_tape_follows_torch(lambda x: {"y": function(x)}, ARRAY, positive=name in POSITIVE)


@pytest.mark.parametrize("name", REFUSED)
def test_an_operation_that_the_player_lacks_is_refused_by_name(name):
    with pytest.raises(CannotBeTapedError, match=name):
        record(lambda x: {"y": REFUSED[name](x)}, ARRAY)


def test_a_move_costs_one_operation_whatever_the_size():
    small, large = (
        record(lambda x: {"y": (x.T.flip(0)[1:] * 2).sum(0, keepdim=True)}, {"x": (n, n)})
        for n in (3, 30)
    )
    assert [o[0] for o in small["operations"]] == [o[0] for o in large["operations"]]
    assert len(large["operations"]) <= 4


def test_constants_keep_all_digits():
    exact = {2 / math.pi, 0.1, 1 / 3}
    tape = record(
        lambda x: {"y": torch.where(x > 1 / 3, x * (2 / math.pi), x.clamp(min=0.1))}, {"x": ()}
    )
    assert exact <= {value for values in tape["constants"] for value in values}


def test_constants_travel_through_json_even_where_they_are_not_finite():
    tape = record(
        lambda x: {
            "y": torch.where(x > 1, x, math.inf),
            "z": torch.where(x > 1, x, -math.inf),
            "n": torch.where(x > 1, x, math.nan),
        },
        {"x": ()},
    )
    given = {"x": torch.linspace(-2, 4, TRIALS, dtype=torch.float64)}
    found = played(tape, given)
    assert found["y"][0] == math.inf
    assert found["z"][0] == -math.inf
    assert math.isnan(found["n"][0, 0])
    assert found["y"][-1] == found["z"][-1] == found["n"][-1] == 4


def test_signs_of_zero_are_two_constants():
    tape = record(lambda x: {"y": torch.where(x > 0, 0.0, -0.0)}, {"x": ()})
    found = played(tape, {"x": torch.tensor([1.0, -1.0] * 4, dtype=torch.float64)[:TRIALS]})
    assert np.signbit(found["y"][:2, 0]).tolist() == [False, True]


def names(tape):
    return [operation[0] for operation in tape["operations"]]


def test_what_is_the_same_is_computed_once():
    tape = record(
        lambda x: {"a": x.sqrt() + x.sqrt() * 0.5, "b": (x.sqrt() * 0.5).exp()}, {"x": (2,)}
    )
    assert names(tape).count("sqrt") == 1
    assert names(tape).count("mul") == 1
    constants = [tuple(values) for values in tape["constants"]]
    assert len(set(constants)) == len(constants)


def test_what_no_output_needs_is_dropped():
    def function(x, unused):
        x.exp().sum()
        return {"y": x.sqrt()}

    tape = record(function, {"x": (2,), "unused": (3,)})
    assert names(tape) == ["sqrt"]
    assert tape["constants"] == []
    assert tape["inputs"] == [["x", 2], ["unused", 3]], "inputs stay, the page sets them all"


def test_neutral_operations_are_dropped():
    tape = record(lambda x: {"y": ((x * 1 + 0) / 1 - 0)[:1].sum()}, {"x": (1,)})
    assert names(tape) == []
    assert tape["outputs"] == {"y": 0}


def test_registers_are_numbered_in_the_order_of_their_sizes():
    tape = record(lambda x: {"y": (x * 2).sum(), "z": x.exp()}, {"x": (3,)})
    assert len(tape["sizes"]) == sum(
        map(len, (tape[k] for k in ("inputs", "constants", "operations")))
    )
    assert tape["sizes"][tape["outputs"]["y"]] == 1
    assert tape["sizes"][tape["outputs"]["z"]] == 3
    for position, operation in enumerate(tape["operations"]):
        own = len(tape["inputs"]) + len(tape["constants"]) + position
        count = {"take": 1, "sum": 1, "amax": 1, "amin": 1}.get(operation[0])
        operands = operation[1 : None if count is None else 2]
        assert all(number < own for number in operands), "an operation reads what comes later"


def energy(x, stiffness):
    """A value that is not separable, with a detached factor and a kink."""
    value = stiffness * (x[0] * x[1]).sin() + x.exp().sum() * x[0].detach() + x.abs().sum()
    return {"value": value, "largest": x.amax()}


@pytest.mark.parametrize("order", [0, 1, 2])
def test_derivatives_are_those_of_autograd(order):
    shapes = {"x": (3,), "stiffness": ()}
    tape = record(energy, shapes, differentiate="x", order=order)
    assert [*tape["outputs"]] == ["value", "largest", "gradient", "curvature"][: 2 + order]
    given = inputs(shapes)
    found = played(tape, given)
    for trial in range(TRIALS):
        x, stiffness = given["x"][trial], given["stiffness"][trial]

        def value(point, stiffness=stiffness):
            return energy(point, stiffness)["value"]

        np.testing.assert_allclose(found["value"][trial], value(x), rtol=1e-13)
        leaf = x.clone().requires_grad_()
        (slope,) = torch.autograd.grad(value(leaf), leaf, create_graph=True)
        if order:
            np.testing.assert_allclose(found["gradient"][trial], slope.detach(), rtol=1e-12)
        if order == 2:
            rows = [torch.autograd.grad(part, leaf, retain_graph=True)[0] for part in slope]
            np.testing.assert_allclose(
                found["curvature"][trial], torch.stack(rows).flatten(), rtol=1e-11, atol=1e-12
            )


def test_the_second_derivative_of_a_number_is_a_number():
    tape = record(lambda x: {"value": x**4}, {"x": ()}, differentiate="x", order=2)
    found = played(tape, {"x": torch.full((TRIALS,), 0.5, dtype=torch.float64)})
    assert (found["gradient"][0, 0], found["curvature"][0, 0]) == (0.5, 3.0)


def test_the_gradient_of_cross_entropy_is_that_of_torch():
    def function(logits):
        return {"value": F.cross_entropy(logits[None], torch.tensor([1]), reduction="none")[0]}

    tape = record(function, {"logits": (4,)}, differentiate="logits", order=1)
    given = inputs({"logits": (4,)})
    expected = given["logits"].softmax(1) - torch.tensor([0.0, 1, 0, 0])
    np.testing.assert_allclose(played(tape, given)["gradient"], expected, rtol=1e-13, atol=1e-15)


def test_recording_twice_gives_the_same_tape():
    first, second = (
        record(energy, {"x": (3,), "stiffness": ()}, differentiate="x", order=1) for _ in "ab"
    )
    assert json.dumps(first) == json.dumps(second), "its address would change at every start"
