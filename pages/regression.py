"""Regression: one residual, nine opinions about it."""

from live.ui.family_page import family_page

family_page("regression")
