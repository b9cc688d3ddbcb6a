"""Classification: one logit, several classes, and the way from features to the loss."""

from live.ui.family_page import family_page

family_page("classification")
