"""Words as HTML, and a source as one line of Markdown."""

from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from mdit_py_plugins.dollarmath import dollarmath_plugin

from catalog import Reference

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
MARKDOWN.use(
    dollarmath_plugin,
    double_inline=True,
    renderer=lambda tex, _: f'<span class="lab-math">{escape(tex)}</span>',
)


def markdown(text: str) -> Markup:
    """Words as HTML; markup in them stays text, formulas are left to KaTeX in the browser."""
    return Markup(MARKDOWN.render(text))


def cite(reference: Reference) -> str:
    """A source as Markdown, its title a link where it has one."""
    title = f"[{reference.title}]({reference.url})" if reference.url else reference.title
    return f"{reference.authors}, *{title}*, {reference.venue}, {reference.year}"
