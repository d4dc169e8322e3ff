"""Opening and closing the secret addresses under which calendar programs read due days."""

import secrets
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from tasks.errors import FeedRefused
from tasks.models import Feed
from tasks.models.feed import digest_of

SECRET_BYTES = 32


@transaction.atomic
def open_feed(
    person: Staff, *, bureau: Bureau | None = None, now: datetime, by: Staff
) -> tuple[Feed, str]:
    """A new feed and its secret, which is told this once; an older one of the same kind ends.

    ``bureau=None``: what waits for the person. Raises FeedRefused for somebody else's feed, or
    where the person may not read.
    """
    _check_own(person, by)
    here = person.bureaus_where(Permission.READ)
    if not here or (bureau and bureau not in here):
        raise FeedRefused(f"您在{bureau or '任何单位'}没有查看任务的岗位，不能订阅日历")
    Staff.objects.select_for_update().get(pk=person.pk)  # two clicks at once: one after the other
    replaced = Feed.objects.live().filter(person=person, bureau=bureau).update(revoked_at=now)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = Feed.objects.create(person=person, bureau=bureau, digest=digest_of(secret), made_at=now)
    _record("开通日历订阅", feed, detail={"replaced": replaced}, now=now, by=by)
    return feed, secret


@transaction.atomic
def revoke(feed: Feed, *, now: datetime, by: Staff) -> Feed:
    """The address answers no more. Raises FeedRefused for somebody else's, or a second time."""
    _check_own(feed.person, by)
    if not Feed.objects.live().filter(pk=feed.pk).update(revoked_at=now):
        raise FeedRefused("这个订阅地址已经停用，不用再停一次")
    feed.revoked_at = now
    _record("停用日历订阅", feed, detail={}, now=now, by=by)
    return feed


def _check_own(person: Staff, by: Staff) -> None:
    if person != by:
        raise FeedRefused("日历订阅只能由本人开通和停用")


def _record(verb: str, feed: Feed, *, detail: dict[str, object], now: datetime, by: Staff) -> None:
    """On the chain of the bureau shown, or of the person's own."""
    bureau = feed.bureau or feed.person.bureau
    chain = bureau.code if bureau else trail.SYSTEM_CHAIN
    trail.record(verb, feed, chain=chain, detail=detail, at=now, by=by)
