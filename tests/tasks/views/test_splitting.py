"""The page 转发分解: whom to ask by when, and more of them later."""

from datetime import datetime

import pytest
from django.urls import reverse

from bureaus.models import Bureau
from bureaus.roles import Role
from tasks.actions import amending, issuing
from tasks.actions.issuing import Terms
from tasks.models import Assignment, Obligation
from tasks.scheduling.dates import dates_of
from tests import factories
from tests.factories import NOW, SHANGHAI, TO_SUBMIT, walk
from tests.pages import told
from tests.splits import NEED, child, cities, coordinator, split
from tests.tasks.split_pages import page_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

FIRST = "2026-03-25"  # 3 working days before the target of the task above


def posted(*bureaus: Bureau, **changes) -> dict:
    return {
        "bureaus": [bureau.pk for bureau in bureaus],
        "due_on": FIRST,
        "seen_day": FIRST,
        "is_needed": "on",
        "need": NEED,
    } | changes


def made() -> Obligation:
    return Obligation.objects.exclude(parent=None).get()


# --- asking ---


def test_page_proposes_a_day_three_working_days_before_ones_own_target(chief, task):
    cities(task.bureau)

    answer = chief.get(url(task))

    assert answer.context["form"]["due_on"].value().isoformat() == FIRST
    assert answer.context["outlook"].due_on.isoformat() == FIRST
    assert len(answer.context["outlook"].ladder) == 10
    assert "早 3 个工作日，留出汇总" in answer.content.decode()


def test_day_proposed_lies_ahead_even_shortly_before_the_deadline(chief, clock, task):
    clock.move_to(datetime(2026, 3, 27, 10, tzinfo=SHANGHAI), tick=False)  # a Friday
    chief.force_login(coordinator(task.bureau))

    answer = chief.get(url(task))

    assert answer.context["form"]["due_on"].value().isoformat() == "2026-03-30"
    assert len(answer.context["outlook"].warnings) == 2  # too short, and before a weekend


def test_page_offers_those_directly_below_that_are_in_use_and_none_of_them_ticked(chief, task):
    hangzhou, ningbo, wenzhou = cities(task.bureau)
    zone = factories.zone(task.bureau)
    Bureau.objects.filter(pk=wenzhou.pk).update(is_active=False)
    factories.county(hangzhou)
    Bureau.objects.create(
        code="N330",
        name="质量处",
        short_name="质量处",
        rank=Bureau.Rank.INTERNAL,
        parent=task.bureau,
        path=f"{task.bureau.path}N330/",
    )

    tiers = chief.get(url(task)).context["tiers"]

    offered = {tier.rank: tier.bureaus for tier in tiers}
    assert offered == {"prefecture": [hangzhou, ningbo], "zone": [zone]}
    assert all(tier.chosen == set() for tier in tiers)


def test_split_goes_out_and_leads_back_to_the_task(chief, task):
    hangzhou, ningbo, _ = cities(task.bureau)

    answer = chief.post(url(task), posted(hangzhou, ningbo))

    assert (answer.status_code, answer.url) == (302, page_of(task))
    assert told(answer) == ["已转发分解给2个单位"]
    rows = made().assignments.order_by("bureau_path")
    assert [row.bureau for row in rows] == [hangzhou, ningbo]
    assert (made().need, made().soon_workdays) == (NEED, task.obligation.soon_workdays)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"bureaus": []}, "bureaus", "请至少选择一个下级单位"),
        ({"need": "  "}, "need", "请填写确需报送的理由"),
        ({"is_needed": ""}, "is_needed", "现有数据能满足的请直接代填；确需下级报送的请勾选"),
        ({"due_on": ""}, "due_on", "请填写日期"),
        ({"due_on": "2026-04-01"}, "due_on", "下级的截止时间不能晚于本级的截止时间2026年3月31日"),
        ({"due_on": "2026-02-30"}, "due_on", "日期不对，请写成“2026-03-31”这样"),
        ({"due_on": "1026-02-03"}, "due_on", "日期应在2000年至2999年之间"),
    ],
)
def test_what_is_missing_or_wrong_is_told_at_its_field(chief, task, changes, field, message):
    answer = chief.post(url(task), posted(*cities(task.bureau)) | changes)

    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [message]
    assert not Obligation.objects.exclude(parent=None).exists()


def test_unit_that_is_not_offered_is_refused(chief, task):
    answer = chief.post(url(task), posted(factories.province("320000", "江苏省")))

    assert answer.status_code == 422
    assert "bureaus" in answer.context["form"].errors


def test_warnings_of_another_day_are_seen_before_it_goes_out(chief, task):
    (hangzhou,) = cities(task.bureau, 1)
    tomorrow = posted(hangzhou, due_on="2026-03-03")

    first = chief.post(url(task), tomorrow)

    assert first.status_code == 422
    assert "日期已更改，请看过新的“请注意”提示后再次提交" in first.content.decode()
    assert "从现在到截止只有1个工作日" in first.content.decode()
    assert chief.post(url(task), tomorrow | {"seen_day": "2026-03-03"}).status_code == 302


