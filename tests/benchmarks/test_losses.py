"""The benchmark of the losses runs where no rival but torch is installed."""

import sys

import pytest

from benchmarks import losses as benchmark
from benchmarks.loss_peers import PEERS


def test_it_prints_a_table_of_every_loss(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    options = "--pairs 64 --repeats 1 --device cpu --no-compile"
    monkeypatch.setattr(sys, "argv", ["losses", *options.split()])
    benchmark.main()
    said = capsys.readouterr().out
    assert f"torch {benchmark.torch.__version__}" in said
    rows = [line.split("|")[1:-1] for line in said.splitlines() if line.startswith("|")]
    assert {len(row) for row in rows} == {7}
    for name in benchmark.TASKS:
        for dtype in benchmark.DTYPES:
            own = [row[2].strip() for row in rows if [x.strip() for x in row[:2]] == [name, dtype]]
            assert own[0].startswith("floor")
            assert "ours" in own


def test_every_loss_has_its_peers() -> None:
    assert PEERS.keys() == benchmark.TASKS.keys()
