"""Classification: one logit, several classes, and the way from features to the loss."""

from live.page import family_page

family_page("classification")
