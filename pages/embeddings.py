"""Embeddings: which points belong together, and who pulls and pushes them."""

from live.ui.family_page import family_page

family_page("embeddings")
