"""Celery entry points: when they run stands in config/schedule.py."""

from celery import shared_task
from django.utils import timezone

from notices.actions import intake


@shared_task
def recognise() -> None:
    """Recognise the scans that wait. On the queue "ocr": slow, and heavy on memory."""
    intake.recognise_waiting(timezone.now())
