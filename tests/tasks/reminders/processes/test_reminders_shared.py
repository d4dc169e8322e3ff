"""Two beats and four workers on PostgreSQL and Valkey: exactly one mail a row, all delivered."""

import os
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from scripts.bench import due
from tasks.models import Delivery, Milestone
from tests.tasks.post_office import PostOffice

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PROVINCES, KINDS = 32, ("T-10", "T-5", "T-3", "T-1")
UNITS = PROVINCES * len(due.LEVELS)


@pytest.fixture
def office(broker_url, mail_server, tmp_path):
    name = connection.settings_dict["NAME"]
    opened = PostOffice(
        database=urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl(),
        broker=broker_url,
        mail=mail_server.url,
        folder=tmp_path,
    )
    yield opened
    opened.close()


def sent(kind: str) -> int:
    rows = Delivery.objects.by_mail().filter(milestone__kind=kind, state=Delivery.State.SENT)
    return rows.count()


def test_two_beats_and_four_workers_send_exactly_one_mail_a_row(office, mail_server):
    due.fill(UNITS, KINDS, now=timezone.localtime())
    office.hire(beats=2, workers=4)

    for kind in KINDS:
        assert due.come(kind, at=timezone.now()) == UNITS
        office.wait_until(lambda kind=kind: sent(kind) == UNITS)

    rows = Delivery.objects.by_mail()
    keys = Counter(str(message["Message-ID"]) for message in mail_server.messages)
    assert rows.count() == UNITS * len(KINDS) == 384
    assert set(rows.values_list("state", "attempts", "is_repeat")) == {("sent", 1, False)}
    assert keys == dict.fromkeys(rows.values_list("message_key", flat=True), 1)
    assert set(Milestone.objects.values_list("state", flat=True)) == {"fired"}
