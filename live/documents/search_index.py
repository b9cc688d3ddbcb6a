"""What the search finds, one document a language: losses, symbols, claims, scenes, pages, lectures,
and what people see in their training log.

The browser only compares: a number that is typed is looked up among numbers that the losses gave.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from experiments.symptoms import SYMPTOMS
from live.assets import publish
from live.disk_cache import ROOT, cached, digest_of
from live.documents.lectures import lecture, lecture_names
from live.families import EVERY_PAGE, PAGES
from live.modules import GUIDE
from live.words.number_format import in_prose, json_number
from live.words.text import LANGUAGES, interface, load, names, say

Entry = dict[str, Any]
KINDS = ("loss", "page", "scene", "symbol", "claim", "lecture")
TOLD = ("find", "find_hint", "find_none", "find_count", "find_close", "guide")


@cache
def publish_search(language: str) -> str:
    """Publish the index in one language; its address."""
    index = {
        "words": {key: interface(language)[key] for key in TOLD}
        | {kind: say(f"found_{kind}", language) for kind in (*KINDS, "symptom")},
        "guide": GUIDE,
        "entries": [*_entries(language)],
        "symptoms": [_symptom(name, language) for name in SYMPTOMS],
    }
    return publish(f"search-{language}", json.dumps(index, ensure_ascii=False))


def _entries(language: str) -> Iterator[Entry]:
    guide, problem = (interface(language)[key] for key in ("guide", "guide_lead"))
    also = [interface(each)[key] for key in ("guide", "guide_short") for each in LANGUAGES]
    yield _entry("page", guide, problem, also, GUIDE)
    for name, page in EVERY_PAGE.items():
        words = load(f"families/{name}")
        title = words[language]["title"]
        also = [text for each in LANGUAGES for text in _emphasised(words[each])]
        yield _entry("page", title, words[language]["hook"], also, name)
        for loss in page.losses:
            told = load(f"losses/{loss.id}")
            named = [told[key][each] for key in ("short", "name", "also") for each in LANGUAGES]
            also = [one.strip() for text in named for one in re.split("[,、()（）]", text)]
            where = f"{name}?loss={loss.id}"
            yield _entry("loss", told["name"][language], title, [*also, loss.id], where)
        for scene in load(f"scenes/{name}")["scene"]:
            also = [scene[key][each] for key in ("title", "question") for each in LANGUAGES]
            where = f"{name}?scene={scene['id']}"
            title, question = scene["title"][language], scene["question"][language]
            yield _entry("scene", title, question, also, where, scene.get("words", ""))
        for symbol in load(f"symbols/{name}")["symbol"] if name in PAGES else ():
            sign = plain_symbol(symbol["tex"])
            also = [symbol["tex"], spoken(sign), *symbol["text"].values()]
            loss = symbol["losses"][0]
            text = _without_formulas(symbol["text"][language])
            about = " · ".join(filter(None, [text, load(f"losses/{loss}")["short"][language]]))
            yield _entry("symbol", sign, about, also, f"{name}?loss={loss}")
    for claim in names("claims"):
        told = load(f"claims/{claim}")
        also = [claim, *(told[each]["title"] for each in LANGUAGES)]
        about = say(told["family"], language)
        where = f"{told['family']}?claim={claim}"
        yield _entry("claim", told[language]["title"], about, also, where)
    for name in lecture_names():
        title, lead = (lecture(name)[key] for key in ("title", "lead"))
        where = f"lecture/{name}"
        yield _entry("lecture", title[language], lead[language], [*title.values()], where)


def _entry(
    kind: str, title: str, about: str, also: list[str], address: str, words: str = ""
) -> Entry:
    """`words` are what people type who do not know what it is called here."""
    return {
        "kind": kind,
        "title": title,
        "about": about,
        "also": [*dict.fromkeys(filter(None, also))],
        "address": address,
        "words": words.split(),
    }


def _emphasised(words: Mapping[str, str]) -> list[str]:
    """What a page is called, and what its words set off: the terms that it explains."""
    return [words["title"], *re.findall(r"\*+([^*]+?)[.。]?\*+", words["words"])]


def _without_formulas(text: str) -> str:
    """The clauses of a sentence that have no formula: a list of results sets none."""
    masked = re.sub(r"\$[^$]+\$", "$", text)
    clauses = re.sub(r"(^|[，,:：])[^，,:：]*\$[^，,:：]*", "", masked)
    return clauses.strip("，,:： ") or masked.partition("$")[0].strip()


def _symptom(name: str, language: str) -> Entry:
    told = load("symptoms")[name]
    return {
        "title": told["title"][language],
        "text": told["text"][language],
        "words": told["words"].split(),
        "address": told["opens"],
        "cases": _cases(name),
    }


def _cases(name: str) -> list[Any]:
    """`[number, {name: as it is written}]` of each case; kept on the disk."""
    sources = (ROOT / "losses", ROOT / "experiments" / "symptoms.py")

    def compute() -> list[Any]:
        return [
            [
                json_number(float(f"{case.number:.9g}")),
                {key: in_prose(value, 6) for key, value in case.given.items()}
                | {"number": in_prose(case.number, 5)},
            ]
            for case in SYMPTOMS[name]()
        ]

    return cached(f"symptom-{name}", digest_of(sources), compute)


def plain_symbol(tex: str) -> str:
    r"""A symbol as plain letters: `\delta` is δ, `\mathrm{TP}` is TP."""
    text = re.sub(r"\\(?:mathrm|hat)\b", "", tex)
    text = re.sub(r"\\(?:var)?([A-Za-z]+)", lambda found: _greek(found[1]), text)
    return re.sub(r"[{}]", "", text).strip()


def spoken(sign: str) -> str:
    """Greek letters by their names: δ is delta."""
    greek = [unicodedata.name(letter, "").split() for letter in sign]
    return " ".join(words[-1].lower() for words in greek if words[:1] == ["GREEK"])


def _greek(name: str) -> str:
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    letter = name.replace("lambda", "lamda").upper()
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {letter}")
    except KeyError:
        return {"cos": "cos", "ell": "ℓ", "ne": "≠"}.get(name, name)
