"""What is kept on disk is computed once, forgotten with its sources, and never half written."""

import errno
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from live import disk_cache as module
from live.disk_cache import cached, digest_of, is_cached, trouble


@pytest.fixture
def sources(tmp_path, monkeypatch):
    """A folder of sources, and a `.cache` beside it."""
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setenv("LOSS_LAB_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "loss.py").write_text("one")
    digest_of.cache_clear()
    yield (folder,)
    digest_of.cache_clear()


def changed():
    digest_of.cache_clear()  # a process reads its sources once; this stands for the next one


def never():
    pytest.fail("computed again")


def test_a_second_start_computes_nothing(sources):
    assert not is_cached("tapes", digest_of(sources))
    assert cached("tapes", digest_of(sources), lambda: {"a": [1.5]}) == {"a": [1.5]}
    assert is_cached("tapes", digest_of(sources))
    assert cached("tapes", digest_of(sources), never) == {"a": [1.5]}
    assert cached("reveals", digest_of(sources), lambda: 2) == 2


@pytest.mark.parametrize("change", ["edit", "add", "rename"])
def test_a_change_of_the_sources_forgets(sources, change):
    cached("tapes", digest_of(sources), lambda: 1)
    file = sources[0] / "loss.py"
    if change == "edit":
        file.write_text("two")
    elif change == "add":
        (sources[0] / "other.py").write_text("one")
    else:
        file.rename(sources[0] / "renamed.py")
    changed()
    assert cached("tapes", digest_of(sources), lambda: 2) == 2


def test_what_python_compiles_is_no_source(sources):
    cached("tapes", digest_of(sources), lambda: 1)
    (sources[0] / "__pycache__").mkdir()
    (sources[0] / "__pycache__" / "loss.pyc").write_text("compiled")
    changed()
    assert cached("tapes", digest_of(sources), never) == 1


@pytest.mark.parametrize(
    "found",
    ["", "{", "[]", "null", '{"other": 1}', f"{'0' * 64}\n1", "\0" * 40],
    ids=["empty", "half", "a list", "null", "another shape", "another seal", "zeros"],
)
def test_a_damaged_file_is_named_and_made_anew(sources, tmp_path, found, capsys):
    """Whatever JSON is in it: only what was sealed is believed."""
    cached("tapes", digest_of(sources), lambda: 1)
    file = next((tmp_path / "cache").glob("*.kept"))
    file.write_text(found)
    assert cached("tapes", digest_of(sources), lambda: 2) == 2
    assert str(file) in capsys.readouterr().out
    assert cached("tapes", digest_of(sources), never) == 2
    assert capsys.readouterr().out == ""


def test_a_file_that_is_no_text_is_made_anew(sources, tmp_path):
    cached("tapes", digest_of(sources), lambda: 1)
    next((tmp_path / "cache").glob("*.kept")).write_bytes(b"\xff\xfe\0")
    assert cached("tapes", digest_of(sources), lambda: 2) == 2


def test_a_disk_that_fills_up_leaves_no_half_file(sources, tmp_path, monkeypatch):
    def full(self, text):
        Path.write_bytes(self, b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert cached("tapes", digest_of(sources), lambda: 1) == 1
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] in ([], [".lock"])


def test_why_nothing_can_be_kept_is_told(sources, tmp_path, monkeypatch):
    assert trouble() is None
    assert not any((tmp_path / "cache").iterdir())
    monkeypatch.setattr(module, "ROOM", 2**60)
    assert trouble() in ("No space left on device", "File too large")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LOSS_LAB_CACHE", str(tmp_path / "file" / "cache"))
    assert trouble() == "Not a directory"


def test_a_folder_that_cannot_be_written_does_no_harm(sources, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LOSS_LAB_CACHE", str(tmp_path / "file" / "cache"))
    assert cached("tapes", digest_of(sources), lambda: 1) == 1
    assert cached("tapes", digest_of(sources), lambda: 2) == 2


def test_two_processes_do_not_compute_the_same_thing(sources, tmp_path):
    """The second waits for the first; a thread stands for it."""
    begun, go_on = threading.Event(), threading.Event()

    def slow():
        begun.set()
        assert go_on.wait(30)
        return 7

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(cached, "number", digest_of(sources), slow)
        assert begun.wait(30)
        second = threads.submit(cached, "number", digest_of(sources), never)
        go_on.set()
        assert (first.result(), second.result()) == (7, 7)
