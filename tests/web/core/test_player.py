"""Every number that a stage can show is torch's: each tape, replayed in the browser, against torch.

The browser fetches the tapes from where the app serves them and replays all inputs at once, one a
lane. Torch calls the losses of the catalog eagerly and differentiates them by autograd; neither
`live.tape.record` nor a traced graph is involved on its side.
"""

import base64
import itertools
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Page

from catalog import CATALOG, Loss
from catalog.box_intermediates import CDIOU_LAMBDA
from live.assets import web_root
from live.documents.document import publish_tapes
from live.families import EVERY_PAGE
from live.tape import loss_tapes
from live.tape.context import CONTEXT
from live.tape.loss_tapes import cached_tapes
from live.tape.program import Program
from live.tape.tape_key import TapeKey
from tests.live.tape.interpreter import play
from tests.web.core.tape_inputs import Inputs, inputs

REPLAY = """async ({ player, replays, tapes, key, lanes, sent, precision, loops }) => {
  const { Replay } = await import(player);
  const { Replays } = await import(replays);
  const tape = new Replays(await (await fetch(tapes)).json()).find(key.name, key.where);
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const write = (values) => {
    const all = new Uint8Array(Float64Array.from(values).buffer);
    return btoa(Array.from(all, (byte) => String.fromCharCode(byte)).join(""));
  };
  const each = (record, change) =>
    Object.fromEntries(Object.entries(record).map(([name, item]) => [name, change(item, name)]));
  const values = each(sent, (text) => new Float64Array(bytes(text).buffer));

  const replay = new Replay(tape, { lanes, precision });
  for (const name in values) replay.lanesOf(name).set(values[name]);
  replay.run();
  const answers = each(tape.outputs, (_, name) => replay.get(name));

  const single = new Replay(tape, { precision });
  let unlike = 0;
  for (let lane = 0; lane < lanes; lane += Math.ceil(lanes / loops)) {
    for (const name in values) {
      const size = values[name].length / lanes;
      single.set(name, Array.from({ length: size }, (_, e) => values[name][e * lanes + lane]));
    }
    single.run();
    for (const name in answers) {
      unlike += Array.from(single.get(name))
        .filter((value, e) => !Object.is(value, answers[name][e * lanes + lane])).length;
    }
  }
  return { unlike, answers: each(answers, write) };
}"""

TRANSCENDENTAL = {"exp", "expm1", "log", "log1p", "pow", "sinh", "cosh", "tanh", "sigmoid"}
PLAYER = f"/{web_root()}/core/player.js"
REPLAYS = f"/{web_root()}/core/replays.js"


@cache
def programs(name: str) -> dict[TapeKey, Program]:
    """What the tapes of a family are made from; nothing is traced."""
    return EVERY_PAGE[name].programs()


def loss_of(key: TapeKey) -> Loss | None:
    """The loss that a tape is of: by its name, or among the conditions of what is drawn of it."""
    return CATALOG.get(key.name) or CATALOG.get(dict(key.where).get("loss"))


@cache
def taped(name: str) -> dict[TapeKey, tuple[Loss, dict[str, str]]]:
    """The loss and the options that a tape's key stands for, by the catalog."""
    found = {}
    for key, program in programs(name).items():
        loss, where = loss_of(key), dict(key.where)
        if loss is not None and program.function.__module__ == loss_tapes.__name__:
            options = {o.name: where[f"{loss.id}.{o.name}"] for o in loss.options}
            found[key] = (loss, options)
    return found


def differentiable(name: str, key: TapeKey) -> bool:
    """Whether a tape is that of a loss with its gradient."""
    return key in taped(name) and programs(name)[key].order > 0


OF_DIRECTIONS = {"cosine_embedding_loss", "info_nce_loss"}
COMPOSED = {"classification"}
"""Families whose tapes compose losses with what leads to them; they have their own file."""

TAPES = [(n, key) for n in EVERY_PAGE if n not in COMPOSED for key in programs(n)]
REGRESSION = [key for key in taped("regression") if differentiable("regression", key)]


def eager(name: str, key: TapeKey) -> Callable[..., dict[str, torch.Tensor]]:
    """The program of a tape, straight from the catalog where the tape is a loss."""
    if key not in taped(name):
        return lambda **tensors: dict(programs(name)[key].function(**tensors))
    loss, options = taped(name)[key]
    fixed = options | {keyword: CONTEXT[keyword] for keyword in loss.context}

    def outputs(**inputs: torch.Tensor) -> dict[str, torch.Tensor]:
        given = fixed | {p.name: inputs.pop(p.name) for p in loss.parameters}
        tensors = list(inputs.values())
        value = loss.call(*tensors, **given, reduction="none")
        return {**loss.intermediates(*tensors, **given), "value": value}

    return outputs


