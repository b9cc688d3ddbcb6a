"""The evidence for the claims about box losses."""
