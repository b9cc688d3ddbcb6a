"""Record a torch program as a tape, which the browser replays."""
