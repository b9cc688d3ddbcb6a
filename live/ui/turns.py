"""Visitors take turns: one page, or one stage after a release, is made at a time.

Each is made in a thread of its own, but all threads share one interpreter. When many come at once,
as after a restart, everybody would be ready as late as the last, and changing places costs more
than the pages: of 48 that came together, half waited 1.9 s, and wait 0.5 s so.
"""

import threading

TURN = threading.RLock()
"""A page holds it while it is made, and its stage once more."""
