"""`python -m live.warm_up`: make ready whatever the first visitor would have to wait for.

The server does it when it starts; an image or a run of the tests does it beforehand, once.
`python -m live.warm_up boxes regression` does it for these pages only.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import torch

from live.document import publish_document
from live.families import EVERY_PAGE
from live.kept import ROOT
from live.tapes import tapes_are_kept
from live.text import LANGUAGES


def warm_up() -> None:
    """Publish the document of every page in every language.

    What is not kept on disk yet is computed side by side, in a process for each core.
    """
    missing = [name for name in EVERY_PAGE if not tapes_are_kept(name)]
    workers = min(os.cpu_count() or 1, len(missing))
    if workers > 1:
        with ThreadPoolExecutor(workers) as threads:
            list(threads.map(_in_a_process, (missing[i::workers] for i in range(workers))))
    _publish(EVERY_PAGE)


def _in_a_process(names: list[str]) -> None:
    # Where a process fails, `warm_up` computes its pages itself and meets the error.
    subprocess.run([sys.executable, "-m", "live.warm_up", *names], cwd=ROOT, check=False)


def _publish(names: list[str]) -> None:
    for name in names:
        for language in LANGUAGES:
            publish_document(name, language)


if __name__ == "__main__":
    if sys.argv[1:]:
        torch.set_num_threads(1)  # the other cores have processes of their own
        _publish(sys.argv[1:])
    else:
        warm_up()
