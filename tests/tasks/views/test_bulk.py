import pytest
from django.urls import reverse

from bureaus.roles import Role
from tasks.models import Assignment, Urge
from tasks.pages.bulk_verbs import BULK_VERBS
from tasks.states import Status
from tests import factories
from tests.factories import TO_SUBMIT, fresh, walk
from tests.pages import told

NIL = ("accept", "report_nil", "pass_review", "submit")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def rows(issued):
    """Four provinces; the first two in administrative order have reported nil."""
    found = list(issued.assignments.for_detail().order_by("bureau_path"))
    for row in found[:2]:
        walk(row, *NIL)
    return found


def post(client, rows, verb, **data):
    keys = [row.pk for row in rows]
    return client.post(reverse("tasks:bulk"), {"assignments": keys, "verb": verb, **data})


def units(found) -> list[str]:
    return [getattr(one, "assignment", one).bureau.code for one in found]


def test_first_page_says_what_would_happen_and_does_nothing(office, rows):
    answer = post(office, rows, "close")

    assert answer.status_code == 200
    assert units(answer.context["fitting"]) == ["110000", "320000"]
    assert units(answer.context["unfit"]) == ["330000", "650000"]
    text = answer.content.decode()
    assert "确认核收 2 件" in text
    assert "任务当前为“待签收”，不能核收" in text
    assert fresh(rows[0]).status == Status.SUBMITTED


@pytest.mark.parametrize("verb", ["close", "return_"])
def test_what_was_reported_is_judged_one_by_one_and_only_nil_at_once(office, rows, verb):
    walk(rows[2], *TO_SUBMIT)

    asked = post(office, rows[:3], verb)
    done = post(office, rows[:3], verb, confirmed="1", reason="示例")

    assert units(asked.context["fitting"]) == ["110000", "320000"]
    text = asked.content.decode()
    assert text.count("零报告（无此情况）") == 2
    assert f'href="/assignments/{rows[2].pk}/step/"' in text
    label = BULK_VERBS[verb].label
    said = f"已报送内容，请打开后逐件{label}；成批只办理零报告"
    assert [one.refusal for one in asked.context["unfit"]] == [said]
    assert [one.refusal for one in done.context["refused"]] == [said]
    assert units(done.context["done"]) == ["110000", "320000"]
    assert fresh(rows[2]).status == Status.SUBMITTED


def test_confirmed_page_says_what_came_of_each(office, rows):
    answer = post(office, rows, "close", confirmed="1")

    assert answer.status_code == 200
    assert units(answer.context["done"]) == ["110000", "320000"]
    assert units(answer.context["refused"]) == ["330000", "650000"]
    assert [fresh(row).status for row in rows] == ["closed", "closed", "pending", "pending"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "请填写原因"),
        ({"reason": "缺一栏", "until": "2026-02-30"}, "日期不对"),
        ({"reason": "缺一栏", "until": "9999-12-31"}, "日期应在2000年至2999年之间"),
        ({"reason": "长" * 2001}, "原因不能超过2000个字"),
    ],
)
def test_missing_or_wrong_answers_come_back_with_nothing_done(office, rows, data, said):
    answer = post(office, rows[:2], "return_", confirmed="1", **data)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert data.get("reason", "") in answer.content.decode()
    assert [fresh(row).status for row in rows[:2]] == [Status.SUBMITTED] * 2


def test_note_that_is_too_long_comes_back_and_is_not_lost(office, rows):
    answer = post(office, rows[2:], "urge", confirmed="1", note="长" * 201)

    assert answer.status_code == 422
    assert "附言不能超过200个字，请删减" in answer.content.decode()
    assert "长" * 201 in answer.content.decode()
    assert not Urge.objects.exists()


def test_day_before_the_old_deadline_is_refused_row_by_row(office, rows):
    answer = post(office, rows[:1], "return_", confirmed="1", reason="缺一栏", until="2026-03-10")

    assert [one.refusal for one in answer.context["refused"]] == [
        "重新报送的最后一天不能早于今天和原截止时间，即2026年3月31日"
    ]
    assert fresh(rows[0]).status == Status.SUBMITTED


def test_handler_is_chosen_from_those_who_may(enter, rows):
    unit = rows[2].bureau
    filler = factories.staff(Role.FILLER, unit)
    reviewer = factories.staff(Role.REVIEWER, unit)
    client = enter(factories.staff(Role.COORDINATOR, unit))

    wrong = post(client, rows[2:3], "assign", confirmed="1", handler=reviewer.pk)
    right = post(client, rows[2:3], "assign", confirmed="1", handler=filler.pk)

    assert wrong.status_code == 422
    assert "请从列表中选择承办人" in wrong.content.decode()
    assert units(right.context["done"]) == ["330000"]
    assert fresh(rows[2]).handler == filler


def test_rows_one_may_not_see_are_passed_over_in_silence(enter, rows):
    client = enter(factories.staff(Role.COORDINATOR, rows[2].bureau))

    answer = post(client, rows, "accept", confirmed="1")

    assert units(answer.context["done"]) == ["330000"]
    assert answer.context["refused"] == []
    assert fresh(rows[3]).status == Status.PENDING
    assert "650000" not in answer.content.decode()


def test_nothing_chosen_leads_back(office):
    answer = post(office, [], "close", next="/ledger/?light=mine")

    assert (answer.status_code, answer.url) == (302, "/ledger/?light=mine")
    assert told(answer) == ["请先勾选要办理的任务"]


def test_more_than_two_hundred_are_refused(office, rows):
    keys = [row.pk for row in rows] + list(range(10_000, 10_197))

    answer = office.post(
        reverse("tasks:bulk"), {"assignments": keys, "verb": "close", "confirmed": "1"}
    )

    assert told(answer) == ["一次最多办理200件，现在选了201件，请分批选择"]
    assert fresh(rows[0]).status == Status.SUBMITTED


@pytest.mark.parametrize("key", ["x", "-1", "1" * 30, "²"])
def test_keys_that_are_none_count_as_nothing_chosen(office, key):
    answer = office.post(reverse("tasks:bulk"), {"assignments": [key], "verb": "close"})

    assert told(answer) == ["请先勾选要办理的任务"]


@pytest.mark.parametrize("verb", ["", "withdraw", "hand_in", "x"])
def test_other_verbs_are_not_found(office, rows, verb):
    assert post(office, rows, verb).status_code == 404


@pytest.mark.parametrize(
    "elsewhere", ["https://example.test/", "//example.test/", "javascript:x", ""]
)
def test_way_back_stays_on_this_site(office, elsewhere):
    assert post(office, [], "close", next=elsewhere).url == "/ledger/"


def test_bulk_by_get_is_refused(office):
    assert office.get(reverse("tasks:bulk")).status_code == 405


@pytest.mark.parametrize("verb", BULK_VERBS)
def test_every_verb_has_its_page(office, rows, verb):
    answer = post(office, rows, verb)

    assert answer.status_code == 200
    assert BULK_VERBS[verb].consequence in answer.content.decode() or not answer.context["fitting"]


@pytest.mark.parametrize("count", [1, 4])
def test_first_page_reads_the_same_number_of_times(office, rows, count, django_assert_num_queries):
    Assignment.objects.update(status=Status.ACCEPTED)
    post(office, rows[:count], "urge")  # the process has met the units

    with django_assert_num_queries(6):
        post(office, rows[:count], "urge")
