"""Every migration carries the rows of every fixture forward, and the system works on them."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit import verification
from audit.models import AuditEvent
from bureaus.models import Bureau, Staff
from bureaus.roles import Role
from config.demo.people import holder
from config.upgrading import rows
from reports.actions import submissions
from reports.filling.asked_forms import forms_of
from tasks.actions.counts import mending
from tasks.models import Assignment, Delivery, Extension, Milestone, UnitCount
from tasks.reminders.actions import ticking
from tasks.states import ExtensionState, Status
from tests.upgrade.carried import empty_database, restore, values

FIXTURES = sorted(Path(__file__).parent.glob("*.json.xz"))
# What a migration drops, renames or rewrites on purpose: "app.model" or "app.model.attribute",
# with the migration that does.
CHANGED: dict[str, str] = {}
MOST_BYTES = 100_000


@pytest.fixture(params=FIXTURES, ids=lambda path: path.name.partition(".")[0])
def dumped(request, transactional_db, tmp_path):
    """One fixture, in a database that was then migrated to the newest state."""
    found = rows.read(request.param)
    with empty_database(tmp_path):
        restore(found)
        call_command("migrate", interactive=False, verbosity=0)
        yield found


@pytest.mark.django_db(transaction=True)
def test_rows_are_carried_forward_and_work(dumped):
    assert_all_there(dumped)
    assert_repeated()
    connection.check_constraints()
    assert list(verification.faults()) == []
    assert_pages_open()
    write_and_remind()
    connection.check_constraints()
    assert list(verification.faults()) == []


def assert_all_there(dumped):
    """Each row under its key, with what its columns held."""
    for label, table in dumped["tables"].items():
        if label in CHANGED:
            continue
        model = apps.get_model(label)
        stand = {row["pk"]: row for row in model._base_manager.values("pk", *attributes(model))}
        for row in values(model, table):
            compared = {name for name in row if f"{label}.{name}" not in CHANGED}
            stands = stand.get(row[model._meta.pk.attname])
            assert stands, f"{label} {row} is gone"
            assert {name: stands[name] for name in compared} == {
                name: row[name] for name in compared
            }
        lost = set(table["columns"]) - {field.column for field in model._meta.local_concrete_fields}
        assert {f"{label}.{column}" for column in lost} <= set(CHANGED)


def assert_repeated():
    """What repeats of the assignments is as theirs, and what is counted of them adds up."""
    assert UnitCount.objects.exists()
    assert list(mending.differences()) == []
    asked = Extension.objects.select_related("assignment").filter(state=ExtensionState.ASKED)
    assert [(one.receiver_id, one.due_at) for one in asked] == [
        (one.assignment.receiver_id, one.assignment.due_at) for one in asked
    ]
    mails = Delivery.objects.select_related("milestone__assignment")
    of_tasks = [each for each in mails if each.milestone.assignment]
    assert of_tasks
    assert all(each.bureau_path == each.milestone.assignment.bureau_path for each in of_tasks)


def attributes(model):
    return [field.attname for field in model._meta.local_concrete_fields]


def assert_pages_open():
    """The page of every assignment, for who receives it and who owes it, and the long lists."""
    tasks = list(Assignment.objects.for_detail())
    assert len({task.status for task in tasks}) == len(Status)
    for task in tasks:
        for bureau, role in ((task.receiver, Role.COORDINATOR), (task.bureau, Role.FILLER)):
            address = reverse("tasks:assignment_detail", args=[task.pk])
            for person in Staff.objects.filter(posts__bureau=bureau, posts__role=role)[:1]:
                assert logged_in(person).get(address).status_code == 200, (task.pk, person)
    lists = logged_in(holder(Role.COORDINATOR, Bureau.objects.get(parent=None)))
    for name in ("tasks:desk", "tasks:ledger", "notices:library", "notices:intakes"):
        assert lists.get(reverse(name)).status_code == 200, name


def logged_in(person):
    client = Client()
    client.force_login(person)
    return client


def write_and_remind():
    """A form is saved, and the next reminders go out."""
    task = Assignment.objects.for_detail().filter(status=Status.FILLING).order_by("pk")[0]
    form, by = forms_of(task)[0], holder(Role.FILLER, task.bureau)
    last = AuditEvent.objects.latest("pk")
    content = {**form.content, "foot": {}}
    now = last.at + timedelta(minutes=1)
    saved = submissions.save(task, form.number, content, revision=form.revision, now=now, by=by)
    assert saved.revision == form.revision + 1
    assert AuditEvent.objects.latest("pk").pk == last.pk + 1

    armed = Milestone.objects.filter(state=Milestone.State.ARMED).order_by("at")[0]
    assert ticking.tick(armed.at).sent > 0


def test_there_is_a_fixture_and_it_is_small():
    assert FIXTURES
    assert all(path.stat().st_size <= MOST_BYTES for path in FIXTURES)
