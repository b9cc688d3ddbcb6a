"""One word for one thing, everywhere, and words only about what the reader can see.

Each entry is a term of the field and the words for it that are not used here.
"""

import re

import pytest

from catalog import CATALOG
from live.assets import WEB
from live.families import EVERY_PAGE, PAGES
from live.words.text import CONTENT, interface, load
from tests.content.test_content import FILES, pairs

CHINESE = {
    "假阳性": "误报",
    "假阴性": "漏报",
    "转折点": "拐点",  # 拐点 is the inflection point
    "Smooth L1": "平滑 L1",
    "独热": "one-hot",
    "恰当评分规则": "恰当的评分",
    "惊讶": "吃惊",
    "真实值": r"(?<![实])真值",
    "召回率": r"召回(?!率)",
    "精确率": r"精确(?=[，。、或变])",
    "离群点": "异常点|异常值",
    "归约": "规约|约简",
    "对数几率": "对数赔率|对数优势",
    "边界框": "包围盒|外包框",
    "上溢": "溢出(?!来)",
}
ENGLISH = {
    "false positive": r"false alarms?",
    "enclosing box": "bounding rectangle|convex hull",
    "proper scoring rule": r"proper scores?\b",
    "log-odds": r"log odds",
    "ground truth": r"ground-truth(?! )",
    "mean squared error": "mean-squared-error",
    "outlier": r"anomal(y|ies)",
    "one-hot": r"one hot|onehot",
}
CONTROL_EN = re.compile(r"(?:[Ss]et|[Cc]hoose|[Pp]ress|[Oo]pen|[Uu]nder|column|scene) “([^”]+)”")
CONTROL_ZH = re.compile(r"(?:按|选|选中|再到|设成|换成|场景|留意|把|看场景)“([^”]+)”")
CONTROL_BEFORE_ZH = re.compile(r"(?:在|把|到)“([^”]+)”(?:里|设|改)")
SPEECH = {"错误答案", "概率"}


def texts(language: str):
    place = 1 if language == "en" else 2
    for name in FILES:
        for found in pairs(load(name)):
            yield f"{name}{found[0]}", found[place]


@pytest.mark.parametrize("term", CHINESE)
def test_a_chinese_term_has_one_word(term):
    for where, text in texts("zh"):
        hit = re.search(f".{{0,9}}(?:{CHINESE[term]}).{{0,9}}", text)
        assert not hit, f"{where}: {term}, not {hit.group()!r}"


@pytest.mark.parametrize("term", ENGLISH)
def test_an_english_term_has_one_word(term):
    for where, text in texts("en"):
        hit = re.search(rf".{{0,20}}\b(?:{ENGLISH[term]}).{{0,20}}", text)
        assert not hit, f"{where}: {term}, not {hit.group()!r}"


def test_the_chinese_logit_is_explained_where_logits_begin():
    for name in ("families/classification", "families/concepts"):
        assert "对数几率" in load(name)["zh"]["words"], name


def labels(language: str) -> set[str]:
    """Everything that a text can call a control, a view, a choice or a scene by."""
    scenes = {s["title"][language] for page in EVERY_PAGE for s in load(f"scenes/{page}")["scene"]}
    return {*interface(language).values(), *scenes}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_control_is_called_by_its_label(language):
    known = labels(language)
    patterns = [CONTROL_EN] if language == "en" else [CONTROL_ZH, CONTROL_BEFORE_ZH]
    found = 0
    for where, text in texts(language):
        if where.startswith("claims/"):
            continue  # they also quote the notes
        for pattern in patterns:
            for name in pattern.findall(text):
                found += 1
                assert name in known or name in SPEECH, f"{where}: no control is called {name!r}"
    assert found > 5


def has_arrows(family: str) -> bool:
    sources = (WEB / "families" / family).glob("*.js")
    return any("arrow" in source.read_text(encoding="utf-8").lower() for source in sources)


@pytest.mark.parametrize("family", PAGES)
def test_arrows_are_spoken_of_where_the_stage_draws_them(family):
    if has_arrows(family):
        return
    own = {f"losses/{loss.id}" for loss in CATALOG.values() if loss.family == family}
    own |= {f"families/{family}", f"scenes/{family}", f"guide/{family}"}
    for language, word in (("en", r"\barrows?\b(?! keys?)"), ("zh", "箭头")):
        for where, text in texts(language):
            if where.partition(".")[0].partition("[")[0] in own:
                hit = re.search(f".{{0,20}}{word}.{{0,20}}", text, re.IGNORECASE)
                assert not hit, f"{where}: no arrow on this stage: {hit.group()!r}"


@pytest.mark.parametrize("lecture", sorted(path.stem for path in (CONTENT / "lectures").glob("*")))
def test_the_notes_of_a_slide_speak_of_arrows_where_its_stage_draws_them(lecture):
    for slide in load(f"lectures/{lecture}")["slide"]:
        if "family" in slide and not has_arrows(slide["family"]):
            assert not re.search("arrow|箭头", str(slide["notes"])), slide["id"]
