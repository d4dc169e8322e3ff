"""Celery entry points: when they run stands in config/schedule.py."""

from celery import shared_task
from django.utils import timezone

from audit import job_runs
from reports.actions import productions


# Longer than the broker waits: a second worker may get the same message and finds the row claimed.
@shared_task(time_limit=35 * 60)
def produce(key: int) -> None:
    """Make one file that somebody has asked for. On the queue "files": it may take minutes."""
    productions.produce(key, clock=timezone.now)


@shared_task
def produce_waiting() -> None:
    """Files whose message or worker was lost, those to be tried again; old files are deleted."""
    for key in productions.sweep(timezone.now()):
        produce.apply_async((key,), expires=55)
    job_runs.ended(job_runs.PRODUCE, timezone.now())