def test_another_day_is_looked_ahead_from_without_the_rest_of_the_page(chief, task):
    answer = chief.get(url(task), {"due_on": "2026-03-03"}, HTTP_HX_REQUEST="true")

    text = answer.content.decode()
    assert answer.context["outlook"].due_on.isoformat() == "2026-03-03"
    assert "从现在到截止只有1个工作日" in text
    assert "<html" not in text


@pytest.mark.parametrize("day", ["", "2026-02-30", "nonsense", "0001-01-01", "9999-12-31"])
def test_day_that_is_none_is_looked_past(chief, task, day):
    answer = chief.get(url(task), {"due_on": day}, HTTP_HX_REQUEST="true")

    assert answer.context["outlook"].due_on.isoformat() == FIRST


# --- who may ---


@pytest.mark.parametrize("role", [Role.FILLER, Role.REVIEWER, Role.APPROVER])
def test_only_coordinators_of_the_bureau_reach_the_page(enter, task, role):
    client = enter(factories.staff(role, task.bureau))

    assert client.get(url(task)).status_code == 403
    assert client.post(url(task), posted(*cities(task.bureau))).status_code == 403


def test_bureau_above_sees_the_task_and_splits_nothing(office, task):
    assert office.get(url(task)).status_code == 403


def test_task_not_yet_accepted_leads_back_and_says_why(enter):
    task = factories.assignment()

    answer = enter(coordinator(task.bureau)).get(url(task))

    assert (answer.status_code, answer.url) == (302, page_of(task))
    assert told(answer) == ["任务当前为“待签收”，不能转发分解"]


def test_city_whose_counties_take_no_part_is_told_so(enter, task):
    (hangzhou,) = cities(task.bureau, 1)
    own = factories.accept(child(split(task, hangzhou), hangzhou))
    client = enter(coordinator(hangzhou))

    answer = client.get(url(own))

    assert answer.status_code == 302
    assert "未开启“任务可分解到县级”" in told(answer)[0]
    assert client.get(page_of(own)).context["may_split"] is False


# --- once it is split ---


def test_more_units_are_added_on_the_same_page(chief, task):
    hangzhou, ningbo, _ = cities(task.bureau)
    split(task, hangzhou)

    page = chief.get(url(task))
    answer = chief.post(url(task), {"bureaus": [ningbo.pk]})

    assert hangzhou not in page.context["tiers"][0].bureaus
    assert (answer.status_code, told(answer)) == (302, ["已补发给1个单位"])
    assert made().assignments.count() == 2


def test_adding_nobody_is_told(chief, task):
    split(task)

    answer = chief.post(url(task), {})

    assert answer.status_code == 422
    assert answer.context["form"].errors["bureaus"] == ["请至少选择一个要增加的单位"]


def test_page_of_the_split_leads_to_changing_and_withdrawing_it(chief, task):
    issued = split(task)

    text = chief.get(url(task)).content.decode()

    for name in ("tasks:obligation_amend", "tasks:obligation_withdraw"):
        assert f'href="{reverse(name, args=[issued.pk])}"' in text
        assert chief.get(reverse(name, args=[issued.pk])).status_code == 200


def test_task_whose_split_was_withdrawn_can_be_split_anew(chief, task):
    issued = split(task)
    amending.withdraw(issued, reason="改为代填", now=NOW, by=coordinator(task.bureau))

    answer = chief.get(url(task))

    assert answer.templates[0].name == "tasks/split.html"


# --- asked before ---


def asked_again(bureau: Bureau) -> Assignment:
    """The same table, asked by another notice."""
    notice = factories.filed_notice(factories.TEXT.replace("〔2026〕1号", "〔2026〕2号"))
    clause = notice.clauses.get(attachment_numbers="1")
    terms, by = Terms(dates_of(clause)), factories.coordinator()
    made = issuing.issue(clause, bureaus=[bureau], terms=terms, now=NOW, by=by)
    return factories.accept(made.assignments.for_detail().get())


def test_page_says_which_units_were_asked_for_the_same_table_by_another_notice(chief, task):
    made_before = split(task)
    for code in ("330100", "330200"):
        row = made_before.assignments.for_detail().get(bureau__code=code)
        walk(row, *TO_SUBMIT, now=NOW)

    answer = chief.get(url(asked_again(task.bureau)))

    (one,) = answer.context["before"]
    assert (one.notice, one.counts.units, one.counts.handed_in) == (made_before.notice, 3, 2)
    assert "杭州等2个单位已于" in answer.content.decode()
    assert "是否可直接使用已有数据" in answer.content.decode()


def test_page_is_silent_where_only_another_province_has_asked_so(chief, task):
    jiangsu = factories.province("320000", "江苏省")
    split(asked_again(jiangsu), factories.prefecture(jiangsu, "320100", "南京市"))
    cities(task.bureau)

    assert chief.get(url(task)).context["before"] == []


# --- figures ---


@pytest.mark.parametrize("count", [1, 50])
def test_choice_of_units_takes_the_same_queries_for_one_and_for_fifty(
    chief, task, django_assert_num_queries, count
):
    cities(task.bureau, count)

    with django_assert_num_queries(15):
        answer = chief.get(url(task))

    assert len(answer.context["tiers"][0].bureaus) == count
