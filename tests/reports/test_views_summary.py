"""The outline as its writer sees it."""

from datetime import timedelta

import pytest

from reports.schemas.cautions import INTERNAL, PEOPLE
from tests import factories
from tests.factories import NOW
from tests.reports.written import accepted, filler, outline, save

pytestmark = pytest.mark.django_db

TEXT = factories.TEXT_APART.replace("字数控制", "总结材料要有数据支撑，字数控制")


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW + timedelta(hours=3), tick=False)


@pytest.fixture
def task():
    return accepted(number="2", text=TEXT)


@pytest.fixture
def writer(client, task):
    client.force_login(filler(task.bureau))
    return client


def url(task, number=2) -> str:
    return f"/assignments/{task.pk}/forms/{number}/"


def test_delicate_sections_say_what_must_not_be_written(writer, task):
    text = writer.get(url(task)).content.decode()

    assert text.count(PEOPLE) == 1
    assert INTERNAL not in text


def test_delicate_columns_say_what_must_not_be_written(client):
    task = accepted()
    client.force_login(filler(task.bureau))

    assert f"“领导同志批示情况”：{INTERNAL}" in client.get(url(task, 1)).content.decode()


def test_sections_without_data_are_named_and_do_not_keep_from_handing_in(writer, task):
    save(task, outline("认真学习", "《示例方案》", "活动3场", "无", "典型2个"), number=2)

    answer = writer.get(url(task))

    (warning,) = answer.context["warnings"]
    assert warning.href == "sections-s1"
    assert "没有数字、文件或日期，总结要求有数据支撑" in answer.content.decode()
    given = {"revision": "1", "sections.s1": "认真学习", "hand_in": "1"}
    assert writer.post(url(task), given).status_code == 302
