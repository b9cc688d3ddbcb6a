"""A stage on a page of its own: HTML that needs no server behind it once it has come.

It is made of what the Streamlit page is made of: the same document and tapes, the same modules and
stylesheets. Two forms of it exist. `stage_page` names its modules, which browsers keep for ever;
`stage_file` is whole in itself and opens from a disk.
"""

import base64
import gzip
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from live import modules
from live.assets import (
    IMAGES,
    KATEX,
    ROOT,
    WEB,
    data_address,
    images_root,
    published,
    stylesheet,
    web_root,
)
from live.documents.addresses import searched
from live.documents.cards import publish_cards, publish_programs
from live.documents.document import publish_document, publish_tapes
from live.documents.formula_sheet import formula_setter, formula_sheet
from live.documents.html_parts import inline_script, inline_sheet, json_element
from live.documents.origin import about
from live.documents.search_parts import search_parts
from live.families import EVERY_PAGE
from live.words.text import LANGUAGES, interface, load
from live.words.without_javascript import WITHOUT_JAVASCRIPT

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    keep_trailing_newline=True,
)
SPECIFIER = re.compile(r"""(\bfrom\s*|\bimport\s*)(["'])(\.[^"']+\.js)\2""")
FILE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
)


@cache
def stage_page(name: str, language: str, embedders: str = "") -> str:
    """The page that the server answers at `stage/<name>`.

    Args:
        embedders: The origins, beside our own, whose pages may talk to a stage in a frame.
    """
    document, tapes = publish_document(name, language), publish_tapes(name)
    module = modules.of_page(name)
    own = f"stage/{name}"
    data = {"document": document, "tapes": tapes, "cards": publish_cards(name, language)}
    data |= {part: f"{own}/{part}" for part in ("file", "code")}
    return render_stage(
        name,
        language,
        base="../",
        documents=[json_element(path, published_text(path)) for path in (document, tapes)],
        whole=name,
        languages={tag: f"{own}?lang={tag}" for tag in LANGUAGES if tag != language},
        data=data | ({"embedders": embedders} if embedders else {}),
        **linked(module),
        **search_parts(language, searched(), {page: f"stage/{page}" for page in EVERY_PAGE}),
    )


def linked(module: str) -> dict[str, Any]:
    """What a page that stands beside our files has of a stage: its modules and KaTeX by their
    addresses, its own small stylesheets whole."""
    sheet, script = formula_setter()
    return {
        "sheets": [sheet, *_inline_sheets(module)],
        "scripts": [script, *preloads(modules.files(module))],
        "start": _start(f"./{modules.address(module)}"),
    }


def preloads(paths: Iterable[str]) -> list[Markup]:
    """What has the browser ask for modules before they are imported."""
    link = Markup('<link rel="modulepreload" href="{}/{}">')
    return [link.format(web_root(), path) for path in paths]


@cache
def stage_file(name: str, language: str) -> str:
    """The same in one file, for a disk, a mail or a stick."""
    document, tapes = publish_document(name, language), publish_tapes(name)
    cards, programs = publish_cards(name, language), publish_programs(name, language)
    module = modules.of_page(name)
    return render_stage(
        name,
        language,
        policy=FILE_POLICY,
        sheets=_inline_sheets(module),
        scripts=whole_scripts(module),
        documents=[
            _packed(document, _with_pictures(published_text(document))),
            *(_packed(path, published_text(path)) for path in (tapes, cards, programs)),
        ],
        languages={},
        data={"document": document, "tapes": tapes, "cards": cards, "code": programs},
        start=_start(whole_address(module)),
    )


def whole_scripts(module: str) -> list[Markup]:
    """What a file brings along to set formulas, and its module with all that this imports."""
    return [
        inline_sheet(f"{KATEX}.css", formula_sheet()),
        Markup('<script data-path="{}.js">{}</script>').format(
            KATEX, inline_script((WEB / f"{KATEX}.js").read_text(encoding="utf-8"))
        ),
        Markup('<script type="importmap">{}</script>').format(inline_script(_import_map(module))),
    ]


def whole_address(module: str) -> str:
    """The name by which a file that is whole in itself imports a module."""
    return modules.files(module)[0]


def published_text(address: str) -> str:
    """The text of a published document, by its address."""
    text = published(address.removeprefix("data/"))
    assert text is not None, address
    return text


def theme_sheet() -> str:
    """The theme's colours as the variables that our stylesheets read, light and dark."""
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))[
        "theme"
    ]

    def variables(scheme: str) -> str:
        told = {
            "background-color": theme[scheme]["backgroundColor"],
            "text-color": theme[scheme]["textColor"],
            "primary-color": theme[scheme]["primaryColor"],
            "font": theme["font"],
        }
        return "".join(f"--st-{name}:{value};" for name, value in told.items())

    return (
        f":root{{color-scheme:light;{variables('light')}}}"
        f":root[data-scheme=dark]{{color-scheme:dark;{variables('dark')}}}"
    )


def render_stage(
    name: str,
    language: str,
    template: str = "stage.html",
    templates: Environment = TEMPLATES,
    **parts: object,
) -> str:
    """The page of a stage from a template that is, or extends, `stage.html`."""
    words = load(f"families/{name}")[language]
    told = {key: words[key] for key in ("title", "hook", "question")}
    return templates.get_template(template).render(
        **told, about=about(name), **every_page(language), **parts
    )


def every_page(language: str) -> dict[str, Any]:
    """What every page without Streamlit begins with."""
    scheme_script = (WEB / "shell" / "colour_scheme.js").read_text(encoding="utf-8")
    return {
        "language": language,
        "names": LANGUAGES,
        "words": interface(language),
        "scheme_script": inline_script(scheme_script),
        "theme": Markup(theme_sheet()),
        "without_javascript": Markup(WITHOUT_JAVASCRIPT),
    }


def _inline_sheets(module: str) -> Iterator[Markup]:
    own = ("stage/alone.css", "stage/card.css", "parts/scheme_switch.css")
    named = (path for path in modules.assets(module) if path.endswith(".css"))
    for path in (*own, *(path for path in named if path != f"{KATEX}.css")):
        yield inline_sheet(path, stylesheet(path))


def _packed(path: str, text: str) -> Markup:
    packed = base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()
    element = '<script type="application/json" data-packed data-path="{}">{}</script>'
    return Markup(element).format(path, packed)


def _start(module: str) -> Markup:
    code = f"import stage from {json.dumps(module)};stage.alone(document.querySelector('main'));"
    return Markup(code)


def _import_map(module: str) -> str:
    """Every module by its path, by which others import it: one file has no folders."""

    def named(path: str) -> str:
        def absolute(found: re.Match[str]) -> str:
            other = (WEB / path).parent / found[3]
            return f"{found[1]}{found[2]}{other.resolve().relative_to(WEB).as_posix()}{found[2]}"

        source = source_of(path).read_text(encoding="utf-8")
        text = SPECIFIER.sub(absolute, source)
        return f"data:text/javascript;base64,{base64.b64encode(text.encode()).decode()}"

    return json.dumps({"imports": {path: named(path) for path in modules.files(module)}})


def source_of(path: str) -> Path:
    """The file that is served at a path below `web/<digest>`."""
    bundled = path.removeprefix("bundles/")
    return WEB / path if bundled == path else modules.BUNDLES / bundled


def _with_pictures(document: str) -> str:
    """The document with the photographs that it names in it."""

    def whole(found: re.Match[str]) -> str:
        return f'"{data_address(IMAGES / found[1], "image/jpeg")}"'

    return re.sub(rf'"{images_root()}/([\w.]+)"', whole, document)
