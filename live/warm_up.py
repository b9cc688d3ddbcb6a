"""`python -m live.warm_up`: make ready whatever the first visitor would have to wait for.

The server does it when it starts; an image does it beforehand, once.
`python -m live.warm_up boxes regression` does it for these pages only.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from functools import cache

import torch

from live.disk_cache import ROOT, folder, trouble
from live.documents.addresses import fetched, searched
from live.documents.cards import publish_cards
from live.documents.formula_sheet import publish_formula_sheet
from live.families import EVERY_PAGE
from live.modules import HOME
from live.tape.loss_tapes import tapes_are_cached
from live.words.text import LANGUAGES


@cache
def warm_up() -> None:
    """Publish what every page fetches, in every language; once, whoever asks.

    What is not kept on disk yet is computed side by side, in a process for each core.
    """
    missing = [
        name for name, page in EVERY_PAGE.items() if not tapes_are_cached(name, page.programs())
    ]
    problem = trouble() if missing else None
    if problem:
        print(f"  Nothing can be kept in {folder()} ({problem}): recorded anew with every start.")
    workers = 1 if problem else min(os.cpu_count() or 1, len(missing))
    if workers > 1:
        _side_by_side([missing[i::workers] for i in range(workers)])
    _publish([HOME, *EVERY_PAGE])
    # A page may come from one process and what it names be asked of another.
    publish_formula_sheet()
    searched()
    for name in EVERY_PAGE:
        for language in LANGUAGES:
            publish_cards(name, language)
    # With its first use `torch.func` loads a compiler, which takes it a second.
    torch.func.vjp(torch.sigmoid, torch.zeros(()))


def _side_by_side(shares: list[list[str]]) -> None:
    """One process for each share; where one fails, `warm_up` itself meets the error afterwards."""
    processes = [
        # A session of its own: Ctrl-C is for the process that the reader started.
        subprocess.Popen(
            [sys.executable, "-m", "live.warm_up", *names], cwd=ROOT, start_new_session=True
        )
        for names in shares
    ]
    try:
        for process in processes:
            process.wait()
    finally:
        for process in processes:
            process.kill()  # nothing where it has ended by itself
            process.wait()


def _publish(names: Iterable[str]) -> None:
    for name in names:
        for language in LANGUAGES:
            fetched(name, language)


if __name__ == "__main__":
    if sys.argv[1:]:
        torch.set_num_threads(1)  # the other cores have processes of their own
        _publish(sys.argv[1:])
    else:
        warm_up()
