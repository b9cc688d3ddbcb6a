"""Concepts: loss, cost and objective; where a loss sits in training; which one to start with."""

from live.ui.concepts_page import concepts_page

concepts_page()
