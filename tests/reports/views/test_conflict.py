"""Two writers of one form: nothing is overwritten, and each place is settled by the second."""

import json

import pytest

from reports.filling.asked_forms import forms_of
from reports.models import Submission
from reports.pages.while_writing import base_of
from tests.reports.importing import stored
from tests.reports.written import NOW, accepted, filler, save, table

pytestmark = pytest.mark.django_db
BEGUN = table(documents=1, unit={"c2": "批示", "c3": "学习", "c7": "活动", "c8": "无"})


@pytest.fixture
def task():
    """Begun, then saved by the other one."""
    task = accepted()
    save(task, BEGUN)
    return task


@pytest.fixture
def second(client, task):
    """Posts what the second writer has before him, who began with BEGUN."""
    client.force_login(filler(task.bureau))
    base = base_of(stored(task))
    other = {**BEGUN, "unit": {**BEGUN["unit"], "c2": "批示一次", "c7": "活动三场"}}
    save(task, other, revision=1)

    def post(**fields):
        mine = {f"unit.{id_}": text for id_, text in BEGUN["unit"].items()}
        mine |= {f"rows.0.{id_}": text for id_, text in BEGUN["rows"][0].items()}
        mine |= {"foot.f1": BEGUN["foot"]["f1"], "unit.c3": "学习两次", "unit.c7": "活动五场"}
        posted = {"revision": "1", "base": base, **mine, **fields}
        return client.post(f"/assignments/{task.pk}/forms/1/", posted)

    return post


def unit(task) -> list[str]:
    return list(stored(task)["unit"].values())


def test_both_texts_are_shown_with_who_saved_when(second, task):
    answer = second(save="1")

    assert answer.status_code == 422
    shown = answer.context["conflict"]
    assert shown.saved_by == "2026-03-02 12:30 测试填报人"
    assert [
        (one.difference.label, one.difference.theirs, one.difference.mine, one.picked)
        for one in shown.choices
    ] == [
        ("领导同志批示情况", "批示一次", "批示", "theirs"),
        ("组织开展学习情况", "学习", "学习两次", "mine"),
        ("开展的重点工作", "活动三场", "活动五场", None),
    ]
    assert "双方都改过，请选择" in answer.content.decode()
    assert unit(task) == ["批示一次", "学习", "活动三场", "无"]


def test_what_was_picked_is_saved_and_what_was_not_in_question_stays(second, task):
    picks = {"pick.changed:unit.c2": "theirs", "pick.changed:unit.c3": "mine"}

    answer = second(resolve="1", theirs="2", **picks, **{"pick.changed:unit.c7": "mine"})

    assert answer.status_code == 302
    assert unit(task) == ["批示一次", "学习两次", "活动五场", "无"]
    assert Submission.objects.get().revision == 3


def test_suggestions_stand_where_nothing_else_was_picked(second, task):
    second(resolve="1", theirs="2", **{"pick.changed:unit.c7": "theirs"})

    assert unit(task) == ["批示一次", "学习两次", "活动三场", "无"]


def test_nothing_is_saved_while_a_place_is_open(second, task):
    answer = second(resolve="1", theirs="2", **{"pick.changed:unit.c2": "mine"})

    assert answer.status_code == 422
    picked = [one.picked for one in answer.context["conflict"].choices]
    assert picked == ["mine", "mine", None]
    assert unit(task)[0] == "批示一次"


def test_third_save_meanwhile_is_a_conflict_again(second, task):
    save(task, table(unit={**BEGUN["unit"], "c8": "经验一条"}), revision=2)

    answer = second(resolve="1", theirs="2", **{"pick.changed:unit.c7": "mine"})

    assert answer.status_code == 422
    assert 'name="theirs" value="3"' in answer.content.decode()
    assert unit(task)[3] == "经验一条"


@pytest.mark.parametrize("base", ["", "null", "[]", "{", '{"unit": {"c99": "x"}}', '"x"'])
def test_base_that_is_none_only_suggests_nothing(second, base):
    answer = second(save="1", base=base)

    assert [one.picked for one in answer.context["conflict"].choices] == [None] * 3


def test_pick_that_is_none_counts_as_not_made(second):
    answer = second(resolve="1", theirs="2", **{"pick.changed:unit.c7": "x"})

    assert answer.status_code == 422


def test_wrong_text_is_refused_after_picking_as_always(second, task):
    fields = {"unit.c7": "活\x01动", "pick.changed:unit.c7": "mine"}

    answer = second(resolve="1", theirs="2", **fields)

    assert answer.status_code == 422
    assert "控制字符" in answer.content.decode()
    assert unit(task)[2] == "活动三场"


def test_page_posts_what_was_begun_with(client, task):
    client.force_login(filler(task.bureau))

    page = client.get(f"/assignments/{task.pk}/forms/1/")

    assert json.loads(page.context["base"]) == stored(task)
    assert forms_of(task)[0].submission.saved_at == NOW
