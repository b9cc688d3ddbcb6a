"""How often somebody may do something. What is counted stays in this process, and not for long."""

import time
from collections import deque
from collections.abc import Callable, Hashable

MOST_REMEMBERED = 20_000


class Allowance:
    """So many times in so many seconds, for each of many.

    >>> twice = Allowance(2, 10.0, clock=lambda: 0.0)
    >>> [twice.take("a"), twice.take("a"), twice.take("a"), twice.take("b")]
    [True, True, False, True]
    """

    def __init__(
        self, times: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.times = times
        self.seconds = seconds
        self._clock = clock
        self._taken: dict[Hashable, deque[float]] = {}

    def take(self, who: Hashable) -> bool:
        """Whether it may be done now; if so, it counts."""
        if not self.left(who):
            return False
        if who not in self._taken and len(self._taken) >= MOST_REMEMBERED:
            self._forget()
        self._taken.setdefault(who, deque()).append(self._clock())
        return True

    def left(self, who: Hashable) -> int:
        """How often it may be done now."""
        taken = self._taken.get(who)
        if taken is None:
            return self.times
        while taken and taken[0] <= self._clock() - self.seconds:
            taken.popleft()
        if not taken:
            del self._taken[who]
            return self.times
        return self.times - len(taken)

    def _forget(self) -> None:
        """Whoever has not come lately; and if all have, the half that came first."""
        for who in list(self._taken):
            self.left(who)
        for who in list(self._taken)[: max(0, len(self._taken) - MOST_REMEMBERED // 2)]:
            del self._taken[who]
