"""Addresses from which too many logins fail have to wait, before any password is looked at.

GB/T 22239-2019, 8.1.4.1 b (登录失败处理). The lock of an account does not help against somebody who
tries one password on many accounts; this does. Numbers: LOGIN_ADDRESS_… in the settings.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from bureaus.models import LoginAddress

WINDOW = timedelta(minutes=1)


def has_to_wait(address: str, *, now: datetime) -> bool:
    """Has this address reached the limit within a minute, and is its wait not over?"""
    if not settings.LOGIN_ADDRESS_LIMIT:
        return False
    since = now - settings.LOGIN_ADDRESS_WAIT
    too_many = LoginAddress.objects.filter(failures__gte=settings.LOGIN_ADDRESS_LIMIT)
    return too_many.filter(address=address, since__gt=since).exists()


def failed(address: str, *, now: datetime) -> None:
    """Count a failure; the first one after a minute begins anew. Old addresses are forgotten."""
    if not settings.LOGIN_ADDRESS_LIMIT:
        return
    LoginAddress.objects.filter(since__lte=now - settings.LOGIN_ADDRESS_WAIT - WINDOW).delete()
    counting = LoginAddress.objects.filter(address=address, since__gt=now - WINDOW)
    if not counting.update(failures=F("failures") + 1):
        LoginAddress.objects.update_or_create(
            address=address, defaults={"since": now, "failures": 1}
        )
