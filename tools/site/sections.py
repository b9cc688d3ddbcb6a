"""What stands below a stage on the static site, as HTML: words, claims, code, sources."""

import json
import re
from dataclasses import dataclass

from markupsafe import Markup

from catalog import Loss
from experiments.evidence import evidence
from live.disk_cache import ROOT, cached, digest_of
from live.documents.cards import PARTS
from live.documents.code_forms import CODE_FORMS, lead_of
from live.documents.prose import cite, markdown
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.ui.evidence_chart import figure
from live.ui.guide import guide
from live.ui.sections import VERDICTS, claims, claims_about, title_of
from live.words.number_format import in_prose
from live.words.text import load, say

LINK = re.compile(r'href="(\w+)(\?[^"]*)?"')


@dataclass(frozen=True)
class Section:
    """A part of a page, with the name of its anchor."""

    id: str
    title: str
    html: Markup


def sections_of(name: str, language: str) -> list[Section]:
    """The parts of a page, in the order of the tabs that the app has."""
    losses = EVERY_PAGE[name].losses
    words = [markdown(load(f"families/{name}")[language]["words"])]
    words += [_words(loss, language) for loss in losses]
    trial = [markdown(say("trial_lead", language))]
    trial += [_claim(claim, language) for claim in claims(name)]
    code = _code(name, losses, language)
    sources = dict.fromkeys(reference for loss in losses for reference in loss.references)
    parts = {"words": words, "trial": trial if claims(name) else [], "code": code}
    parts["sources"] = [markdown("\n".join(f"- {cite(one)}" for one in sources))] if sources else []
    return [
        Section(key, say(key, language), Markup("\n").join(part))
        for key, part in parts.items()
        if part
    ]


def guide_of(language: str) -> Markup:
    """The guide, its links leading to the pages of the site."""
    return Markup(LINK.sub(rf'href="{language}/\1.html\2"', guide(language, {})))


def _words(loss: Loss, language: str) -> Markup:
    words = load(f"losses/{loss.id}")
    also = words["also"][language]
    lines = [say("also_called", language, names=also)] if also else []
    for part in PARTS:
        lines += [f"**{say(part, language)}**", words[language][part].strip()]
    # The claims stand further down on the same page, whose base is the folder above.
    page = f"{language}/{loss.family}.html"
    about = [f"[{title_of(claim, language)}]({page}#{claim})" for claim in claims_about(loss.id)]
    lines += [say("trials", language, names=" · ".join(about))] if about else []
    title = Markup('<h3 id="{}">{}</h3>').format(loss.id, words["name"][language])
    return title + markdown("\n\n".join(lines))


def _code(name: str, losses: tuple[Loss, ...], language: str) -> list[Markup]:
    snippet, start = EVERY_PAGE[name].snippet, table(name).start()
    if not losses:
        title, here = load(f"families/{name}")[language]["title"], f"{language}/{name}.html"
        return [_programs(title, snippet(None, start), here, language)]
    titles = {loss.id: load(f"losses/{loss.id}")["name"][language] for loss in losses}
    states = {loss.id: table(name).read_link({"loss": loss.id})[0] for loss in losses}
    return [
        _programs(
            titles[loss.id],
            snippet(loss, states[loss.id]),
            f"{language}/{name}.html?loss={loss.id}",
            language,
        )
        for loss in losses
    ]


def _programs(title: str, snippet: str, opens: str, language: str) -> Markup:
    """One program in all its forms, each behind its own line, and the link that opens its state."""
    block = Markup("<details><summary>{}</summary>{}</details>")
    made = {key: form(snippet) for key, form in CODE_FORMS.items()}
    forms = [
        block.format(
            say(key, language),
            markdown(lead_of(key, snippet, code, language))
            + (Markup("<pre><code>{}</code></pre>").format(code) if code else ""),
        )
        for key, code in made.items()
    ]
    link = Markup('<p><a href="{}">{}</a></p>').format(opens, say("link_to_state", language))
    return block.format(title, Markup("\n").join([*forms, link]))


def _claim(claim_id: str, language: str) -> Markup:
    claim = load(f"claims/{claim_id}")
    words, verdict = claim[language], claim["verdict"]
    numbers, chart = _evidence(claim_id, language)
    lines = (
        f"**{say('notes_say', language)}** {words['claim'].format(**numbers)}",
        f"**{say('what_holds', language)}** {words['truth'].format(**numbers)}",
    )
    element = Markup('<div class="lab-chart-of-claim" data-chart="{}"></div>').format(chart)
    return Markup('<details id="{}"><summary>{} <b>{}</b> · {}</summary>{}{}</details>').format(
        claim_id,
        VERDICTS[verdict],
        words["title"],
        say(f"verdict_{verdict}", language),
        markdown("\n\n".join(lines)),
        element if chart else "",
    )


def _evidence(claim_id: str, language: str) -> tuple[dict[str, str], str]:
    """The numbers that a claim's sentences name, and its chart as JSON; kept on the disk, for some
    take seconds."""
    claim = load(f"claims/{claim_id}")
    if not claim["evidence"]:
        return {}, ""
    sources = tuple(ROOT / folder for folder in ("losses", "experiments", "content/claims"))

    def compute() -> list[object]:
        found = evidence(claim["family"], claim["evidence"])
        chart = ""
        if found.curves:
            told = json.loads(figure(found, claim[language]["labels"]).to_json())
            told["layout"].pop("template", None)  # Streamlit's colours are not here
            chart = json.dumps({key: told[key] for key in ("data", "layout")})
        return [{key: in_prose(value) for key, value in found.numbers.items()}, chart]

    numbers, chart = cached(f"evidence-{claim_id}-{language}".lower(), digest_of(sources), compute)
    return numbers, chart
