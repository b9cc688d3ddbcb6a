"""The pages of a hall, without Streamlit: the projector of a lecture, and what a phone shows.

Both host stages. A phone's page brings the stage that its room shows, so that it has to ask for
little; what a later scene needs is asked for when that scene comes.
"""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from live import modules
from live.assets import KATEX, stylesheet
from live.documents.addresses import searched
from live.documents.document import publish_document, publish_tapes
from live.documents.formula_sheet import formula_setter
from live.documents.html_parts import inline_sheet, json_element
from live.documents.lectures import lecture, lecture_names, publish_lecture
from live.documents.search_parts import search_parts
from live.documents.stage_page import (
    FILE_POLICY,
    TEMPLATES,
    every_page,
    preloads,
    published_text,
    whole_address,
    whole_scripts,
)
from live.documents.tips import tip_words
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.words.text import LANGUAGE_IN_LINK, interface, load


@cache
def lectures_page(language: str) -> str:
    """The page that the server answers at `lecture/`: every lecture, and the door to one's own."""
    words = _words("lectures", language)
    told = {name: lecture(name) for name in lecture_names()}
    return TEMPLATES.get_template("lectures.html").render(
        **every_page(language) | {"words": words},
        **search_parts(language, searched()),
        base="../",
        title=words["heading"],
        description=words["lead"],
        sheets=[_sheet(path) for path in ("stage/alone.css", "hall/lectures.css")],
        lectures=[
            {
                "name": name,
                "title": one["title"][language],
                "lead": one["lead"][language],
                "goals": [goal[language] for goal in one["goals"]],
                "scenes": sum(bool(slide["family"]) for slide in one["slides"]),
                "minutes": sum(slide["minutes"] for slide in one["slides"]),
            }
            for name, one in told.items()
        ],
    )


@cache
def lecture_page(name: str, language: str) -> str:
    """The page that the server answers at `lecture/<name>`."""
    address = publish_lecture(name)
    return _render(
        modules.PROJECTOR,
        language,
        title=lecture(name)["title"][language],
        told={"id": name, "lecture": address, "words": _projector_words(language)},
        families=(),
        scripts=formula_setter(),
        documents=[address],
    )


@cache
def handout_page(name: str, language: str) -> str:
    """The page to print that the server answers at `lecture/<name>/handout`: goals, and every scene
    with its question and a link to try it again."""
    told = lecture(name)

    def address(slide: dict[str, Any]) -> str:
        if not slide["family"]:
            return f"lecture/{name}#{slide['id']}"
        state = table(slide["family"]).link(slide["state"])
        return f"stage/{slide['family']}?{urlencode({**state, LANGUAGE_IN_LINK: language})}"

    return TEMPLATES.get_template("handout.html").render(
        language=language,
        base="../../",
        title=told["title"][language],
        lead=told["lead"][language],
        goals=[goal[language] for goal in told["goals"]],
        words=_words("handout", language),
        slides=[
            {
                "address": address(slide),
                "minutes": slide["minutes"],
                **{key: slide[key][language] for key in ("title", "question", "text")},
            }
            for slide in told["slides"]
        ],
    )


@cache
def present_page(family: str, language: str) -> str:
    """The page that the server answers at `present/<family>`: the stage that its link describes, as
    the one slide of a lecture."""
    return _render(
        modules.PROJECTOR,
        language,
        title=load(f"families/{family}")[language]["title"],
        told={"id": f"present-{family}", "family": family, "words": _projector_words(language)},
        families=(family,),
        scripts=formula_setter(),
        documents=(publish_document(family, language), publish_tapes(family)),
    )


@cache
def compose_page(language: str) -> str:
    """The page that the server answers at `lecture/compose`: lectures of one's own, which the
    browser keeps."""
    words = _words("composer", language) | _shared_words(language)
    return _render(modules.COMPOSER, language, words["heading"], told={"words": words})


@cache
def own_lecture_page(language: str) -> str:
    """The page that the server answers at `lecture/own`: the projector of such a lecture."""
    words = _own_words(language)
    return _render(
        modules.PROJECTOR,
        language,
        title=words["heading"],
        told={"own": True, "words": words},
        scripts=formula_setter(),
    )


@cache
def own_lecture_file(language: str) -> str:
    """What the composer makes one file of: the same projector, whole in itself, still without the
    lecture and without stages. Their parts it takes from the files of those stages."""
    words = _own_words(language)
    return _render(
        modules.PROJECTOR,
        language,
        title=words["heading"],
        told={"own": True, "whole": True, "words": words},
        scripts=whole_scripts(modules.PROJECTOR),
        policy=FILE_POLICY,
    )


def _own_words(language: str) -> dict[str, str]:
    return _words("composer", language) | _words("projector", language)


def _shared_words(language: str) -> dict[str, str]:
    """What the composer says in the words of the stages' pages."""
    words = interface(language)
    schemes = {name: words[name] for name in words if name.startswith("scheme")}
    families = {name: load(f"families/{name}")[language]["title"] for name in EVERY_PAGE}
    return {"my_lecture": words["my_lecture"], **schemes, **families}


@cache
def join_page(family: str, language: str) -> str:
    """The page that the server answers at `join/<code>` for a room that shows this family; "" for
    one that shows none, and for no room."""
    words = _words("phone", language)
    documents = (publish_document(family, language), publish_tapes(family)) if family else ()
    return _render(
        modules.PHONE,
        language,
        title=words["title"],
        told={"words": words},
        families=(family,) if family else (),
        # A phone shows no formula: it is told that it has what would set them.
        scripts=[
            Markup('<style data-path="{}.css"></style>').format(KATEX),
            Markup('<meta data-path="{}.js">').format(KATEX),
        ],
        documents=documents,
    )


def _projector_words(language: str) -> dict[str, str]:
    return _words("projector", language) | tip_words(language)


def _words(name: str, language: str) -> dict[str, str]:
    return {key: words[language] for key, words in load(f"hall/{name}").items()}


def _render(
    module: str,
    language: str,
    title: str,
    told: dict[str, Any],
    families: Iterable[str] = (),
    documents: Iterable[str] = (),
    scripts: Iterable[Markup] = (),
    policy: str = "",
) -> str:
    """With a `policy` the page is a file: it has nothing beside it."""
    address = whole_address if policy else modules.address
    hall = {
        **told,
        "language": language,
        "families": {
            name: {
                "module": address(modules.of_page(name)),
                "document": publish_document(name, language),
                "tapes": publish_tapes(name),
            }
            for name in EVERY_PAGE
        },
    }
    stages = [modules.of_page(name) for name in families]
    loaded = dict.fromkeys(path for one in (module, *stages) for path in modules.files(one))
    sheets = dict.fromkeys(
        path
        for one in (module, *stages)
        for path in modules.assets(one)
        if path.endswith(".css") and path != f"{KATEX}.css"
    )
    start = whole_address(module) if policy else f"./{modules.address(module)}"
    return TEMPLATES.get_template("hall.html").render(
        title=title,
        **every_page(language),
        sheets=[_sheet(path) for path in ("stage/stage.css", *sheets)],
        policy=policy,
        scripts=[*scripts, *([] if policy else preloads(loaded))],
        base="" if policy else "../",
        documents=[
            json_element("hall", json.dumps(hall, ensure_ascii=False)),
            *(json_element(path, published_text(path)) for path in documents),
        ],
        start=Markup(f"import start from {json.dumps(start)};start();"),
    )


def _sheet(path: str) -> Markup:
    return inline_sheet(path, stylesheet(path))
