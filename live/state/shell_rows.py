"""What a link may say on every page, beside the rows of the page's own table."""

from live.state.rows import Choice
from live.words.text import LANGUAGE_IN_LINK, LANGUAGES

LANGUAGE = Choice(LANGUAGE_IN_LINK, "", tuple(LANGUAGES))
"""What follows the language's own letters may stand there, too: `zh-CN`."""
THEME = Choice("theme", "", ("", "light", "dark"))
"""Read in the browser, before anything is drawn (live/web/shell/colour_scheme.js)."""
