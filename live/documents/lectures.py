"""A lecture: a playlist of slides, each a scene, a state of a stage, or words, for so many minutes.

`content/lectures` holds them with words in both languages, and so does the document of a lecture:
a projector that speaks one of them leads phones that speak the other.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from live.assets import publish, published
from live.documents.document import publish_document
from live.documents.tips import PARTS
from live.families import EVERY_PAGE
from live.families.page_tables import placed_rows, table
from live.words.text import LANGUAGES, load, names

WORDS = ("title", "text", "question", "reveal")
Slide = dict[str, Any]


def lecture_names() -> tuple[str, ...]:
    """The lectures of `content/lectures`, by their files."""
    return names("lectures")


@cache
def publish_lecture(name: str) -> str:
    """Publish one lecture; its address."""
    return publish(f"lecture-{name}", json.dumps(lecture(name), ensure_ascii=False))


def lecture(name: str) -> dict[str, Any]:
    """One lecture: `title`, `lead`, `goals`, each in both languages, and its `slides`.

    Raises:
        ValueError: a slide makes no sense; the sentence names it and says why.
    """
    told = load(f"lectures/{name}")
    slides = [_slide(name, slide) for slide in told["slide"]]
    ids = [slide["id"] for slide in slides]
    if len(set(ids)) < len(ids):
        raise ValueError(f"the slides of {name} need different ids; got {ids}")
    return {"id": name, **{key: told[key] for key in ("title", "lead", "goals")}, "slides": slides}


def _slide(name: str, told: Mapping[str, Any]) -> Slide:
    """`{id, minutes, notes, family, state, place, title, text, question, reveal, answers, tip}`;
    what it does not say itself, its scene says."""
    where = f"slide {told.get('id')!r} of {name}"
    family = told.get("family", "")
    if family and family not in EVERY_PAGE:
        raise ValueError(f"{where} needs a family of {', '.join(EVERY_PAGE)}; got {family!r}")
    slide: Slide = {
        "id": told["id"],
        "minutes": told["minutes"],
        "notes": {language: told["notes"][language].strip() for language in LANGUAGES},
        "family": family,
        "state": _state(where, family, told) if family else {},
        "place": told.get("place", ""),
        "answers": [],
        "tip": None,
        **{key: dict.fromkeys(LANGUAGES, "") for key in WORDS},
    }
    if family and "scene" in told:
        slide |= _of_scene(family, told["scene"])
    slide |= {key: told[key] for key in WORDS if key in told}
    if "answer" in told:
        slide["answers"] = [
            {"text": answer["text"], "right": answer.get("right", False)}
            for answer in told["answer"]
        ]
    if slide["place"]:
        try:
            placed_rows(family, slide["place"])
        except ValueError:
            got = slide["place"]
            raise ValueError(f"{where} needs rows of its family to place; got {got!r}") from None
    return slide


def _state(where: str, family: str, told: Mapping[str, Any]) -> dict[str, Any]:
    states = table(family)
    scene = told.get("scene", "")
    if scene and scene not in states.scenes:
        raise ValueError(f"{where} needs a scene of {family}; got {scene!r}")
    checked, ignored = states.check({"scene": scene, **told.get("state", {})})
    if ignored:
        raise ValueError(f"{where} sets {ignored[0].name!r} to what its row does not allow")
    return checked


@cache
def _scenes(family: str, language: str) -> dict[str, Any]:
    """The scenes of a family's document, in which their reveals have their numbers."""
    text = published(publish_document(family, language).removeprefix("data/"))
    assert text is not None
    return {scene["id"]: scene for scene in json.loads(text)["scenes"]}


def _of_scene(family: str, scene_id: str) -> Slide:
    """What a scene says, in both languages."""
    told = {language: _scenes(family, language)[scene_id] for language in LANGUAGES}
    (first, *_) = told.values()
    return {
        **{
            key: {language: scene[key] for language, scene in told.items()}
            for key in ("title", "question", "reveal")
        },
        "tip": first["tip"]
        and {part: {lang: scene["tip"][part] for lang, scene in told.items()} for part in PARTS},
        "answers": [
            {
                "text": {lang: scene["answers"][at]["text"] for lang, scene in told.items()},
                "right": answer["right"],
            }
            for at, answer in enumerate(first["answers"])
        ],
    }
