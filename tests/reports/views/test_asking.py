"""The page that asks before a hand-in, without script, and who sees what was confirmed."""

import re

import pytest

from bureaus.roles import Role
from reports.models import Confirmation, Submission
from tasks.states import Status
from tests import factories
from tests.factories import fresh, walk
from tests.reports.filling.test_confirming import FORM, with_period
from tests.reports.importing import asked, stored
from tests.reports.reviewing import login
from tests.reports.written import NOW, accepted, outline, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
ROW = {"rows.0.name": "甲", "rows.0.a": "-3", "rows.0.b": ""}
SAID = "附件1 第1行“检查数”"


@pytest.fixture
def task():
    return asked(FORM)


def url(task, number=1):
    return f"/assignments/{task.pk}/forms/{number}/"


def posted(task, **fields):
    rows = Submission.objects.filter(assignment=task).values_list("revision", flat=True)
    return {**ROW, "revision": rows.first() or 0, **fields}


def button(page, verb="hand_in"):
    """What 确认无误 posts."""
    found = re.search(rf'name="{verb}" value="([^"]+)">确认无误，继续提交<', page.content.decode())
    return found[1]


def test_page_names_each_place_with_a_link_and_one_button_hands_in(writer, task):
    page = writer.post(url(task), posted(task, hand_in="1"))

    text = page.content.decode()
    assert page.status_code == 422
    assert "提交前请核对 1 处" in text
    assert f'<a href="#rows-0-a">{SAID}</a>：“检查数”填的是负数（-3）。' in text
    assert 'id="rows-0-a"' in text
    assert fresh(task).status == Status.FILLING

    answer = writer.post(url(task), posted(task, hand_in=button(page)))

    assert (answer.status_code, fresh(task).status) == (302, Status.REVIEW)
    assert Confirmation.objects.get().place == SAID


def test_nothing_is_lost_by_who_goes_back(writer, task):
    writer.post(url(task), posted(task, hand_in="1"))

    assert stored(task)["rows"] == [{"name": "甲", "a": "-3", "b": ""}]
    text = writer.get(url(task)).content.decode()
    assert 'value="-3"' in text
    assert "提交前请核对" not in text


def test_other_buttons_beside_the_question_confirm_nothing(writer, task):
    writer.post(url(task), posted(task, hand_in="1"))

    saved = writer.post(url(task), posted(task, save="1"))
    again = writer.post(url(task), posted(task, hand_in="1"))

    assert (saved.status_code, again.status_code) == (302, 422)
    assert fresh(task).status == Status.FILLING


def test_corrected_figure_is_handed_in_and_a_new_doubt_is_asked(writer, task):
    page = writer.post(url(task), posted(task, hand_in="1"))
    fields = posted(task, hand_in=button(page)) | {"rows.0.b": "7", "rows.0.a": "5"}

    page = writer.post(url(task), fields)

    assert "（7）大于“检查数”（5）" in page.content.decode()
    fields = posted(task, hand_in="1") | {"rows.0.a": "7", "rows.0.b": "7"}
    assert writer.post(url(task), fields).status_code == 302
    assert not Confirmation.objects.exists()


def test_second_question_keeps_the_answer_to_the_first(writer, task):
    page = writer.post(url(task), posted(task, hand_in="1"))
    more = {"rows.1.name": "乙", "rows.1.a": "5", "rows.1.b": "8"}

    page = writer.post(url(task), posted(task, hand_in=button(page)) | more)
    assert "提交前请核对 1 处" in page.content.decode()
    answer = writer.post(url(task), posted(task, hand_in=button(page)) | more)

    assert answer.status_code == 302
    assert Confirmation.objects.count() == 2


def test_place_in_another_form_is_a_link_to_its_page(client):
    task = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    asked(FORM, task=task)
    save(task, outline("学习两次"), number=2)
    save(task, {"rows": [{"name": "甲", "a": "-3", "b": ""}]})
    login(client, Role.FILLER, task.bureau)
    fields = {"sections.s1": "学习两次", "revision": 1, "hand_in": "1"}

    text = client.post(url(task, 2), fields).content.decode()

    assert f'<a href="{url(task)}#rows-0-a">{SAID}</a>' in text


def test_many_questions_are_all_there(writer, task):
    rows = [{"name": f"示例{number}", "a": "-1", "b": ""} for number in range(30)]
    save(task, {"rows": rows})
    fields = {f"rows.{n}.{key}": text for n, row in enumerate(rows) for key, text in row.items()}

    text = writer.post(url(task), fields | {"revision": 1, "hand_in": "1"}).content.decode()

    assert "其余 10 处" in text
    assert text.count("填的是负数") == 30


def test_reviewer_and_receiver_see_what_was_confirmed(client, writer, task):
    page = writer.post(url(task), posted(task, hand_in="1"))
    writer.post(url(task), posted(task, hand_in=button(page)))
    said = f"{SAID}</a>：“检查数”填的是负数（-3）。"

    login(client, Role.REVIEWER, task.bureau)
    for address, link in (
        (f"/assignments/{task.pk}/review/", "#form-1-rows-0-a"),
        (url(task), "#rows-0-a"),
        (f"{url(task)}versions/1/", "#form-1-rows-0-a"),
    ):
        text = client.get(address).content.decode()
        assert "填报人已确认 1 处" in text
        assert f'<a href="{link}">{said}' in text
        assert f'id="{link[1:]}"' in text
    history = client.get(f"/assignments/{task.pk}/").content.decode()
    assert f"填报人已确认：{SAID}（负数）" in history

    client.force_login(factories.coordinator())
    assert "填报人已确认 1 处" not in client.get(url(task)).content.decode()
    walk(fresh(task), "pass_review", "submit", now=NOW)
    assert "填报人已确认 1 处" in client.get(url(task)).content.decode()


def test_nil_report_is_asked_about_on_the_form(writer, task):
    with_period(task, "2026年3月", None)

    page = writer.post(f"/assignments/{task.pk}/forms/nil/")

    assert "2026年3月到2026年3月31日才结束，现在报零报告" in page.content.decode()
    blank = {"revision": 0, "report_nil": button(page, "report_nil")}
    assert writer.post(url(task), blank).status_code == 302
    assert fresh(task).is_nil


def test_form_in_order_is_handed_in_without_a_question(client):
    task = accepted()
    login(client, Role.FILLER, task.bureau)
    save(task, table())
    whole = {f"unit.{key}": text for key, text in table()["unit"].items()}
    whole |= {f"rows.0.{key}": text for key, text in table()["rows"][0].items()}
    whole |= {"foot.f1": "示例联系人 010-00000000", "revision": 1, "hand_in": "1"}

    assert client.post(url(task), whole).status_code == 302
