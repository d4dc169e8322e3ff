"""What a form says beside its cells: how far it is filled in, what is 必填, what stood last."""

import pytest

from tasks.models import Assignment
from tests import factories
from tests.reports.importing import asked
from tests.reports.tables import BY_NUMBER
from tests.reports.views.test_prefill import FEBRUARY, MARCH, UNIT, issued
from tests.reports.written import accepted, filler, outline, reported, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]

MUST = '<span class="must"'


@pytest.fixture
def task():
    return accepted()


def opened(client, task, number=1):
    client.force_login(filler(task.bureau))
    return client.get(f"/assignments/{task.pk}/forms/{number}/")


def progress(answer):
    found = answer.context["progress"]
    said = f"已填 {found.done}/{found.whole} {found.measure}"
    assert said in answer.content.decode()
    return said


def test_a_form_that_nobody_has_written_in_has_none_of_its_columns(client, task):
    assert progress(opened(client, task)) == "已填 0/7 栏"


def test_a_column_is_filled_when_nothing_of_it_is_blank(client, task):
    whole = table(documents=2)
    whole["unit"]["c7"] = ""
    whole["rows"][1]["c5"] = " "
    save(task, whole)

    assert progress(opened(client, task)) == "已填 5/7 栏"


def test_whole_form_is_whole(client, task):
    save(task, table(documents=3))

    assert progress(opened(client, task)) == "已填 7/7 栏"


def test_parts_of_an_outline_are_counted(client):
    task = accepted(number="2", text=factories.TEXT_APART)
    save(task, outline("学习两次", "出台一件"), number=2)

    assert progress(opened(client, task, 2)) == "已填 2/5 部分"


def test_required_columns_and_fields_are_marked_with_a_word(client):
    task = asked(BY_NUMBER[16].definition)

    page = opened(client, task).content.decode()

    head = page[page.index("<thead>") : page.index("</thead>")]
    assert [MUST in cell for cell in head.split("<th ")[1:6]] == [False, True, True, False, True]
    assert page.count(MUST) == 4  # the month above the table too
    assert '<span class="visually-hidden">必填</span>' in page


def test_a_form_to_read_has_neither_progress_nor_keys(client, task):
    save(task, table())
    client.force_login(factories.coordinator())

    page = client.get(f"/assignments/{task.pk}/forms/1/").content.decode()

    assert "data-progress" not in page
    assert "data-keys" not in page


def series(unit):
    """February as it was reported, and March, due a month later, to be filled in."""
    before = reported(issued(FEBRUARY), table(documents=2, unit=unit))
    task = factories.accept(issued(MARCH))
    later = before.due_at.replace(month=4, day=30)
    Assignment.objects.filter(pk=task.pk).update(due_at=later)
    return before, factories.fresh(task)


def test_what_was_reported_for_the_period_before_stands_under_the_cell(client):
    _, task = series({"c2": "二月批示", "c3": "二月学习2次", "c7": "二月" + "长" * 60, "c8": "无"})
    save(task, table(unit={"c2": "三月批示", "c8": "无"}))

    answer = opened(client, task)

    last = {c.name: c.last for line in answer.context["sheet"].lines for c in line if c.last}
    assert set(last) == {"unit.c2", "unit.c3", "unit.c7"}  # c8 is the same again
    page = answer.content.decode()
    assert "上期 二月批示" in page
    assert f"上期 二月{'长' * 30}" in page
    assert f"上期 二月{'长' * 40}" not in page  # cut; the whole is its title
    assert f'title="二月{"长" * 60}"' in page


def test_a_later_period_is_no_period_before(client):
    before, task = series(UNIT)
    Assignment.objects.filter(pk=task.pk).update(due_at=before.due_at.replace(day=1))

    assert "上期" not in opened(client, task).content.decode()


def test_another_notice_is_no_period_before(client):
    reported(issued(FEBRUARY), table())
    other = factories.TEXT.replace("〔2026〕1号", "〔2026〕2号")
    task = factories.accept(issued(MARCH, text=other))
    later = task.due_at.replace(month=4, day=30)
    Assignment.objects.filter(pk=task.pk).update(due_at=later)

    page = opened(client, task).content.decode()

    assert "本单位报送过相同或相近的报表" in page
    assert "上期" not in page


@pytest.mark.parametrize("documents", [1, 30])
def test_the_period_before_takes_the_same_queries(client, django_assert_num_queries, documents):
    _, task = series(UNIT)
    save(task, table(documents=documents))
    client.force_login(filler(task.bureau))

    with django_assert_num_queries(19):
        client.get(f"/assignments/{task.pk}/forms/1/")
