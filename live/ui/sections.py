"""What stands below a stage: words, the notes' claims, code, sources."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from catalog import CATALOG, family
from experiments.evidence import Evidence, evidence
from live.documents.code_forms import CODE_FORMS, lead_of, snippet_of
from live.documents.prose import cite
from live.families.page_tables import table
from live.modules import CLAIM
from live.ui.component import component
from live.ui.evidence_chart import figure
from live.ui.guide import link
from live.ui.link import language_link
from live.words.number_format import in_prose
from live.words.text import load, names, say

VERDICTS = {"wrong": "✗", "imprecise": "≈", "right": "✓"}


def show_words(name: str, loss_id: str, language: str) -> None:
    """What the chosen loss is for, then what ties its family together."""
    words = load(f"losses/{loss_id}")
    st.markdown(f"## {words['name'][language]}")
    if words["also"][language]:
        st.caption(say("also_called", language, names=words["also"][language]))
    if CATALOG[loss_id].related:
        st.html(relatives(loss_id, language))
    if claims_about(loss_id):
        st.html(trials(loss_id, language))
    # Two rows, not two columns: on a phone the parts then follow each other in this order.
    for row in (("what", "when"), ("when_not", "goes_wrong")):
        for column, part in zip(st.columns(2), row, strict=True):
            with column:
                st.markdown(f"**{say(part, language)}**\n\n{words[language][part]}")
    st.divider()
    st.markdown(load(f"families/{name}")[language]["words"])


def relatives(loss_id: str, language: str) -> str:
    """Links to the losses that a loss names as related, in HTML."""
    short = {
        other: load(f"losses/{other}")["short"][language] for other in CATALOG[loss_id].related
    }
    links = [
        link(f"{CATALOG[other].family}?loss={other}", name, language_link(language))
        for other, name in short.items()
    ]
    text = say("related", language, names=" · ".join(links))
    return f'<p class="lab-related">{text}</p>'


def claims_about(loss_id: str) -> tuple[str, ...]:
    """The claims of the study notes about one loss."""
    every = claims(CATALOG[loss_id].family)
    return tuple(claim for claim in every if loss_id in load(f"claims/{claim}")["losses"])


def trials(loss_id: str, language: str) -> str:
    """Links to the claims about a loss, each with its verdict, in HTML."""
    page = f"{CATALOG[loss_id].family}?loss={loss_id}&claim="
    links = [
        link(page + claim, title_of(claim, language), language_link(language))
        for claim in claims_about(loss_id)
    ]
    text = say("trials", language, names=" · ".join(links))
    return f'<p class="lab-related">{text}</p>'


def title_of(claim_id: str, language: str) -> str:
    """What a claim is called, behind the sign of its verdict."""
    claim = load(f"claims/{claim_id}")
    return f"{VERDICTS[claim['verdict']]} {claim[language]['title']}"


def show_trial(name: str, language: str, asked: str) -> None:
    """The claims of the study notes about this family, each with its evidence.

    Args:
        asked: The claim that the link asks for, which stands open and is scrolled to; or "".
    """
    st.caption(say("trial_lead", language))
    for claim_id in claims(name):
        _show_claim(claim_id, language, expanded=claim_id == asked)
    if asked:
        component(CLAIM)(key="claim_asked", data={"key": _claim_key(asked, language)})


def claims(name: str) -> tuple[str, ...]:
    """The claims about one family."""
    every = names("claims")
    return tuple(claim for claim in every if load(f"claims/{claim}")["family"] == name)


def _claim_key(claim_id: str, language: str) -> str:
    return f"claim_{claim_id}_{language}"


def _show_claim(claim_id: str, language: str, expanded: bool) -> None:
    claim = load(f"claims/{claim_id}")
    words = claim[language]
    verdict = claim["verdict"]
    title = f"{VERDICTS[verdict]} **{words['title']}** · {say(f'verdict_{verdict}', language)}"
    key = _claim_key(claim_id, language)
    with st.expander(title, expanded, key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        found = evidence(claim["family"], claim["evidence"]) if claim["evidence"] else None
        numbers = {} if found is None else written_numbers(claim, found)
        st.markdown(f"**{say('notes_say', language)}** {words['claim'].format(**numbers)}")
        st.markdown(f"**{say('what_holds', language)}** {words['truth'].format(**numbers)}")
        if found is not None and found.curves:
            chart = figure(found, words["labels"])
            st.plotly_chart(chart, key=f"chart_{claim_id}", config={"displayModeBar": False})


def written_numbers(claim: Mapping[str, Any], found: Evidence) -> dict[str, str]:
    """The numbers of a claim's sentences; `digits` says which of them need more than four."""
    digits = claim.get("digits", {})
    return {name: in_prose(value, digits.get(name, 4)) for name, value in found.numbers.items()}


def show_code(name: str, state: Mapping[str, Any], language: str) -> None:
    """Programs that print the number on the screen, one a tab; only the open one is sent."""
    snippet = snippet_of(name, state)
    labels = [say(key, language) for key in CODE_FORMS]
    tabs = st.tabs(labels, key=f"{name}_{language}_code", on_change="rerun")
    for tab, (key, form) in zip(tabs, CODE_FORMS.items(), strict=True):
        if tab.open:
            code = form(snippet)
            with tab:
                st.caption(lead_of(key, snippet, code, language))
                if code:
                    st.code(code, wrap_lines=True)
    query = urlencode(language_link(language) | table(name).link(state))
    st.markdown(f"[{say('link_to_state', language)}](?{query})")


def show_sources(name: str, loss_id: str, language: str) -> None:
    """Who published the chosen loss, then the sources of the whole family."""
    st.markdown("\n".join(f"- {cite(reference)}" for reference in CATALOG[loss_id].references))
    st.divider()
    st.markdown(f"**{load(f'families/{name}')[language]['title']}**")
    every = dict.fromkeys(reference for loss in family(name) for reference in loss.references)
    st.markdown("\n".join(f"- {cite(reference)}" for reference in every))
