"""Workers that are killed in the middle of their work: ``python -m tests.tasks.dying SEED ROUNDS``.

Each round a child of this process ticks, eleven minutes after the one before, and ends by SIGKILL
at one of four points. Prints a line of JSON a round; a last worker then finishes what is left.
"""

import json
import os
import random
import signal
import smtplib
import sys
from datetime import datetime, timedelta

import django
from django.db import connections
from django.utils import timezone

POINTS = ("before claim", "after claim", "accepted", "before result")
STEP = timedelta(minutes=11)  # more than a lease


def beginning() -> datetime:
    """Early today: whatever the rounds take is still this working day."""
    return timezone.localtime().replace(hour=0, minute=5, second=0, microsecond=0)


def kill_at(point: str, number: int) -> None:
    """From now on this process dies when it comes to the point for the ``number``-th time."""
    from tasks.reminders.actions import deliveries  # noqa: PLC0415  (after django.setup)

    place, name = {
        "before claim": (deliveries, "claim"),
        "after claim": (deliveries, "begin"),
        "accepted": (smtplib.SMTP, "data"),
        "before result": (deliveries, "sent"),
    }[point]
    real, passed = getattr(place, name), []

    def dying(*words, **named):
        passed.append(name)
        is_it = len(passed) == number
        if is_it and point != "accepted":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(*words, **named)
        if is_it:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(place, name, dying)


def in_a_child(point: str, number: int, now: datetime) -> bool:
    """Did it die there? It did not where it had too little to do."""
    from tasks.reminders.actions import ticking  # noqa: PLC0415  (after django.setup)

    connections.close_all()
    child = os.fork()
    if child == 0:
        if point:
            kill_at(point, number)
        ticking.tick(now)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def main(seed: int, rounds: int) -> None:
    django.setup()
    rng = random.Random(seed)  # noqa: S311  (no secret)
    points = [point for point in POINTS for _ in range(rounds)]
    rng.shuffle(points)
    for turn, point in enumerate(points):
        died = in_a_child(point, rng.choice((1, 2)), beginning() + turn * STEP)
        print(json.dumps({"point": point, "died": died}), flush=True)
    in_a_child("", 0, beginning() + (len(points) + 1) * STEP)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
