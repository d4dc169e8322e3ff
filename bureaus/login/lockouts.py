"""Accounts that too many wrong passwords have locked, as django-axes counts them."""

from datetime import datetime

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Sum


def is_locked(username: str, *, now: datetime) -> bool:
    recent = AccessAttempt.objects.filter(
        username=username, attempt_time__gt=now - settings.AXES_COOLOFF_TIME
    )
    failures = recent.aggregate(total=Sum("failures_since_start"))["total"] or 0
    return failures >= settings.AXES_FAILURE_LIMIT


def unlock(username: str) -> None:
    """Forget the failures of this account."""
    reset(username=username)
