"""Regression: one residual, nine opinions about it."""

from live.answers import regression_answer
from live.page import family_page
from live.snippets import regression_snippet

family_page("regression", answer=regression_answer, snippet=regression_snippet)
