"""The office teaches the reader: what people decided goes out, and comes back as weights."""

import json
from datetime import date, datetime, time

import pytest
from django.core.management import CommandError, call_command

from bureaus.roles import Role
from notices.actions import checking
from notices.checking.decisions import Decision, as_read
from notices.models import Notice
from notices.text.clauses import model
from notices.text.learning.examples import of_folder
from tests import factories
from tests.factories import NOW, SHANGHAI
from tests.folders import LESSONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked():
    """Three clauses were read: one is accepted, one gets another day, one is none; one is added."""
    notice = factories.notice()
    by = factories.staff(Role.COORDINATOR, notice.bureau)
    added = checking.add_clause(
        notice,
        quote="现就有关事项通知如下",
        deliverable="示例材料",
        due_on=date(2026, 5, 8),
        now=NOW,
        by=by,
    )
    first, second, third = notice.clauses.reports().exclude(pk=added.pk)
    moved = Decision(True, second.deliverable, date(2026, 11, 30), time(17), "2")
    decisions = {
        first.pk: as_read(first),
        second.pk: moved,
        third.pk: Decision(False, third.deliverable, None, None, ""),
        added.pk: as_read(added),
    }
    return checking.file(notice, metadata={}, decisions=decisions, now=NOW, by=by)


def exported(folder) -> dict:
    call_command("export_readings", folder)
    (text,) = of_folder(folder)
    return text


def test_what_people_decided_is_the_answer(checked, tmp_path):
    text = exported(tmp_path / "out")

    asked = [(one["quote"], one["deadline"]) for one in text.answer["obligations"]]
    assert text.text == checked.body
    assert [deadline.get("date") for _, deadline in asked] == [
        "2026-03-31",
        "2026-11-30",
        "2026-05-08",
    ]
    assert asked[1][1] == {"kind": "fixed", "date": "2026-11-30", "time": "17:00"}
    assert "重要情况和工作信息" not in "".join(quote for quote, _ in asked)
    assert all(
        text.text[one["start"] : one["end"]] == one["quote"] for one in text.answer["obligations"]
    )


def test_files_are_only_for_this_account(checked, tmp_path):
    call_command("export_readings", tmp_path / "out")

    assert {oct(path.stat().st_mode)[-3:] for path in (tmp_path / "out").iterdir()} == {"600"}


def test_what_is_not_checked_stays_here(tmp_path, capsys):
    factories.notice()

    call_command("export_readings", tmp_path / "out")

    assert list((tmp_path / "out").iterdir()) == []
    assert "已导出0份" in capsys.readouterr().out


def test_reading_keeps_which_model_read_it():
    assert Notice.objects.get(pk=factories.notice().pk).reading["model"] == model.model().version


def test_office_trains_weights_of_its_own_and_they_hold(checked, tmp_path, settings, capsys):
    settings.READER_WEIGHTS = tmp_path / "reader" / "weights.json"
    exported(tmp_path / "out")

    call_command("train_reader", tmp_path / "out", LESSONS)
    model.use(settings.READER_WEIGHTS)
    try:
        own = model.model().version
    finally:
        model.use(None)

    assert own != model.model().version
    assert "按通知交叉验证" in capsys.readouterr().out


def test_too_little_to_learn_from_is_told(checked, tmp_path):
    exported(tmp_path / "out")

    with pytest.raises(CommandError, match="至少需要30个"):
        call_command("train_reader", tmp_path / "out", "--output", tmp_path / "w.json")

    assert not (tmp_path / "w.json").exists()


def test_folder_that_is_none_is_named(tmp_path):
    with pytest.raises(CommandError, match="找不到文件夹"):
        call_command("train_reader", tmp_path / "nowhere")


def test_damaged_answer_is_named(tmp_path):
    (tmp_path / "1.txt").write_text("示例", encoding="utf-8")
    (tmp_path / "1.json").write_text(json.dumps({"obligations": [{}]}), encoding="utf-8")

    with pytest.raises(CommandError, match="重新导出"):
        call_command("train_reader", tmp_path)


def test_moment_of_a_deadline_is_that_of_the_office(checked):
    second = checked.clauses.reports().get(attachment_numbers="2")

    assert second.due_at.astimezone(SHANGHAI) == datetime(2026, 11, 30, 17, tzinfo=SHANGHAI)
