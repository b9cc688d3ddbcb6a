"""`docs/losses.md` is made from the docstrings, and what it says of torch is so."""

import re

import pytest
import torch

import losses
from losses.modules.form import is_loss
from tools.coming_from_torch import TORCH, Difference
from tools.loss_reference import COMMAND, FILE, PER_SAMPLE, START, families, functions, text


def test_the_reference_is_that_of_the_docstrings() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), f"write it anew: {COMMAND}"


def test_every_loss_and_every_class_stands_in_a_table() -> None:
    listed = [one.__name__ for family in families() for one in functions(family)]
    assert sorted(listed) == sorted(n for n in losses.__all__ if is_loss(getattr(losses, n)))
    said = FILE.read_text(encoding="utf-8")
    for name in losses.__all__:
        if name != "LossModule":
            assert re.search(rf"`{name}[`(]", said), name


def test_a_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    rows: list[str] = []
    for line in [*FILE.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("|"):
            rows.append(line)
        elif rows:
            cells = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
            assert len(cells) == 1, rows[0]
            rows = []


@pytest.mark.parametrize("code", [START, PER_SAMPLE])
def test_its_code_runs(code: str) -> None:
    exec(compile(code, str(FILE), "exec"), {"__name__": "__main__"})


@pytest.mark.filterwarnings("ignore:Using a target size")
@pytest.mark.parametrize("one", TORCH, ids=lambda one: one.ours)
def test_what_it_says_of_torch_is_so(one: Difference) -> None:
    theirs, ours = one.same()
    torch.testing.assert_close(ours, theirs)
    if one.apart:
        they_give, their_value, we_give, our_value = one.apart
        for give, value in ((they_give, their_value), (we_give, our_value)):
            torch.testing.assert_close(
                give(), torch.full_like(give(), value), rtol=1e-4, atol=1e-6, equal_nan=True
            )
