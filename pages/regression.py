"""Regression: one residual, nine opinions about it."""

from live.page import family_page

family_page("regression")
