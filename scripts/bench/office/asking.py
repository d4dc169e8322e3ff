"""Asks the main pages of the demonstration office, each for the post that uses it.

``python -m scripts.bench.office.asking`` with DATABASE_URL of a database that `manage.py demo`
filled; each line of its input, a number of PAGES, is answered by one line of JSON.
"""

import json
import logging
import os
import sys
from typing import Any

import django
from django.apps import apps
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from scripts.bench.office.pages import EMPTY, PAGES, Page
from scripts.bench.timing import busy, milliseconds
from tasks.states import EDITABLE, Status


def subjects() -> dict[str, int]:
    """Rows of the kind that these posts open: what waits to be received, filled in, checked."""
    tasks = apps.get_model("tasks", "Assignment").objects
    handed_in = tasks.filter(status=Status.SUBMITTED, receiver__path="/").earliest("pk")
    own = tasks.filter(bureau__code="330000", status__in=EDITABLE).order_by("pk")
    filled = next(task for task in own if task.obligation.notice.attachments.exists())
    notices = apps.get_model("notices", "Notice").objects
    return {
        "unchecked": notices.filter(state="to_check", bureau__path="/").earliest("pk").pk,
        "notice": handed_in.obligation.notice_id,
        "obligation": handed_in.obligation_id,
        "submitted": handed_in.pk,
        "filled": filled.pk,
    }


def ask(page: Page, about: dict[str, int]) -> dict[str, Any]:
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(apps.get_model("bureaus", "Staff").objects.get(username=page.who))
    url = page.url.format(**about)
    client.get(url)  # what is read once a process or a minute
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
        queries = len(captured)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answers {answer.status_code}")
    return {
        "times": milliseconds(lambda: client.get(url)),
        "busy": busy(lambda: client.get(url)),
        "queries": queries,
    }


def empty(request: HttpRequest) -> HttpResponse:
    """What stands around every page, and nothing in it: the floor."""
    return render(request, "base.html")


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    logging.disable()
    from config import urls  # noqa: PLC0415  needs the settings

    urls.urlpatterns[:0] = [path(EMPTY, empty)]  # type: ignore[list-item]  # it may be either
    about = subjects()
    for line in sys.stdin:
        print(json.dumps(ask(PAGES[int(line)], about)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
