"""Included by the workers of test_production_worker.py: pieces take long, leases are short."""

import time
from datetime import timedelta

from reports.actions import productions

PIECE = 0.25  # seconds

productions.LEASE = timedelta(seconds=3)
productions.EVERY = timedelta(0)
_quick = productions.progress


def _slow(production, done, total, *, now):
    time.sleep(PIECE)
    _quick(production, done, total, now=now)


productions.progress = _slow
