"""How far long work has come: a line now and then, in the task's log under Airflow, on standard error at the terminal."""

import logging
import time

EVERY_SECONDS = 5.0
LOGGER = "juminzei.progress"


class Progress:
    """Counts one kind of work. Tells figures, at most every EVERY_SECONDS; what is over sooner says nothing."""

    def __init__(self, what: str, unit: str, total: int | None = None) -> None:
        """`total` in the same unit as what is added; None: nobody knows yet."""
        self.what = what
        self.unit = unit
        self.total = total
        self.done = 0
        self._told_at = time.monotonic()

    def add(self, count: int = 1) -> None:
        """So much more is done."""
        self.done += count
        now = time.monotonic()
        if now - self._told_at >= EVERY_SECONDS:
            self._told_at = now
            of = "" if self.total is None else f" / {self.total:,}"
            logging.getLogger(LOGGER).info("%s: %s%s %s", self.what, f"{self.done:,}", of, self.unit)
