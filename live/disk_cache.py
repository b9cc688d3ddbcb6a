"""What takes seconds to compute and never changes until the code does, kept on disk.

A result is kept under a key that stands for all that it depends on, so a second start computes
nothing, and a change of a loss forgets what it made wrong.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cache
from pathlib import Path
from typing import Any

import torch
from filelock import FileLock

ROOT = Path(__file__).parent.parent
MISSING = object()
ROOM = 2**25
"""Bytes that all results together may take."""


def cached(name: str, key: str, compute: Callable[[], Any]) -> Any:
    """A result as JSON knows it: from the disk if it is there, else computed and kept.

    Args:
        name: What the result is; one file for each name and key.
        key: Stands for all that the result depends on.
        compute: Computes it.
    """
    path = _path(name, key)
    known = _read(path)
    if known is MISSING:
        with _alone(path.parent / f"{name}.lock"):
            known = _read(path)  # another process may have computed it while this one waited
            if known is MISSING:
                known = compute()
                _keep(path, json.dumps(known))
    return known


def is_cached(name: str, key: str) -> bool:
    """Whether the result lies on the disk."""
    return _path(name, key).exists()


@cache
def digest_of(sources: tuple[Path, ...]) -> str:
    """A key for what depends on files and folders: one hash of all of them, and of torch's version,
    as they are at the start."""
    files = {file for source in sources for file in (source, *source.rglob("*")) if file.is_file()}
    digest = hashlib.sha256(torch.__version__.encode())
    for file in sorted(file for file in files if "__pycache__" not in file.parts):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def trouble() -> str | None:
    """Why results cannot be kept; None where they can."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder()) as probe:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(probe.fileno(), 0, ROOM)
            else:
                probe.write(bytes(ROOM))
    except OSError as error:
        return error.strerror or str(error)
    return None


def folder() -> Path:
    """Where results are kept: LOSS_LAB_CACHE, by default `.cache` of the checkout."""
    return Path(os.environ.get("LOSS_LAB_CACHE") or ROOT / ".cache")


def _read(path: Path) -> Any:
    """What a file holds, if it is whole: the first line is the hash of the rest."""
    try:
        seal, _, text = path.read_text().partition("\n")
    except FileNotFoundError:
        return MISSING
    except (OSError, ValueError):
        seal, text = "unreadable", ""
    if seal != _seal(text):
        print(f"  {path} is damaged; it is made anew.", flush=True)
        return MISSING
    return json.loads(text)


def _alone(lock: Path) -> AbstractContextManager:
    """Keeps two processes from computing the same thing side by side; a process that dies lets go.
    A read-only installation has nothing to share."""
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(lock).acquire()
    except OSError:
        return nullcontext()


def _path(name: str, key: str) -> Path:
    return folder() / f"{name}-{key}.kept"


def _keep(path: Path, text: str) -> None:
    """Write the file whole or not at all; where that cannot be, `trouble` says why."""
    unfinished = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(f"{_seal(text)}\n{text}")
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