def torch_answers(
    name: str, key: TapeKey, given: Inputs, dtype=torch.float64
) -> dict[str, np.ndarray]:
    """Outputs and derivatives of every input, each `(count, elements)`."""
    program = programs(name)[key]
    tensors = {
        k: torch.tensor(values, dtype=dtype).reshape(-1, *program.shapes[k])
        for k, values in given.items()
    }
    function = eager(name, key)
    if program.order:
        leaf = tensors[program.differentiate].requires_grad_()
    outputs = torch.func.vmap(lambda t: function(**t))(tensors)
    if program.order:
        slopes = differentiated(outputs["value"], leaf, again=program.order == 2)
        outputs["gradient"] = slopes
        if program.order == 2:
            parts = slopes.reshape(len(slopes), -1).unbind(1)
            hessian = [differentiated(part, leaf).reshape(len(slopes), -1) for part in parts]
            outputs["curvature"] = torch.stack(hessian, 1)
    return {
        k: output.detach().to(dtype).reshape(len(output), -1).numpy()
        for k, output in outputs.items()
    }


def differentiated(values: torch.Tensor, leaf: torch.Tensor, again: bool = False) -> torch.Tensor:
    """Each value by its own input; zeros where it does not depend on it."""
    if not values.requires_grad:
        return torch.zeros_like(leaf)
    found = torch.autograd.grad(
        values.sum(), leaf, create_graph=again, retain_graph=True, allow_unused=True
    )
    return torch.zeros_like(leaf) if found[0] is None else found[0]


