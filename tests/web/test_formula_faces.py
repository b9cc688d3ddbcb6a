"""The faces that pages without Streamlit bring along hold every letter that a formula needs."""

import re
import tomllib
from collections.abc import Iterator

from fontTools.ttLib import TTFont

from catalog import CATALOG
from live.assets import KATEX, ROOT, WEB
from live.documents.formula_sheet import CUT, FACES, WHOLE, face_file, formula_sheet
from live.families import EVERY_PAGE
from tools.formula_faces import keep_letters

LETTERS = """async (_, sheet, formulas) => {
  document.head.append(Object.assign(document.createElement("style"), { textContent: sheet }));
  const { OPTIONS } = await import("/parts/formula.js");
  const used = {};
  for (const tex of formulas) {
    const element = document.body.appendChild(document.createElement("p"));
    katex.render(tex, element, { ...OPTIONS, throwOnError: true, macros: { ...OPTIONS.macros } });
    const texts = document.createTreeWalker(element.querySelector(".katex-html"), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { fontFamily, fontStyle, fontWeight } = getComputedStyle(texts.currentNode.parentElement);
      const face = [fontFamily.split(",")[0], fontStyle, fontWeight].join(" ");
      used[face] = [...new Set([...(used[face] ?? ""), ...texts.currentNode.data])].join("");
    }
    element.remove();
  }
  return used;
}"""  # noqa: E501


def test_no_formula_needs_a_letter_that_is_not_there(modules):
    formulas = sorted({*_formulas()})
    assert len(formulas) > 200
    modules.page.add_script_tag(path=WEB / f"{KATEX}.js")
    used = modules("parts/formula.js", LETTERS, formula_sheet(), formulas)
    for described, letters in used.items():
        family, style, weight = described.split()
        name = f"{family.removeprefix('KaTeX_')}-{style.title().replace('Normal', 'Regular')}"
        assert (name in FACES, weight) == (True, "400"), f"{described} for {letters!r}"
        whole, kept = (
            TTFont(folder / face_file(name)).getBestCmap().keys() for folder in (WHOLE, CUT)
        )
        wanted = {ord(letter) for letter in letters} & whole
        missing = "".join(map(chr, wanted - kept))
        assert not missing, f"add {missing!r} to tools/formula_faces.py, then make bundles"


def test_the_faces_are_those_that_are_made(tmp_path):
    keep_letters(tmp_path)
    for face in FACES:
        made, kept = (folder / face_file(face) for folder in (tmp_path, CUT))
        assert made.read_bytes() == kept.read_bytes(), "run make bundles"


def _formulas() -> Iterator[str]:
    for loss in CATALOG.values():
        yield loss.formula
        yield from (numbers for _, numbers in loss.formula_with_values)
        yield from (parameter.symbol for parameter in loss.parameters)
    for page in EVERY_PAGE.values():
        yield from (text for text in _texts(page.extras()) if text.startswith("\\"))
    for file in (ROOT / "content").rglob("*.toml"):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        yield from (symbol["tex"] for symbol in told.get("symbol", []))
        for text in _texts(told):
            yield from re.findall(r"\$\$?([^$]+)\$", text)


def _texts(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list | tuple):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _texts(each)
