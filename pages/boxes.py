"""Boxes: a target, a prediction, and every loss between them."""

from live.ui.family_page import family_page

family_page("boxes")
