"""Accounts that too many wrong passwords have locked, as django-axes counts them."""

from datetime import datetime

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import QuerySet, Sum

from bureaus.models import Staff


def is_locked(username: str, *, now: datetime) -> bool:
    recent = AccessAttempt.objects.filter(
        username=username, attempt_time__gt=now - settings.AXES_COOLOFF_TIME
    )
    failures = recent.aggregate(total=Sum("failures_since_start"))["total"] or 0
    return failures >= settings.AXES_FAILURE_LIMIT


def locked(rows: QuerySet[Staff], *, now: datetime) -> QuerySet[Staff]:
    """Those of these people who are locked out at this moment."""
    recent = AccessAttempt.objects.filter(attempt_time__gt=now - settings.AXES_COOLOFF_TIME)
    often = (
        recent.order_by()
        .values("username")
        .annotate(total=Sum("failures_since_start"))
        .filter(total__gte=settings.AXES_FAILURE_LIMIT)
    )
    return rows.filter(is_active=True, username__in=often.values("username"))


def unlock(username: str) -> None:
    """Forget the failures of this account."""
    reset(username=username)
