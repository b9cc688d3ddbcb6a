"""`python -m tools.site OUT --languages en zh`: the whole lab as a static site.

A Chromium then opens every page, compares the numbers of every scene with torch's, and takes the
pictures that links to a page show elsewhere.
"""

import argparse
import sys
from pathlib import Path

from live.words.text import LANGUAGES
from tools.site.browser import draw_and_check
from tools.site.build import build


def main() -> None:
    """Write the site and check it; exit with 1 where a number is not torch's."""
    parser = argparse.ArgumentParser(prog="python -m tools.site", description=main.__doc__)
    parser.add_argument("out", type=Path, help="the folder to write; it is emptied first")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=[*LANGUAGES])
    parser.add_argument("--address", default="", help="where it will be published: https://…")
    given = parser.parse_args()
    address = given.address.rstrip("/")
    pages = build(given.out, given.languages, address)
    wrong = draw_and_check(given.out, pages)
    print(f"{len(pages)} pages in {given.out}")
    if wrong:
        sys.exit("not what torch says:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
