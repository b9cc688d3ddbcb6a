"""Distances: what it means that two matrices, points or codes are near."""

from live.ui.family_page import family_page

family_page("distances")
