"""Guide: which loss to start with for a problem, and what that costs."""

from live.ui.guide_page import guide_page

guide_page()
