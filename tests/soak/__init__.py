"""`python -m tests.soak`, or `make soak`: visitors, strangers and crashes for ten minutes."""
