"""What a page's module needs: read from its sources, or from bundles that fit them."""

import json
import shutil

import pytest

from live import modules
from live.families import EVERY_PAGE
from tools.bundle import bundle_pages

PAGES = ("", *EVERY_PAGE)
MANIFEST = json.loads((modules.BUNDLES / "manifest.json").read_text())


@pytest.fixture
def fresh():
    """Forget what was read of the real files, before and after."""

    def forget():
        for function in (modules.files, modules.imported, modules.assets, modules._bundled):
            function.cache_clear()

    forget()
    yield
    forget()


@pytest.fixture
def web(tmp_path, monkeypatch, fresh):
    """A `live/web` of three modules."""
    monkeypatch.setattr(modules, "WEB", tmp_path)
    monkeypatch.setattr(modules, "BUNDLES", tmp_path / "bundles")
    for name, text in {
        "home/map.js": "// import './comment.js';\nimport {\n  a,\n  b,\n} from '../core/a.js';\n"
        "import './own.js';\nloadStyle(asset('home/map.css'), 'home/absent.css');\n",
        "home/own.js": "export * from '../core/a.js';\nconst later = () => import('./later.js');\n",
        "core/a.js": "export const a = 'text; from nowhere';\nexport const b = a;\n",
        "home/map.css": "",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_imports_are_followed_in_the_order_in_which_they_are_met(web):
    assert modules.files("home/map") == ("home/map.js", "core/a.js", "home/own.js")


def test_only_files_that_are_there_are_assets(web):
    assert modules.assets("home/map") == ("home/map.css",)


def test_an_import_of_nothing_is_an_error(web):
    (web / "core" / "a.js").unlink()
    with pytest.raises(FileNotFoundError, match=r"core/a\.js"):
        modules.files("home/map")


def test_bundles_are_used_until_a_source_changes(web, fresh):
    manifest = {
        "sources": modules.digest(["home/map"]),
        "files": {"home/map": ["bundles/home.js", "bundles/shared.js"]},
    }
    (web / "bundles").mkdir()
    (web / "bundles" / "manifest.json").write_text(json.dumps(manifest))
    assert modules._bundled() == {"home/map": ("bundles/home.js", "bundles/shared.js")}
    modules._bundled.cache_clear()
    assert modules.files("home/map") == ("bundles/home.js", "bundles/shared.js")
    assert modules.assets("home/map") == ("home/map.css",)
    (web / "core" / "a.js").write_text("export const a = 1;\nexport const b = 2;\n")
    modules.files.cache_clear()
    modules._bundled.cache_clear()
    assert modules.files("home/map") == ("home/map.js", "core/a.js", "home/own.js")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_imports_no_other_familys_modules(name):
    paths = modules.imported(modules.of_page(name))
    assert {path.split("/")[1] for path in paths if path.startswith("families/")} == {name} - {""}


def test_the_bundles_are_those_of_the_modules_as_they_are():
    wanted = {
        *map(modules.of_page, PAGES),
        modules.FRAME,
        modules.CLAIM,
        modules.SEARCH,
        *modules.HALL,
    }
    assert MANIFEST["files"].keys() == wanted, "run make bundles"
    assert MANIFEST["sources"] == modules.digest(wanted), "run make bundles"


def test_every_bundle_is_there_and_needed():
    needed = {path for paths in MANIFEST["files"].values() for path in paths}
    there = {f"bundles/{path.name}" for path in modules.BUNDLES.glob("*.js")}
    assert needed == there


def test_the_bundler_makes_the_same_again(tmp_path):
    if not shutil.which("node") or not (modules.WEB.parents[1] / "node_modules/rolldown").exists():
        pytest.skip("needs Node.js and what npm installs")
    bundle_pages(tmp_path / "bundles")
    made, kept = (
        {path.name: path.read_bytes() for path in folder.iterdir()}
        for folder in (tmp_path / "bundles", modules.BUNDLES)
    )
    assert made == kept
