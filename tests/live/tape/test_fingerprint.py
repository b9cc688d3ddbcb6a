"""A tape is recorded again when anything changes that it depends on, and only then."""

import functools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from live.disk_cache import ROOT
from live.families import EVERY_PAGE
from live.tape.fingerprint import Fingerprints
from live.tape.program import Program

SCALE = 2.0
PRINT = """
import json
from live.families import EVERY_PAGE
from live.tape.fingerprint import Fingerprints
found = {}
for name, page in EVERY_PAGE.items():
    programs = page.programs()
    fingerprints = Fingerprints({key: program.parts for key, program in programs.items()})
    found |= {f"{name}/{key}": fingerprints[key] for key in programs}
print(json.dumps(found))
"""


def of(function, shapes=None, **given) -> str:
    return Fingerprints({"it": Program(function, shapes or {"x": ()}, **given).parts})["it"]


def helper(x: torch.Tensor) -> torch.Tensor:
    return SCALE * x


def root(x: torch.Tensor) -> dict[str, torch.Tensor]:
    """Any words."""
    return {"value": helper(x)}


def made(factor: float):
    return lambda x: {"value": factor * x}


@functools.cache
def count() -> int:
    return 3


def counted(x: torch.Tensor) -> dict[str, torch.Tensor]:
    return {"value": x * count()}


def endless(x: torch.Tensor) -> dict[str, torch.Tensor]:
    return endless(helper(x))


def importing(x: torch.Tensor) -> dict[str, torch.Tensor]:
    import math

    return {"value": x * math.pi}


def test_the_same_program_has_the_same_fingerprint():
    assert of(root) == of(root)
    assert of(made(1.0)) == of(made(1.0))
    assert of(endless) == of(endless)


@pytest.mark.parametrize(
    "change",
    [
        ("SCALE", 3.0),
        ("helper", lambda x: SCALE + x),
        ("helper", lambda x, more=1: SCALE * x),
        ("helper", functools.partial(helper)),
        ("helper", torch.neg),
        ("SCALE", torch.tensor(2.0)),
    ],
    ids=["number", "function", "default", "partial", "built-in", "tensor"],
)
def test_a_helper_that_changes_is_seen(monkeypatch, change):
    before = of(root)
    monkeypatch.setattr(sys.modules[__name__], *change)
    assert of(root) != before


def test_closures_defaults_shapes_and_derivatives_are_seen():
    programs = [
        of(made(1.0)),
        of(made(2.0)),
        of(made(1.0), {"x": (2,)}),
        of(made(1.0), {"y": ()}),
        of(made(1.0), differentiate="x"),
        of(made(1.0), differentiate="x", order=1),
    ]
    assert len(set(programs)) == len(programs)


def test_what_a_cache_or_a_decorator_wraps_is_seen(monkeypatch):
    before = of(counted)
    monkeypatch.setattr(sys.modules[__name__], "count", functools.cache(lambda: 4))
    assert of(counted) != before
    first, second = (
        torch.no_grad()(function) for function in (lambda x: {"value": x}, lambda x: {"value": -x})
    )
    assert of(first) != of(second)


def test_what_is_not_understood_counts_as_all_sources(monkeypatch):
    programs = {
        "local import": importing,
        "unknown object": functools.partial(root, x=Path()),
        "plain": root,
    }
    assert Fingerprints(programs).unfamiliar().keys() == {"local import", "unknown object"}
    before = {key: Fingerprints(programs)[key] for key in programs}
    monkeypatch.setattr("live.tape.fingerprint.digest_of", lambda sources: "another state")
    after = {key: Fingerprints(programs)[key] for key in programs}
    changed = {key for key in programs if before[key] != after[key]}
    assert changed == {"local import", "unknown object"}


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_program_is_understood(name):
    """Otherwise it would be recorded again with every change of any file."""
    programs = {key: program.parts for key, program in EVERY_PAGE[name].programs().items()}
    fingerprints = Fingerprints(programs)
    assert fingerprints.unfamiliar() == {}
    assert len({fingerprints[key] for key in programs}) == len(programs)


def after(tmp_path: Path, edits: list[tuple[str, str, str]]) -> set[str]:
    """The tapes that edits of the sources, each (file, old text, new text), forget."""
    folder = tmp_path / "tree"
    for name in ("losses", "catalog", "experiments", "live", "content"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("web", "__pycache__")
        )
    (folder / "live" / "web").mkdir()
    for file, old, new in edits:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{file} no longer holds {old!r}"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PRINT], cwd=folder, capture_output=True, text=True, check=True
    )
    now = json.loads(done.stdout)
    before = {}
    for name, page in EVERY_PAGE.items():
        programs = {key: program.parts for key, program in page.programs().items()}
        fingerprints = Fingerprints(programs)
        before |= {f"{name}/{key}": fingerprints[key] for key in programs}
    assert before.keys() == now.keys()
    return {key for key in now if now[key] != before[key]}


def test_a_change_of_one_loss_forgets_its_tapes_and_no_others(tmp_path):
    """Words, colours and formulas of others change at the same time, and forget nothing."""
    forgotten = after(
        tmp_path,
        [
            (
                "losses/regression/smooth.py",
                "+ width * width",
                "+ 1 * width * width",
            ),  # charbonnier_loss
            ("losses/regression/smooth.py", '"""', '"""Other words. '),
            ("losses/boxes/overlap.py", "def iou_loss", "# Another comment.\n\n\ndef iou_loss"),
            ("catalog/boxes.py", 'look="blue"', 'look="slate"'),
            ("catalog/classification.py", r"\frac{\varepsilon}{K}", r"\tfrac{\varepsilon}{K}"),
        ],
    )
    assert forgotten == {f"regression/charbonnier_loss derivatives={order}" for order in (0, 2)}


def test_a_change_of_what_all_losses_share_forgets_them_all(tmp_path):
    weighted, otherwise = "0, loss) * weight", "0, loss) * (1 * weight)"
    forgotten = after(tmp_path, [("losses/reduction.py", weighted, otherwise)])
    for page in EVERY_PAGE.values():
        for loss in page.losses:
            keys = [key for key in page.programs() if key.name == loss.id]
            assert {f"{page.name}/{key}" for key in keys} <= forgotten
