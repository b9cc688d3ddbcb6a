"""Information: how surprised Q is by P, and how far the two are apart."""

from live.ui.family_page import family_page

family_page("information")
