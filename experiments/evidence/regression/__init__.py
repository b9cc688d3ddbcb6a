"""The evidence for the regression claims."""
