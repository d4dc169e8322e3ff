"""Celery entry points: when they run stands in config/schedule.py."""

from celery import shared_task
from django.utils import timezone

from audit import job_runs
from bureaus.actions import marks
from notices.actions import intake, originals


# Longer than the broker waits: a second worker may get the same message and finds the row claimed.
@shared_task(time_limit=30 * 60)
def recognise() -> None:
    """Recognise one waiting scan, then ask for the next. On the queue "ocr": slow and heavy."""
    if intake.recognise_next(timezone.now()):
        recognise.delay()
    job_runs.ended(job_runs.RECOGNISE, timezone.now())


@shared_task
def sweep() -> None:
    """Every hour: files of imports that came to nothing, and marks of changes in plenty."""
    originals.sweep(timezone.now())
    marks.fold()
