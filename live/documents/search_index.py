"""What the search finds, in one document for each language and host: losses, symbols, claims,
scenes, pages, lectures, and what people see in their training log.

The browser only compares: a number that is typed is looked up among numbers that the losses gave.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from experiments.symptoms import SYMPTOMS
from live.assets import publish
from live.disk_cache import ROOT, cached, digest_of
from live.documents.lectures import lecture, lecture_names
from live.families import EVERY_PAGE, PAGES
from live.words.number_format import in_prose, json_number
from live.words.text import LANGUAGES, interface, load, names, say

Entry = dict[str, Any]
Address = Callable[[str, str], str]
"""Where a page with a query is on a host."""
KINDS = ("loss", "page", "scene", "symbol", "claim", "lecture")
TOLD = ("find", "find_hint", "find_none", "find_count", "find_close", "guide")


def in_the_app(name: str, query: str = "") -> str:
    """Where a page is in the app."""
    return f"{name}?{query}" if query else name


def on_a_stage(name: str, query: str = "") -> str:
    """The same without Streamlit, for a family's page."""
    return in_the_app(f"stage/{name}", query)


@cache
def publish_search(language: str, host: str = "app") -> str:
    """Publish the index in one language; its address.

    Args:
        host: "app", or "stage" for pages of their own: their results are such pages too.
    """
    address = on_a_stage if host == "stage" else in_the_app
    index = {
        "words": {key: interface(language)[key] for key in TOLD}
        | {kind: say(f"found_{kind}", language) for kind in (*KINDS, "symptom")},
        "guide": in_the_app("concepts"),
        "entries": [*_entries(language, address)],
        "symptoms": [_symptom(name, language, address) for name in SYMPTOMS],
    }
    return publish(f"search-{host}-{language}", json.dumps(index, ensure_ascii=False))


def _entries(language: str, address: Address) -> Iterator[Entry]:
    for name, page in EVERY_PAGE.items():
        words = load(f"families/{name}")
        title = words[language]["title"]
        also = [text for each in LANGUAGES for text in _emphasised(words[each])]
        yield _entry("page", title, words[language]["hook"], also, address(name, ""))
        for loss in page.losses:
            told = load(f"losses/{loss.id}")
            named = [told[key][each] for key in ("short", "name", "also") for each in LANGUAGES]
            also = [name.strip() for text in named for name in re.split("[,、()（）]", text)]
            where = address(name, f"loss={loss.id}")
            yield _entry("loss", told["name"][language], title, [*also, loss.id], where)
        for scene in load(f"scenes/{name}")["scene"]:
            also = [scene[key][each] for key in ("title", "question") for each in LANGUAGES]
            where = address(name, f"scene={scene['id']}")
            yield _entry(
                "scene", scene["title"][language], scene["question"][language], also, where
            )
        for symbol in load(f"symbols/{name}")["symbol"] if name in PAGES else ():
            sign = plain_symbol(symbol["tex"])
            also = [symbol["tex"], spoken(sign), *symbol["text"].values()]
            loss = symbol["losses"][0]
            text = _without_formulas(symbol["text"][language])
            about = " · ".join(filter(None, [text, load(f"losses/{loss}")["short"][language]]))
            yield _entry("symbol", sign, about, also, address(name, f"loss={loss}"))
    for claim in names("claims"):
        told = load(f"claims/{claim}")
        also = [claim, *(told[each]["title"] for each in LANGUAGES)]
        about = say(told["family"], language)
        where = in_the_app(told["family"], f"claim={claim}")
        yield _entry("claim", told[language]["title"], about, also, where)
    for name in lecture_names():
        title, lead = (lecture(name)[key] for key in ("title", "lead"))
        where = in_the_app(f"lecture/{name}")
        yield _entry("lecture", title[language], lead[language], [*title.values()], where)


def _entry(kind: str, title: str, about: str, also: list[str], address: str) -> Entry:
    return {
        "kind": kind,
        "title": title,
        "about": about,
        "also": [*dict.fromkeys(filter(None, also))],
        "address": address,
    }


def _emphasised(words: Mapping[str, str]) -> list[str]:
    """What a page is called, and what its words set off: the terms that it explains."""
    return [words["title"], *re.findall(r"\*+([^*]+?)[.。]?\*+", words["words"])]


def _without_formulas(text: str) -> str:
    """The clauses of a sentence that have no formula: a list of results sets none."""
    masked = re.sub(r"\$[^$]+\$", "$", text)
    clauses = re.sub(r"(^|[，,:：])[^，,:：]*\$[^，,:：]*", "", masked)
    return clauses.strip("，,:： ") or masked.partition("$")[0].strip()


def _symptom(name: str, language: str, address: Address) -> Entry:
    told = load("symptoms")[name]
    page, _, query = told["opens"].partition("?")
    return {
        "title": told["title"][language],
        "text": told["text"][language],
        "words": told["words"].split(),
        "address": address(page, query),
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
