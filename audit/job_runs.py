"""The pulse of the workers: each queue's job of every minute says when it came to its end.

A row and not a question to the workers: it is there to be read while the broker is down.
"""

from datetime import datetime

from audit.models import JobRun

# the jobs that run each minute, one on every queue (config/schedule.py)
TICK, PRODUCE, RECOGNISE = "tick", "produce", "recognise"


def ended(name: str, at: datetime) -> None:
    """Write down that this job has come to its end; a run that fails says nothing."""
    if not JobRun.objects.filter(name=name).update(ended_at=at):
        JobRun.objects.bulk_create([JobRun(name=name, ended_at=at)], ignore_conflicts=True)
