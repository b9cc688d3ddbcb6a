"""Information: how surprised Q is by P, and how far the two are apart."""

from live.page import family_page

family_page("information")
