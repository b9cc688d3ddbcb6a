"""A family's existence is told once, by its package; what else it must bring is named here."""

from importlib import import_module
from pathlib import Path

import pytest

from catalog import FAMILIES
from live.families import EVERY_PAGE, ORDER, PAGES

ROOT = Path(__file__).parents[3]
OF_EVERY_PAGE = (
    "pages/{name}.py",
    "live/families/{name}/__init__.py",
    "live/web/families/{name}/stage.js",
    "live/web/families/{name}/{name}.css",
    "content/families/{name}.toml",
    "content/interface/{name}.toml",
    "content/scenes/{name}.toml",
)
OF_A_FAMILY = (
    "catalog/{name}.py",
    "losses/{name}/__init__.py",
    "content/guide/{name}.toml",
    "tests/losses/samples/{name}.py",
)


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_page_has_its_files(name):
    wanted = OF_EVERY_PAGE + (OF_A_FAMILY if name in PAGES else ())
    missing = [path for path in (each.format(name=name) for each in wanted) if not exists(path)]
    assert not missing, f"the family {name} lacks {', '.join(missing)}"


def exists(path: str) -> bool:
    return (ROOT / path).is_file()


@pytest.mark.parametrize("folder", ["content/families", "content/scenes", "live/web/families"])
def test_a_family_s_files_belong_to_a_family(folder):
    """Files of a family without a package would be shown by nothing."""
    found = {path.stem for path in (ROOT / folder).iterdir()}
    assert found == set(EVERY_PAGE), f"{folder}: no package in live/families tells of these"


def test_every_family_of_the_catalog_has_a_page():
    assert set(PAGES) == set(FAMILIES), "a package in live/families is missing, or its losses are"


def test_a_page_has_the_name_of_its_package():
    for name, page in EVERY_PAGE.items():
        assert import_module(f"live.families.{name}").PAGE is page


def test_the_order_names_no_family_that_is_not_there():
    assert set(ORDER) <= set(EVERY_PAGE)
