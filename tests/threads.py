"""Several people at the same moment: one thread each, started together."""

import threading
from collections.abc import Callable, Sequence

from django.db import connections


def at_once(deeds: Sequence[Callable[[], object]], seconds: float = 60) -> list[object]:
    """What each deed returned or raised, in the order given. Needs a transactional test."""
    gate = threading.Barrier(len(deeds))
    results: list[object] = [None] * len(deeds)

    def run(number: int) -> None:
        gate.wait()
        try:
            results[number] = deeds[number]()
        except Exception as fault:  # the test looks at it
            results[number] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=seconds)
    assert not any(thread.is_alive() for thread in threads)
    return results
