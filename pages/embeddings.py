"""Embeddings: which points belong together, and who pulls and pushes them."""

from live.page import family_page

family_page("embeddings")
