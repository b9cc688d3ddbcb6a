"""Segmentation: a painted mask, a true one, and what every loss says of each pixel."""

from live.ui.family_page import family_page

family_page("segmentation")
