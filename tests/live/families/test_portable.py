"""Code that stands on its own prints the number on the screen, and is made from `losses`."""

import json
import os
import subprocess
import sys

import pytest

from live.families import PAGES
from live.families.page_tables import table
from live.families.portable import FOLDER, definitions, keras_program, torch_program
from live.state.rows import Choice
from tests.live.families.test_snippets import LOSSES, moved, numbers, run
from tools.portable.__main__ import write_all
from tools.portable.code import FUNCTIONS


def snippets(name, loss):
    start = table(name).start()
    view = table(name).rows.get("view")
    views = view.choices if isinstance(view, Choice) else ()
    for state in (start, moved(name, 1), *({**start, "view": choice} for choice in views)):
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


def test_the_files_are_what_the_tool_makes(tmp_path):
    write_all(tmp_path)
    made, kept = (
        {path.relative_to(folder): path.read_text("utf-8") for path in folder.glob("*/*.txt")}
        for folder in (tmp_path, FOLDER)
    )
    assert kept == made, "run `python -m tools.portable`"


def test_every_loss_has_its_file():
    assert [name for name in FUNCTIONS if definitions("torch", name) is None] == []
