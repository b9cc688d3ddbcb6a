"""Code that stands on its own prints the number on the screen, and is made from `losses`."""

import json
import os
import subprocess
import sys

import pytest

from live.families import PAGES
from live.families.page_tables import table
from live.families.portable import FOLDER, MINED, definitions, keras_program, torch_program
from live.state.rows import Choice
from tests.live.families.test_snippets import LOSSES, moved, numbers, run
from tools.portable.__main__ import write_all
from tools.portable.code import FUNCTIONS


def snippets(name, loss):
    start = table(name).start()
    view = table(name).rows.get("view")
    views = view.choices if isinstance(view, Choice) else ()
    mining = table(name).rows.get("mining")
    mined = [
        {**start, "arrangement": "cloud", "mining": choice, f"{loss.id}.distance": distance}
        for choice in (mining.choices if isinstance(mining, Choice) else ())
        for distance in ("squared", "euclidean")
        if loss.id == "triplet_loss"
    ]
    for state in (start, moved(name, 1), *({**start, "view": choice} for choice in views), *mined):
        yield PAGES[name].snippet(loss, {**state, "loss": loss.id, "losses": (loss.id,)})


@pytest.mark.parametrize(("name", "loss"), LOSSES)
def test_code_that_needs_only_torch_prints_what_the_snippet_prints(name, loss):
    for snippet in snippets(name, loss):
        program = torch_program(snippet)
        assert "\nfrom losses" not in program
        expected, printed = numbers(run(snippet)), numbers(run(program))
        assert printed == pytest.approx(expected, rel=1e-6, abs=1e-6, nan_ok=True)


WITHOUT_CLASS = {
    "zero_one_loss",
    "self_information",
    "entropy",
    "pairwise_distance",
    "hamming_distance",
    "hamming_count",
    "l1_penalty",
    "l2_penalty",
}


RUN_ALL = """
import json, sys
from tests.live.families.test_snippets import run
printed = [run(program) for program in json.load(sys.stdin)]
json.dump(printed, sys.stdout)
"""


def printed_by(programs):
    """What each prints, from a process of their own: Keras brings a handler of logs that closes the
    stream it was imported under, which is pytest's, once a server configures its logs."""
    done = subprocess.run(
        [sys.executable, "-c", RUN_ALL],
        input=json.dumps(programs),
        env={**os.environ, "KERAS_BACKEND": "torch"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_classes_of_keras_print_it_too():
    without, cases = set(), []
    for name, loss in (one.values for one in LOSSES):
        for snippet in snippets(name, loss):
            program = keras_program(snippet)
            if program is None:
                without.add(loss.id)
            else:
                cases.append((loss.id, snippet, program))
    found, given, programs = zip(*cases, strict=True)
    for loss_id, snippet, text in zip(found, given, printed_by(programs), strict=True):
        expected = pytest.approx(numbers(run(snippet)), rel=2e-6, abs=2e-6, nan_ok=True)
        assert numbers(text) == expected, loss_id
    assert without - set(found) == WITHOUT_CLASS  # Gaussians have no class, bars have


BATCH = """
import torch

from losses import {function}

torch.manual_seed({seed})
points = torch.randn(12, 3, dtype=torch.float64, requires_grad=True)
labels = torch.tensor({labels})
loss = {function}(points, labels, margin=0.5, distance="{distance}")
loss.backward()
print(loss.item(), *(f"{{slope:.6f}}" for slope in points.grad.flatten()))
"""


def test_what_mines_a_batch_counts_only_anchors_that_have_a_triplet():
    """One sample of a class has no positive; a batch of one class has no negative."""
    alone, none = [0, 0, 0, 1, 1, 1, 1, 2, 3, 3, 4, 4], [0] * 12
    snippets = [
        BATCH.format(function=function, seed=seed, labels=labels, distance=distance).lstrip()
        for function in MINED
        for distance in ("squared", "euclidean")
        for seed, labels in ((1, alone), (2, alone), (3, none))
    ]
    expected = [pytest.approx(numbers(run(snippet)), rel=2e-6, abs=2e-6) for snippet in snippets]
    assert [numbers(run(torch_program(snippet))) for snippet in snippets] == expected
    assert [numbers(text) for text in printed_by([*map(keras_program, snippets)])] == expected


def test_the_files_are_what_the_tool_makes(tmp_path):
    write_all(tmp_path)
    made, kept = (
        {path.relative_to(folder): path.read_text("utf-8") for path in folder.glob("*/*.txt")}
        for folder in (tmp_path, FOLDER)
    )
    assert kept == made, "run `python -m tools.portable`"


def test_every_loss_has_its_file():
    assert [name for name in FUNCTIONS if definitions("torch", name) is None] == []
