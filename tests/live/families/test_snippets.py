"""The code to copy runs, and prints the number on the screen."""

import contextlib
import io
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from catalog import family
from live.families import PAGES
from live.families.page_tables import table
from live.state.rows import Box, Choice, Number

ROOT = Path(__file__).parents[3]
LOSSES = [
    pytest.param(name, loss, id=f"{name}-{loss.id}") for name in PAGES for loss in family(name)
]


def moved(name, seed):
    """A state with other numbers and other choices, as hands would leave it."""
    chance = random.Random(seed)
    state = table(name).start()
    for key, row in table(name).rows.items():
        match row:
            case Number():
                state[key] = round(chance.uniform(row.low, row.high), 3)
            case Choice() if key not in ("scene", "loss", "view"):
                state[key] = chance.choice(row.choices)
            case Box():
                x, y = chance.uniform(0, 3), chance.uniform(0, 2)
                state[key] = (x, y, x + chance.uniform(1, 5), y + chance.uniform(1, 4))
    return table(name).check(state)[0]


def states(name):
    yield table(name).start()
    for seed in (1, 2):
        yield moved(name, seed)
    for key, row in table(name).rows.items():  # every form of the page
        if isinstance(row, Choice) and key in ("coordinates", "view"):
            for choice in row.choices:
                yield {**moved(name, 3), key: choice}


def run(code):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "snippet", "exec"), {"__name__": "__main__"})
    return printed.getvalue()


def numbers(text):
    return [float(n) for n in re.findall(r"-?\d+\.?\d*(?:e[-+]?\d+)?|-?inf|nan", text)]


@pytest.mark.parametrize(("name", "loss"), LOSSES)
def test_a_snippet_prints_what_torch_answers(name, loss):
    for state in states(name):
        state = {**state, "loss": loss.id, "losses": (loss.id,)}
        answer = PAGES[name].answer(state)
        printed = numbers(run(PAGES[name].snippet(loss, state)))
        if "fit" in answer:  # the view shows a fit in the losses' place
            assert printed == pytest.approx([*answer["fit"]["values"].values()], abs=2e-6)
            continue
        value, *rest = printed
        expected = answer["values"][loss.id]
        # Six decimals are printed, and the snippet's inputs are written with six.
        assert value == pytest.approx(float(expected), rel=2e-5, abs=2e-6)
        # Behind the value stands the gradient, or what a view without one has searched for.
        behind = answer["gradients"][loss.id] or answer["found"][loss.id]
        finite = [pair for pair in zip(rest, behind, strict=True) if isinstance(pair[1], float)]
        assert finite == [(pytest.approx(b, rel=1e-3, abs=1e-4), b) for _, b in finite]


@pytest.mark.parametrize("name", PAGES)
def test_a_snippet_runs_as_a_program_of_its_own(name, tmp_path):
    """Pasted into a file and run from the checkout, as the page says."""
    loss, state = family(name)[0], table(name).start()
    program = tmp_path / "snippet.py"
    program.write_text(PAGES[name].snippet(loss, state), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, program],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stderr == ""
    assert numbers(done.stdout)[0] == pytest.approx(
        PAGES[name].answer(state)["values"][loss.id], abs=2e-6
    )


@pytest.mark.parametrize(("name", "loss"), LOSSES)
def test_a_snippet_says_every_keyword_and_imports_nothing_it_does_not_use(name, loss):
    code = PAGES[name].snippet(loss, table(name).start())
    for keyword, default in loss.defaults().items():
        assert f"{keyword}={json.dumps(default)}" in code
    imported = re.findall(r"^from losses import (.+)$", code, re.MULTILINE)
    assert imported
    for function in ", ".join(imported).split(", "):
        assert len(re.findall(rf"\b{function}\b", code)) >= 2
    assert all(len(line) <= 100 for line in code.splitlines())
