"""Hashes passwords with argon2, few at a time: guessing costs a guesser, and not the machine."""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 2
"""Others wait: each takes memory, and the machine has two cores that are for the sensor too."""
_places = BoundedSemaphore(AT_ONCE)


class BoundedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with the least that OWASP asks for: 19 MiB, two passes, one lane.

    Django's own 100 MiB, times its threads, is more than a small machine has. A hash that was made
    with it is checked with it, and made anew when somebody signs in.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    """KiB."""
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a password, when there is a place."""
        with _places:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Check a password, when there is a place."""
        with _places:
            return super().verify(password, encoded)
