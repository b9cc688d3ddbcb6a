"""Losses that stand on their own: made from `losses`, written to `content/code`."""
