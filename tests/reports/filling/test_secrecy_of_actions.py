"""A 密级 is refused where a text is stored too, by whatever way it got there: jobs, commands."""

from datetime import timedelta

import pytest

from notices.actions import checking, intake
from notices.models import Intake
from notices.text.page.secrecy import ClassifiedDocument
from reports.models import Submission
from tasks.actions import extensions, transitions
from tasks.models import Extension
from tasks.states import Status
from tests import factories
from tests.factories import NOW, fresh
from tests.reports.written import accepted, filler, save, table

pytestmark = pytest.mark.django_db
MARKS = ("机密★3年", "【秘密】", "绝密", "请补正\n机密级")


@pytest.mark.parametrize("mark", MARKS)
def test_content_of_a_form_is_refused(mark):
    task = accepted()
    data = table()
    data["unit"] = {**data.get("unit", {}), "c2": mark}

    with pytest.raises(ClassifiedDocument):
        save(task, data)

    assert not Submission.objects.exists()


@pytest.mark.parametrize("mark", MARKS)
def test_reason_of_a_move_is_refused(mark):
    task = factories.assignment()
    before = task.status
    verb = "decline" if before == Status.PENDING else "return_"

    with pytest.raises(ClassifiedDocument):
        transitions.move(task, verb, now=NOW, reason=mark, by=factories.actor(task, verb))

    assert fresh(task).status == before


@pytest.mark.parametrize("mark", MARKS)
def test_reason_of_an_extension_is_refused(mark):
    task = accepted()
    day = (task.due_at + timedelta(days=3)).date()

    with pytest.raises(ClassifiedDocument):
        extensions.request(task, until=day, reason=mark, now=NOW, by=filler(task.bureau))

    assert not Extension.objects.exists()


@pytest.mark.parametrize("mark", MARKS)
def test_words_of_checking_are_refused(mark):
    notice, person = factories.notice(), factories.coordinator()
    quote = notice.clauses.first().quote
    added = {"quote": quote, "deliverable": mark, "due_on": None}

    with pytest.raises(ClassifiedDocument):
        checking.discard(notice, reason=mark, now=NOW, by=person)
    with pytest.raises(ClassifiedDocument):
        checking.add_clause(notice, **added, now=NOW, by=person)

    assert fresh(notice).state == notice.state
    assert not notice.clauses.filter(deliverable=mark).exists()


@pytest.mark.parametrize("name", ["机密★3年.jpg", "【秘密】通知.png", "绝密.tif"])
def test_name_of_a_scan_is_refused_before_the_scan_is_kept(name, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    person = factories.coordinator()

    with pytest.raises(ClassifiedDocument):
        intake.hand_in([(name, b"\xff\xd8\xff")], bureau=person.bureau, now=NOW, by=person)

    assert not Intake.objects.exists()
    assert list(tmp_path.rglob("*")) == []
