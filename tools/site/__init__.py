"""The whole lab as a static site: `python -m tools.site OUT --languages en zh`."""
