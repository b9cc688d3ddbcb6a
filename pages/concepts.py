"""Concepts: loss, cost and objective; where a loss sits in training; which one to start with."""

from live.concepts_page import concepts_page

concepts_page()
