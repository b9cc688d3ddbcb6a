"""`python -m tools.site OUT --languages en zh`: the whole lab as a static site."""

import argparse
from pathlib import Path

from live.words.text import LANGUAGES
from tools.site.build import build
from tools.site.pictures import draw_pictures


def main() -> None:
    """Write the site, and with an address what only a published site has."""
    parser = argparse.ArgumentParser(prog="python -m tools.site", description=main.__doc__)
    parser.add_argument("out", type=Path, help="the folder to write; it is emptied first")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=[*LANGUAGES])
    parser.add_argument("--address", default="", help="where it will be published: https://…")
    given = parser.parse_args()
    address = given.address.rstrip("/")
    pages = build(given.out, given.languages, address)
    if address:
        draw_pictures(given.out, pages)
    print(f"{len(pages)} pages in {given.out}")


if __name__ == "__main__":
    main()
