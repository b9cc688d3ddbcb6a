"""Write the pages of the static site, and beside them what they load."""

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import plotly
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from live import modules
from live.assets import BUNDLES, IMAGES, WEB, images_root, stylesheet, web_root
from live.documents.cards import publish_cards, publish_programs
from live.documents.document import publish_document, publish_tapes
from live.documents.formula_sheet import publish_formula_sheet
from live.documents.html_parts import inline_sheet
from live.documents.loss_map import publish_map
from live.documents.search_parts import search_parts
from live.documents.stage_page import (
    TEMPLATES,
    every_page,
    linked,
    published_text,
    render_stage,
    stage_file,
)
from live.families import EVERY_PAGE
from live.words.text import LANGUAGES, load, say
from tools.site.search import publish_site_search
from tools.site.sections import guide_of, sections_of

OWN = Path(__file__).with_name("templates")
SITE = Environment(loader=ChoiceLoader([TEMPLATES.loader, FileSystemLoader(OWN)]), autoescape=True)
GUIDE = "guide"


def build(out: Path, languages: Iterable[str], address: str = "") -> list[str]:
    """Write the site into a folder, which is emptied first.

    Args:
        languages: In which; the first is the one of the front page.
        address: Where it will be published, for the site map and the social pictures.

    Returns:
        The pages, relative to the folder.
    """
    languages = tuple(languages)
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(WEB, out / web_root())
    shutil.copytree(BUNDLES, out / web_root() / "bundles")
    shutil.copytree(IMAGES, out / images_root())
    shutil.copy(Path(plotly.__file__).parent / "package_data" / "plotly.min.js", out)
    for name in ("site.css", "site.js"):
        shutil.copy(OWN / name, out)
    pages = {
        path: html for language in languages for path, html in _pages(language, languages, address)
    }
    pages["index.html"] = _front(languages)
    for path, html in pages.items():
        _write(out / path, html)
    for language in languages:
        for document in _documents(language):
            _write(out / document, published_text(document))
        for name in EVERY_PAGE:
            _write(out / _file(name, language), stage_file(name, language))
    if address:
        _write(out / "sitemap.xml", _site_map(address, pages))
    return [*pages]


def _pages(language: str, languages: tuple[str, ...], address: str) -> Iterator[tuple[str, str]]:
    yield f"{language}/index.html", _home(language, languages, address)
    yield (
        f"{language}/{GUIDE}.html",
        _plain(
            language,
            languages,
            address,
            page=GUIDE,
            title=say("guide", language),
            description=say("what_this_site_is", language),
            content=guide_of(language),
        ),
    )
    for name in EVERY_PAGE:
        yield f"{language}/{name}.html", _family(name, language, languages, address)


def _family(name: str, language: str, languages: tuple[str, ...], address: str) -> str:
    page = f"{language}/{name}.html"
    words = load(f"families/{name}")[language]
    return render_stage(
        name,
        language,
        "family.html",
        SITE,
        base="../",
        documents=(),
        languages={tag: f"{tag}/{name}.html" for tag in languages if tag != language},
        data={
            "document": publish_document(name, language),
            "tapes": publish_tapes(name),
            "cards": publish_cards(name, language),
            "programs": publish_programs(name, language),
            "file": _file(name, language),
            "stage": page,
        },
        navigation=_navigation(name, language),
        **search_parts(language, {language: publish_site_search(language)}),
        sections=sections_of(name, language),
        social=_social(address, page, words["title"], words["hook"]),
        **linked(modules.of_page(name)),
    )


def _home(language: str, languages: tuple[str, ...], address: str) -> str:
    module = modules.of_page(modules.HOME)
    data = {
        "document": publish_map(language),
        "pages": {name: f"{language}/{name}.html" for name in EVERY_PAGE},
    }
    start = (
        f"import map from {json.dumps('./' + modules.address(module))};"
        f"map({{parentElement: document.querySelector('main'), data: {json.dumps(data)}}});"
    )
    return _plain(
        language,
        languages,
        address,
        page="index",
        title="Loss Lab",
        description=say("what_this_site_is", language),
        content=Markup('<div class="lab"></div>'),
        start=Markup(start),
    )


def _plain(
    language: str, languages: tuple[str, ...], address: str, *, page: str, title: str,
    description: str, **parts: object,
) -> str:  # fmt: skip
    sheets = [
        inline_sheet(path, stylesheet(path))
        for path in ("stage/stage.css", "stage/alone.css", "home/map.css")
    ]
    return SITE.get_template("page.html").render(
        **every_page(language),
        base="../",
        title=title,
        description=description,
        sheets=sheets,
        navigation=_navigation(page, language, languages),
        **search_parts(language, {language: publish_site_search(language)}),
        social=_social(address, f"{language}/{page}.html", title, description),
        **parts,
    )


def _navigation(current: str, language: str, languages: tuple[str, ...] = ()) -> Markup:
    titles = {"index": say("home", language)}
    titles |= {name: load(f"families/{name}")[language]["title"] for name in EVERY_PAGE}
    titles[GUIDE] = say("guide", language)
    links = [
        Markup('<a href="{}/{}.html"{}>{}</a>').format(
            language, page, Markup(' aria-current="page"') if page == current else "", title
        )
        for page, title in titles.items()
    ]
    links += [
        Markup('<a href="{0}/{1}.html" hreflang="{0}" lang="{0}">{2}</a>').format(
            tag, current, LANGUAGES[tag]
        )
        for tag in languages
        if tag != language
    ]
    return Markup('<nav class="lab-pages">{}</nav>\n').format(Markup("\n").join(links))


def _social(address: str, page: str, title: str, description: str) -> Markup:
    told = {"title": title, "description": description, "type": "website"}
    if address:
        told |= {"url": f"{address}/{page}", "image": f"{address}/{page[:-5]}.png"}
    meta = Markup('<meta property="og:{}" content="{}">\n')
    return Markup("").join(meta.format(key, value) for key, value in told.items())


def _front(languages: tuple[str, ...]) -> str:
    """Leads to the reader's language; without JavaScript it is a list of them."""
    links = Markup(" · ").join(
        Markup('<a href="{0}/index.html" lang="{0}">{1}</a>').format(tag, LANGUAGES[tag])
        for tag in languages
    )
    tags = json.dumps(languages)
    script = (
        f"const has = {tags}; const first = navigator.language.toLowerCase().split('-')[0];"
        "location.replace(`${has.includes(first) ? first : has[0]}/index.html`);"
    )
    return Markup(
        '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8"><title>Loss Lab</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,"><script>{}</script></head>\n<body>{}</body></html>\n'
    ).format(languages[0], Markup(script), links)


def _documents(language: str) -> Iterator[str]:
    yield publish_map(language)
    yield publish_site_search(language)
    yield publish_formula_sheet()
    for name in EVERY_PAGE:
        yield publish_document(name, language)
        yield publish_tapes(name)
        yield publish_cards(name, language)
        yield publish_programs(name, language)


def _file(name: str, language: str) -> str:
    return f"files/{name}-{language}.html"


def _site_map(address: str, pages: Iterable[str]) -> str:
    places = "".join(f"<url><loc>{address}/{page}</loc></url>" for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>\n'
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
