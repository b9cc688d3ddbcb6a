"""The evidence for the claims about classification."""
