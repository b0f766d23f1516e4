"""How many packets are read, and how many of one sender: a flood is dropped, and costs little.

Whatever is not read waits in the kernel, which drops what it has no room for. What is read and not
signed costs a hash. What is signed costs a hundred times that, so each sender has a share of its
own, which only it can use up.
"""

from dataclasses import dataclass

MAX_READ_RATE = 4_000.0
"""Packets a second that are read, whoever sent them."""
MAX_READ_BURST = 4_000.0
"""That are read at once, after a time in which fewer came."""
MAX_SENDER_RATE = 200.0
"""Packets a second of one sender: three times what a school of three thousand sends at a bell."""
MAX_SENDER_BURST = 4_000.0
"""At once: every session, after the network was away."""


@dataclass(slots=True)
class TokenBucket:
    """So much a second, and so much at once.

    Args:
        rate: tokens that come each second.
        burst: that there are at most, and at first.
    """

    rate: float
    burst: float
    _tokens: float = 0.0
    _filled_at: float | None = None

    def take(self, now: float) -> bool:
        """Take a token, where there is one.

        Args:
            now: seconds of a clock that may be set back: that gives no tokens, and costs none.
        """
        if self._filled_at is None:
            self._tokens = self.burst
        elif now > self._filled_at:
            self._tokens = min(self.burst, self._tokens + (now - self._filled_at) * self.rate)
        self._filled_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
