"""Boxes: a target, a prediction, and every loss between them."""

from live.answers import box_answer
from live.page import family_page
from live.snippets import box_snippet

family_page("boxes", answer=box_answer, snippet=box_snippet)
