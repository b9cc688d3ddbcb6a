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
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from live import modules
from live.assets import IMAGES, ROOT, WEB, images_root, publish, published, web_root
from live.documents.document import publish_document, publish_tapes
from live.documents.origin import about
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.words.text import LANGUAGES, interface, load

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    keep_trailing_newline=True,
)
KATEX = "vendor/katex/katex.min"
FACES = ("Main-Regular", "Math-Italic", "Size1-Regular", "Size2-Regular", "Size3-Regular",
         "Size4-Regular")  # fmt: skip
"""The faces that formulas use: small enough to come with the sheet (a test looks for others)."""
FACE = re.compile(r"@font-face\{[^}]*fonts/KaTeX_([\w-]+)\.woff2[^}]*\}")
WITHOUT_JAVASCRIPT = Markup(
    "<p>Loss Lab draws its pictures with JavaScript. Please allow it for this page.</p>"
    '<p lang="zh">Loss Lab 用 JavaScript 作图，请允许本页运行脚本。</p>'
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
    root = web_root()
    own = f"stage/{name}"
    data = {"document": document, "tapes": tapes, "file": f"{own}/file", "torch": f"{own}/torch"}
    return _render(
        name,
        language,
        base="../",
        sheets=[
            Markup('<link rel="stylesheet" href="{}" data-path="{}.css">').format(
                publish_formula_sheet(), KATEX
            ),
            *_inline_sheets(module),
        ],
        scripts=[
            Markup('<script defer src="{0}/{1}.js" data-path="{1}.js"></script>').format(
                root, KATEX
            ),
            *(
                Markup('<link rel="modulepreload" href="{}/{}">').format(root, path)
                for path in modules.files(module)
            ),
        ],
        documents=[_json(path, published_text(path)) for path in (document, tapes)],
        whole=name,
        languages={tag: f"{own}?lang={tag}" for tag in LANGUAGES if tag != language},
        data=data | ({"embedders": embedders} if embedders else {}),
        start=_start(f"./{modules.address(module)}"),
    )


@cache
def stage_file(name: str, language: str) -> str:
    """The same in one file, for a disk, a mail or a stick."""
    document, tapes = publish_document(name, language), publish_tapes(name)
    module = modules.of_page(name)
    return _render(
        name,
        language,
        policy=FILE_POLICY,
        sheets=[_sheet(f"{KATEX}.css", formula_sheet()), *_inline_sheets(module)],
        scripts=[
            Markup('<script data-path="{}.js">{}</script>').format(
                KATEX, _script((WEB / f"{KATEX}.js").read_text(encoding="utf-8"))
            ),
            Markup('<script type="importmap">{}</script>').format(_script(_import_map(module))),
        ],
        documents=[
            _packed(document, _with_pictures(published_text(document))),
            _packed(tapes, published_text(tapes)),
        ],
        languages={},
        data={"document": document, "tapes": tapes},
        start=_start(modules.files(module)[0]),
    )


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


@cache
def publish_formula_sheet() -> str:
    """Publish KaTeX's stylesheet; its address."""
    return publish("katex", formula_sheet(), "css")


@cache
def formula_sheet() -> str:
    """KaTeX's stylesheet with the faces that formulas use in it, and without the others."""

    def face(found: re.Match[str]) -> str:
        if found[1] not in FACES:
            return ""
        path = WEB / "vendor" / "katex" / "fonts" / f"KaTeX_{found[1]}.woff2"
        return found[0].replace(f"fonts/{path.name}", _data_address(path, "font/woff2"))

    return FACE.sub(face, (WEB / f"{KATEX}.css").read_text(encoding="utf-8"))


def _render(name: str, language: str, **parts: object) -> str:
    words = load(f"families/{name}")[language]
    told = {key: words[key] for key in ("title", "hook", "question")}
    scheme_script = (WEB / "shell" / "colour_scheme.js").read_text(encoding="utf-8")
    return TEMPLATES.get_template("stage.html").render(
        **told,
        language=language,
        names=LANGUAGES,
        words=interface(language),
        about=about(name),
        scheme_script=_script(scheme_script),
        theme=Markup(theme_sheet()),
        without_javascript=WITHOUT_JAVASCRIPT,
        **parts,
    )


def _inline_sheets(module: str) -> Iterator[Markup]:
    own = ("stage/alone.css", "parts/scheme_switch.css")
    named = (path for path in modules.assets(module) if path.endswith(".css"))
    for path in (*own, *(path for path in named if path != f"{KATEX}.css")):
        yield _sheet(path, (WEB / path).read_text(encoding="utf-8"))


def _sheet(path: str, text: str) -> Markup:
    return Markup('<style data-path="{}">{}</style>').format(path, Markup(text))


def _json(path: str, text: str) -> Markup:
    # Nothing in it can end the element: `<` is written as JSON may write any letter.
    return Markup('<script type="application/json" data-path="{}">{}</script>').format(
        path, Markup(text.replace("<", "\\u003c"))
    )


def _packed(path: str, text: str) -> Markup:
    packed = base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()
    element = '<script type="application/json" data-packed data-path="{}">{}</script>'
    return Markup(element).format(path, packed)


def _start(module: str) -> Markup:
    code = f"import stage from {json.dumps(module)};stage.alone(document.querySelector('main'));"
    return Markup(code)


def _script(text: str) -> Markup:
    """A script that its element holds whole."""
    return Markup(re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE))


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
        return f'"{_data_address(IMAGES / found[1], "image/jpeg")}"'

    return re.sub(rf'"{images_root()}/([\w.]+)"', whole, document)


def _data_address(path: Path, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def torch_answer(name: str, query: Mapping[str, str]) -> dict[str, Any]:
    """Torch's own numbers (`FamilyPage.answer`) for the state that a link describes."""
    state, _ = table(name).read_link(query)
    return EVERY_PAGE[name].answer(state)
