"""Who gives a wrong key again and again waits longer and longer, but never for long."""

import time
from collections.abc import Callable, Hashable
from threading import Lock

from verbatims.errors import StudyError
from verbatims.language import _

_FREE = 5  # wrong keys before one has to wait
_LONGEST = 4.0  # seconds: whoever tries in someone's name must not keep them out
_REMEMBERED = 10_000  # places, which strangers choose


class Patience:
    """The wrong tries at each place; one that is right forgets them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: dict[Hashable, tuple[int, float]] = {}  # how many, and until when to wait
        self._lock = Lock()

    def ask(self, place: Hashable) -> None:
        """Refuse a try that comes too early."""
        with self._lock:
            left = self._wrong.get(place, (0, 0.0))[1] - self._clock()
        if left > 0:
            raise StudyError(
                _(
                    "Trop d'essais : attendez {seconds} s avant de recommencer. "
                    "Clé perdue ? Un responsable peut en donner une nouvelle.",
                    seconds=f"{left:.0f}",
                )
            )

    def heard(self, place: Hashable, *, right: bool) -> None:
        """Remember how a try went."""
        with self._lock:
            if right:
                self._wrong.pop(place, None)
                return
            times = self._wrong.get(place, (0, 0.0))[0] + 1
            wait = min(_LONGEST, 2.0 ** (times - _FREE)) if times >= _FREE else 0.0
            self._forget_some()
            self._wrong[place] = (times, self._clock() + wait)

    def _forget_some(self) -> None:
        if len(self._wrong) >= _REMEMBERED:
            now = self._clock()
            self._wrong = {place: left for place, left in self._wrong.items() if left[1] > now}
