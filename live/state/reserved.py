"""Names in a link that belong to no page's rows."""

LANGUAGE = "lang"
"""The language that the link asks for."""
MISSING = "missing"
"""The page that was asked for and is not there: so the home page is told of it."""
