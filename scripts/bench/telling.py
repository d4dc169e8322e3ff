"""The parts of the bench of events that need Django: run through ``manage.py shell``."""

import json
import statistics
import time
from datetime import timedelta
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from bureaus.models import Bureau, Staff
from config.startup import settle
from notices.actions import checking, ingest
from notices.checking.decisions import as_read
from notices.models import Notice
from scripts.bench import due
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.models import Delivery, Obligation
from tasks.reminders.actions import ticking
from tasks.scheduling.dates import dates_of

TURNS, WARM = 3, 100
AS_BROWSERS_DO = "application/x-www-form-urlencoded"
TEXT = """示例〔2026〕{number}号

示例总局关于报送质量工作情况的通知

现就有关事项通知如下（示例）：

各单位请于{first}前将质量工作进展情况报送总局。各单位请于{second}前将质量工作年度总结报送总局。\
各单位请于{third}前将质量工作典型案例报送总局。

示例总局

{today}
"""


def fill(bureaus: int) -> None:
    call_command("migrate", verbosity=0)
    due.fill(bureaus, (), now=timezone.localtime())
    due.coordinator()
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _directive(number: int) -> Notice:
    """Filed, with three clauses; due long after today."""
    now, by = timezone.localtime(), Staff.objects.get(username="coordinator")
    days = [f"{now + timedelta(days=each):%Y年%-m月%-d日}" for each in (60, 90, 120, 0)]
    words = dict(zip(("first", "second", "third", "today"), days, strict=True))
    text = TEXT.format(number=number, **words)
    taken = ingest.take_in(text, source_name="示例.txt", bureau=by.bureau, now=now, by=by)
    decisions = {clause.pk: as_read(clause) for clause in taken.clauses.all()}
    return checking.file(taken, metadata={}, decisions=decisions, now=now, by=by)


def issue() -> None:
    """Prints the seconds of the POST, of the action alone and of taking that back.

    Each is done on notices of its own; what the last POST issued stays to be told.
    """
    person = Staff.objects.get(username="coordinator")
    units = list(Bureau.objects.filter(parent=person.bureau))
    posts, acts, backs = [], [], []
    settle()  # as the web server does
    with override_settings(ALLOWED_HOSTS=["*"]):
        client = Client()
        client.force_login(person)
        for number in range(TURNS):
            acts.append(_acted(_directive(2 * number + 1), units, person))
            backs.append(_taken_back(person))
            if number:
                _taken_back(person)
            posts.append(_posted(client, _directive(2 * number + 2), units))
    found = {"back": statistics.median(each for each, _ in backs)}
    for name, times in (("post", posts), ("act", acts)):
        found[name] = statistics.median(wall for wall, _ in times)
        found[f"{name}_cpu"] = statistics.median(cpu for _, cpu in times)
    print(json.dumps(found))


def _clocks() -> tuple[float, float]:
    """Of the wall and of this process's time on a processor."""
    return time.perf_counter(), time.process_time()


def _since(begin: tuple[float, float]) -> tuple[float, float]:
    now = _clocks()
    return now[0] - begin[0], now[1] - begin[1]


def _taken_back(by: Staff) -> tuple[float, float]:
    """All that went out last and has not been taken back."""
    last = Obligation.objects.filter(state="issued", clause__isnull=False).latest("pk")
    begin = _clocks()
    issuing.take_back(last, now=last.issued_at, by=by)
    return _since(begin)


def _posted(client: Client, notice: Notice, units: list[Bureau]) -> tuple[float, float]:
    data = {
        "clauses": [clause.pk for clause in notice.clauses.confirmed()],
        "bureaus": [unit.pk for unit in units],
        "soon_workdays": "3",
        "is_needed": "on",
        "need": "示例",
    }
    url, body = reverse("tasks:issue", args=[notice.pk]), urlencode(data, doseq=True)
    begin = _clocks()
    answer = client.post(url, body, content_type=AS_BROWSERS_DO)
    took = _since(begin)
    if answer.status_code != 302:
        raise RuntimeError(answer.content.decode()[:20000])
    return took


def _acted(notice: Notice, units: list[Bureau], by: Staff) -> tuple[float, float]:
    now = timezone.now()
    begin = _clocks()
    with transaction.atomic():
        for clause in notice.clauses.confirmed():
            terms = Terms(dates_of(clause), need="示例")
            issuing.issue(clause, bureaus=units, terms=terms, now=now, by=by)
    return _since(begin)


def told() -> None:
    """Fires what is to be told; the letters wait until ``come``. Prints the seconds."""
    begin = time.perf_counter()
    ticking.tick(timezone.now())
    print(json.dumps({"told": time.perf_counter() - begin}))


def warm() -> None:
    """The letters of the last notice to a few: workers have long loaded what they need."""
    _come(Staff.objects.order_by("pk")[:WARM])


def come() -> None:
    _come(Staff.objects.all())


def _come(people: QuerySet[Staff]) -> None:
    theirs = Delivery.objects.by_mail().unsent().filter(recipient__in=people.values("pk"))
    theirs.update(not_before=timezone.now())
