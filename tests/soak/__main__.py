"""Ten minutes of visitors who drag, switch pages and languages, leave and come back; beside them
somebody who sends odd links and messages; and `kill -9` twice.

    python -m tests.soak [--minutes 10] [--visitors 50] [--seed 0]

Two of the visitors are tabs of a real Chromium. It fails on an exception, an error or a line of
traceback in the log, memory that still grows two minutes after the last start, or a tab that is
not back two seconds after the server is.
"""

import argparse
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.browser import pages
from tests.browser.chromium import provide_chromium
from tests.browser.random_hand import act
from tests.browser.talk import Talk
from tests.soak.crowd import Crowd
from tests.soak.server import Server

TABS = 2
KILLS = (0.1, 0.2)
"""When, as a part of the whole; memory is looked at from twice the last of them."""
SECONDS_TO_RETURN = 2.0
MOST_GROWTH = 1.05
BACK = "() => document.documentElement.dataset.labServer === 'CONNECTED'"


def soak(minutes: float, visitors: int, seed: int) -> list[str]:
    """Every fault that was found."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "log")
        crowd = Crowd(server.address, visitors - TABS, seed)
        launched = playwright.chromium.launch(
            executable_path=provide_chromium(), args=pages.BROWSER_ARGUMENTS
        )
        talks, errors = [], []
        for _ in range(TABS):
            talk = Talk()
            page = launched.new_context(locale="en-GB").new_page()
            page.on("pageerror", lambda error: errors.append(f"in a tab: {error}"))
            talk.listen(page)
            page.goto(f"{server.address}/boxes")
            talks.append(talk)
        hand = random.Random(seed)
        crowd.come()
        try:
            memory = live(server, crowd, talks, hand, 60 * minutes, errors.append)
        finally:
            crowd.go()
            launched.close()
            log = server.stop()
    first, last = memory
    print(f"{crowd.answers} answers; {first / 1e6:.0f} MB, at the end {last / 1e6:.0f} MB")
    if last > MOST_GROWTH * first:
        errors.append(f"memory grew from {first / 1e6:.0f} to {last / 1e6:.0f} MB")
    told = [line for line in log.splitlines() if re.search(r"Traceback|\bERROR\b", line)]
    return errors + crowd.faults + [f"in the log: {line}" for line in told]


def live(
    server: Server,
    crowd: Crowd,
    talks: list[Talk],
    hand: random.Random,
    seconds: float,
    fault: Callable[[str], None],
) -> tuple[float, float]:
    """Have the tabs act until the time is over; bytes of the server early and late of the part
    that is looked at, each the mean of a quarter of it."""
    start = time.monotonic()
    kills = [start + part * seconds for part in KILLS]
    watched = 2 * KILLS[-1] * seconds
    memory = []
    while (now := time.monotonic()) < start + seconds:
        if kills and now > kills[0]:
            kills.pop(0)
            crash(server, crowd, talks, fault)
        for talk in talks:
            step(talk, hand, fault)
            if boxes := talk.page.locator("[data-testid=stException]").all_inner_texts():
                fault(f"in a tab: {boxes}")
        if now > start + watched:
            memory.append(server.resident_bytes())
    memory.append(server.resident_bytes())  # of a short run, the one time
    quarter = max(1, len(memory) // 4)
    return statistics.mean(memory[:quarter]), statistics.mean(memory[-quarter:])


def step(talk: Talk, hand: random.Random, fault: Callable[[str], None]) -> None:
    """One thing that the reader of a tab does, until torch has answered."""
    before, did = talk.page.url, "nothing"
    try:
        did = act(talk.page, hand)
        talk.rest()
    except (Error, RuntimeError) as error:
        said = talk.page.locator(".lab-agreement").all_inner_texts()
        fault(f"in a tab: after {did!r} at {before}, now {talk.page.url}: {said}, {error}")
        talk.page.reload()
        talk.rest()


def crash(server: Server, crowd: Crowd, talks: list[Talk], fault: Callable[[str], None]) -> None:
    """Kill the server, start it again, and see every tab return."""
    crowd.away.set()
    server.kill()
    crowd.lives += 1
    server.start()
    back = time.monotonic()
    for talk in talks:
        talk.page.wait_for_function(BACK)
        needed = time.monotonic() - back
        print(f"a tab was back {needed:.1f} s after the server")
        if needed > SECONDS_TO_RETURN:
            fault(f"a tab was back {needed:.1f} s after the server")
    for talk in talks:
        talk.rest()
    crowd.away.clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    faults = soak(**vars(parser.parse_args()))
    sys.exit("\n".join(faults) or 0)


if __name__ == "__main__":
    main()
