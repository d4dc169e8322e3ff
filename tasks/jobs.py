"""Celery entry points: when they run stands in config/schedule.py."""

import logging

from celery import shared_task
from django.utils import timezone

from audit import job_runs
from tasks.actions import recounting
from tasks.actions.counts import folding
from tasks.reminders.actions import address_faults, ticking

logger = logging.getLogger(__name__)


@shared_task
def tick() -> None:
    """Send the reminders that are due, with as many hands as there is work for."""
    for _ in range(ticking.hands(timezone.now()) - 1):
        share.delay_on_commit()
    share()
    job_runs.ended(job_runs.TICK, timezone.now())


@shared_task(expires=55)
def share() -> None:
    """One worker's share of what is due; a run that finds nothing due does nothing."""
    tally = ticking.tick(timezone.now(), clock=timezone.now)
    if str(tally) != "sent=0 superseded=0 failed=0":
        logger.info("tick %s", tally)


@shared_task
def watch_addresses() -> None:
    """Tell of addresses to which reminders fail again and again, once each."""
    told = address_faults.watch(timezone.now())
    if told:
        logger.info("told of %s addresses", told)


@shared_task(expires=55)
def fold_counts() -> None:
    """Put together what was appended to the counts of units; what they say stays the same."""
    folded = folding.fold()
    if folded:
        logger.info("folded %s counts", folded)


@shared_task
def follow_calendar() -> None:
    """Work open dates out anew where the working days have been changed."""
    made = recounting.recount(timezone.now())
    if made:
        logger.info("recount %s: %s days changed", made.pk, made.changed)