class Player:
    """The browser's player, on an empty page of the running app."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.precisions = page.evaluate("async (p) => (await import(p)).precisions", PLAYER)

    def __call__(
        self, name: str, key: TapeKey, given: Inputs, precision: str = "float64"
    ) -> dict[str, np.ndarray]:
        """The outputs of one tape, each `(count, elements)`."""
        lanes = len(next(iter(given.values())))
        found = self.page.evaluate(
            REPLAY,
            {
                "player": PLAYER,
                "replays": REPLAYS,
                "tapes": f"/{publish_tapes(name)}",
                "key": {"name": key.name, "where": dict(key.where)},
                "lanes": lanes,
                "loops": 40,
                "precision": precision,
                "sent": {
                    k: base64.b64encode(np.ascontiguousarray(v.T).tobytes()).decode()
                    for k, v in given.items()
                },
            },
        )
        assert found["unlike"] == 0, "many lanes at once say something else than one by one"
        return {
            k: np.frombuffer(base64.b64decode(text)).reshape(-1, lanes).T
            for k, text in found["answers"].items()
        }


@pytest.fixture(scope="module")
def replayed(browser, server) -> Iterator[Player]:
    page = browser.new_page()
    page.goto(f"{server}/_stcore/health")
    yield Player(page)
    page.close()


def disagreement(ours: np.ndarray, theirs: np.ndarray, scale: np.ndarray | float = 0) -> np.ndarray:
    """The relative difference of each row; infinite where one is not finite and the other is
    something else.

    Relative to the largest element of torch's vector, or to `scale` where that is larger: descent
    moves a box by its gradient as a whole, and an element that is 0 but for the rounding of its
    large neighbours has no digits of its own to agree on. A single number is compared with itself.
    """
    finite = np.isfinite(theirs)
    kinds = (finite & np.isfinite(ours)) | (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    known = np.where(finite, theirs, 0.0)
    scale = np.maximum(np.abs(known).max(1), scale)[:, None]
    difference = np.abs(np.where(finite & np.isfinite(ours), ours, known) - known)
    none = np.where(difference > 0, np.inf, 0.0)
    relative = np.divide(difference, scale, out=none, where=scale > 0)
    return np.where(kinds, relative, np.inf).max(1)


def scale_of_curvature(name: str, key: TapeKey, given: Inputs, gradient: np.ndarray) -> np.ndarray:
    """The slope over the size of the numbers it belongs to.

    A curvature is a difference of slopes. On an almost straight wall the slopes are equal to eight
    digits and more, so that torch's own curvature has only the other digits left (log-cosh takes
    1 − tanh²): what can agree is the curvature relative to the change that the slope is made of.
    """
    loss = loss_of(key)
    parameters = {p.name for p in loss.parameters} if loss else set()
    size = np.max([np.abs(v).max(1) for k, v in given.items() if k not in parameters], axis=0)
    return np.divide(np.abs(gradient).max(1), size, out=np.zeros(len(size)), where=size > 0)


def scale_of_gradient(leaf: np.ndarray, value: np.ndarray) -> np.ndarray | float:
    """For a sum over many elements: the value over the size of all that it depends on.

    The slope of a ratio of two sums is a difference of slopes. Where a mask is empty and its
    prediction full the two are equal to nine digits, and torch's own sums, taken in another order,
    leave only the other digits.
    """
    if leaf.shape[1] <= 16:
        return 0
    size = np.abs(leaf).sum(1)
    known = np.where(np.isfinite(value), np.abs(value), 0).max(1)
    return np.divide(known, size, out=np.zeros(len(size)), where=size > 0)


def scale_of_spectrum(output: str, theirs: dict[str, np.ndarray]) -> np.ndarray | float:
    """For singular values the largest: torch's own have no other digits. For a gradient how much
    the directions turn with the last digits of the matrix: the more, the closer a singular value
    lies to another or to 0.
    """
    if output not in ("sigma1", "sigma2", "sigma3", "gradient"):
        return 0
    values = np.concatenate([theirs[f"sigma{k}"] for k in (1, 2, 3)], 1)
    largest = values[:, 0]
    if output != "gradient":
        return largest
    apart = np.concatenate([values, values[:, :-1] - values[:, 1:]], 1)
    apart = np.where(apart > 1e-14 * values[:, :1], apart, np.inf).min(1)
    return np.divide(largest, apart, out=np.ones(len(largest)), where=largest > 0)


def scale_of_directions(key: TapeKey, given: Inputs) -> np.ndarray | float:
    """For what depends on directions alone: a gradient before its part along the vector is taken
    out. Where nothing else is left, as for vectors of one direction, the rest has no digits; what
    it is depends on the last digit of a root, which processors do not agree on.
    """
    if key.name == "circle":
        return np.abs(given["gradient"]).max(1)
    if key.name not in OF_DIRECTIONS:
        return 0
    lengths = np.hypot(given["prediction"][:, ::2], given["prediction"][:, 1::2])
    shortest = np.where(lengths > 0, lengths, np.inf).min(1)
    return 1 / shortest


def drawn(name: str, key: TapeKey) -> Inputs:
    shapes = programs(name)[key].shapes
    return inputs(name, shapes, loss_of(key), np.random.default_rng(seed=len(key.name)))


@pytest.mark.parametrize(("name", "key"), TAPES, ids=str)
def test_the_browser_says_what_torch_says(replayed, name, key):
    given, program = drawn(name, key), programs(name)[key]
    ours, theirs = replayed(name, key, given), torch_answers(name, key, given)
    assert ours.keys() == theirs.keys()
    for output, expected in theirs.items():
        scale = 0
        if output == "curvature":
            scale = scale_of_curvature(name, key, given, theirs["gradient"])
        if output == "gradient" and program.order:
            scale = scale_of_gradient(given[program.differentiate], theirs["value"])
        if "sigma1" in theirs:
            scale = scale_of_spectrum(output, theirs)
        if name == "embeddings" and output == "gradient":
            scale = scale_of_directions(key, given)
        if output == "metric":  # λ (1 − diou) is a difference from 1, with the digits that λ has
            scale = CDIOU_LAMBDA
        worst = disagreement(ours[output], expected, scale)
        place = worst.argmax()
        where = {k: np.round(v[place][:9], 12).tolist() for k, v in given.items()}
        pair = ours[output][place][:9], expected[place][:9]
        assert worst[place] <= 1e-12, f"{output}: browser and torch say {pair} at {where}"


@pytest.mark.parametrize(
    ("name", "key"), [(n, k) for n, k in TAPES if differentiable(n, k)], ids=str
)
def test_one_call_of_a_loss_says_what_many_at_once_say(name, key):
    """Guards the reference itself: as the page's answer is made, with plain numbers for parameters
    and without vmap."""
    given = drawn(name, key)
    expected = torch_answers(name, key, given)
    loss, options = taped(name)[key]
    program = programs(name)[key]
    fixed = options | {keyword: CONTEXT[keyword] for keyword in loss.context}
    numbers = {parameter.name for parameter in loss.parameters}
    for place in range(0, len(expected["value"]), 97):
        tensors = {
            k: torch.tensor(v[place]).reshape(program.shapes[k])
            for k, v in given.items()
            if k not in numbers
        }
        leaf = tensors[program.differentiate].requires_grad_()
        settings = {k: given[k][place].item() for k in numbers} | fixed
        value = loss.call(*tensors.values(), **settings)
        ours = {
            "value": value.detach().reshape(1, 1).numpy(),
            "gradient": differentiated(value, leaf).reshape(1, -1).numpy(),
        }
        for output, found in ours.items():
            assert disagreement(found, expected[output][[place]]) <= 1e-13, (output, place)


@pytest.mark.parametrize("name", sorted(EVERY_PAGE.keys() - COMPOSED))
def test_a_tape_stands_for_every_loss_and_every_choice_of_its_options(name):
    found = {(loss.id, *options.values()) for loss, options in taped(name).values()}
    for loss in EVERY_PAGE[name].losses:
        choices = itertools.product(*(option.choices for option in loss.options))
        wanted = {(loss.id, *choice) for choice in choices}
        assert wanted == {entry for entry in found if entry[0] == loss.id}


def moderate(name: str, key: TapeKey, dtype: Any) -> Inputs:
    """The inputs that a hand can set, rounded to `dtype`."""
    given = drawn(name, key)
    within = np.all([np.abs(v).max(1) <= 100 for v in given.values()], axis=0)
    return {k: v[within].astype(dtype).astype(np.float64) for k, v in given.items()}


@pytest.mark.parametrize("key", REGRESSION, ids=str)
def test_a_replay_in_float32_is_torch_in_float32(replayed, key):
    """To four units in the last place: a tape rounds after every operation, a kernel of torch may
    round once, and their tanh and log1p differ in the last place."""
    given = moderate("regression", key, np.float32)
    ours = replayed("regression", key, given, precision="float32")
    theirs = torch_answers("regression", key, given, torch.float32)
    for output in ("value", "gradient"):
        worst = disagreement(ours[output], theirs[output].astype(np.float64))
        assert worst.max() <= 4 * np.finfo(np.float32).eps, output
        assert (ours[output] == ours[output].astype(np.float32)).all()


@pytest.mark.parametrize("precision", ["float32", "float16"])
@pytest.mark.parametrize("key", REGRESSION, ids=str)
def test_a_replay_rounds_after_every_operation(replayed, key, precision):
    """The same tape in numpy's arithmetic of that precision: to the bit where all operations round
    correctly, as IEEE 754 asks of + − × ÷ √; exp, log and tanh may differ in the last place, and
    what follows makes more of it."""
    if precision not in replayed.precisions:
        pytest.skip(f"this browser has no {precision}")
    dtype = np.dtype(precision)
    given = moderate("regression", key, dtype)
    ours = replayed("regression", key, given, precision=precision)
    tapes = cached_tapes("regression", programs("regression"))
    wanted = (key.name, dict(key.where))
    tape = next(tape for tape in tapes if (tape["name"], tape["where"]) == wanted)
    theirs = play(tape, {k: v.T for k, v in given.items()}, dtype)
    transcendental = {name for name, *_ in tape["operations"]} & TRANSCENDENTAL
    for output in ("value", "gradient"):
        expected = theirs[output].T.astype(np.float64)
        worst = disagreement(ours[output], expected).max()
        assert worst <= (100 * np.finfo(dtype).eps if transcendental else 0), output
    exact = torch_answers("regression", key, given)["value"]
    assert (ours["value"] != exact).mean() > 0.3, "nothing was rounded"


def test_a_precision_that_the_browser_lacks_is_refused_by_name(browser, server):
    page = browser.new_page()
    page.goto(f"{server}/_stcore/health")
    told = page.evaluate(
        """async (player) => {
          delete globalThis.Float16Array;
          const { Replay, precisions } = await import(player);
          const tape = { sizes: [], inputs: [], constants: [], operations: [], outputs: {} };
          const told = [precisions];
          for (const precision of ["float16", "bfloat16"]) {
            try { new Replay(tape, { precision }); } catch (error) { told.push(error.message); }
          }
          return told;
        }""",
        PLAYER,
    )
    page.close()
    assert told == [
        ["float64", "float32"],
        "precision float16 is not one of float64, float32",
        "precision bfloat16 is not one of float64, float32",
    ]
