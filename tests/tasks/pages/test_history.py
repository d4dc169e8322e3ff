from datetime import date, timedelta

import pytest

from audit.models import AuditEvent
from bureaus.models import Delegation
from bureaus.roles import Role
from tasks.actions import amending, extensions, handlers, issuing, passing, transitions
from tasks.actions.issuing import Terms
from tasks.pages import history
from tasks.scheduling.dates import Dates, last_moment
from tests import factories
from tests.factories import DUE_ON, NOW, fresh, walk
from tests.reports.written import save, table

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture
def task():
    return factories.assignment()


def lines(task, user=None) -> list[history.Line]:
    user = user or factories.staff(Role.FILLER, task.bureau)
    return history.lines(history.events(task), task, user=user)


def said(line) -> tuple:
    changes = [(change.label, change.old, change.new) for change in line.changes]
    return line.what, changes, line.notes


def test_lines_say_who_where_and_what_newest_first(task):
    walk(task, "accept", now=LATER)

    found = lines(task)

    assert [(line.at, line.who, line.where, line.what) for line in found] == [
        (LATER, "测试填报人", "浙江省市场监管局", "签收"),
        (NOW, "测试收文管理", "市场监管总局", "下发"),
    ]
    assert said(found[0]) == ("签收", [("状态", "待签收", "已签收")], [])
    assert said(found[1]) == ("下发", [], ["截止时间2026年3月31日"])


def test_change_of_a_deadline_stands_in_words_with_its_version_and_reason(task):
    extension = extensions.request(
        task,
        until=date(2026, 4, 10),
        reason="示例理由",
        now=NOW,
        by=factories.staff(Role.FILLER, task.bureau),
    )
    extensions.decide(
        extension, is_granted=True, opinion="可以", now=LATER, by=factories.coordinator()
    )

    granted, asked, _ = lines(task)

    assert said(granted) == (
        "同意延期",
        [("截止时间", "2026年3月31日", "2026年4月10日")],
        ["可以"],
    )
    assert (granted.version, asked.version) == (2, None)
    assert said(asked) == ("申请延期", [], ["申请延至2026年4月10日", "示例理由"])


def test_new_round_shows_status_and_deadline_together(task):
    walk(task, "accept", "hand_in", "pass_review", "submit")
    transitions.move(
        task,
        "return_",
        now=LATER,
        reason="缺一栏",
        until=date(2026, 4, 3),
        by=factories.coordinator(),
    )

    assert said(lines(task)[0]) == (
        "退回补正",
        [("状态", "已报送", "退回补正"), ("截止时间", "2026年3月31日", "2026年4月3日")],
        ["缺一栏"],
    )


def test_handler_and_suggestion_are_told(task):
    jiangsu = factories.province("320000", "江苏省")
    filler = factories.staff(Role.FILLER, task.bureau)
    handlers.assign(task, filler, now=NOW, by=filler)
    passing.decline(task, suggested=jiangsu, reason="不属于本单位", now=LATER, by=filler)

    declined, assigned, _ = lines(task)

    assert said(assigned) == ("分派承办人", [("承办人", "未指定", "测试填报人")], [])
    assert declined.notes == ["不属于本单位", "建议由江苏省市场监管局承办"]


def test_act_of_a_deputy_says_for_whom(task, time_machine):
    time_machine.move_to(NOW, tick=False)
    deputy = factories.staff(Role.REVIEWER, task.bureau)
    Delegation.objects.create(
        absentee=factories.staff(Role.FILLER, task.bureau),
        deputy=deputy,
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        made_at=NOW,
        made_by=deputy,
    )

    transitions.move(task, "accept", now=NOW, by=deputy)

    assert (lines(task)[0].who, lines(task)[0].acting_for) == ("测试审核人", "测试填报人")
    assert lines(task)[1].acting_for == ""


def test_save_shows_what_was_changed_to_the_bureau_alone(task):
    walk(task, "accept")
    save(task, table())

    own = lines(task)[0]

    assert own.what == "保存填报"
    cells = [(cell.label, cell.old, cell.new) for cell in own.cells]
    assert cells[0] == ("领导同志批示情况", "", "省领导作出批示")
    assert cells[-1] == ("联系人及联系方式", "", "（不记录内容）")
    theirs = lines(task, factories.coordinator())[0]
    assert (theirs.what, theirs.cells, theirs.more_cells) == ("保存填报", [], 0)


def test_reason_given_inside_the_bureau_is_told_to_its_own_people_alone(task):
    walk(task, "accept", "hand_in", "review_back")

    assert lines(task)[0].notes == ["示例原因"]
    above = lines(task, factories.coordinator())[0]
    assert said(above) == ("退回修改", [("状态", "待审核", "填报中")], [])


def test_issue_to_others_is_not_in_the_trail_and_an_amendment_is(task):
    jiangsu = factories.province("320000", "江苏省")
    issuing.add(task.obligation, bureaus=[jiangsu], now=LATER, by=factories.coordinator())
    amending.amend(
        task.obligation, date(2026, 4, 15), reason="示例", now=LATER, by=factories.coordinator()
    )

    other = task.obligation.assignments.for_detail().get(bureau=jiangsu)
    assert [line.what for line in lines(task)] == ["更改时限", "下发"]
    assert [line.what for line in lines(other)] == ["更改时限", "补发"]


def test_split_is_in_the_trail_of_both(task):
    walk(task, "accept")
    hangzhou, ningbo = (
        factories.prefecture(task.bureau),
        factories.prefecture(task.bureau, "330200", "宁波市"),
    )
    split = issuing.split(
        task,
        bureaus=[hangzhou, ningbo],
        terms=Terms(Dates(due_at=last_moment(DUE_ON)), need="数据由市局掌握"),
        now=LATER,
        by=factories.staff(Role.COORDINATOR, task.bureau),
    )
    child = split.assignments.for_detail().get(bureau=hangzhou)

    above, below = lines(task)[0], lines(child)[0]

    assert above.what == below.what == "转发分解"
    assert above.notes == ["共2个单位", "截止时间2026年3月31日", "数据由市局掌握"]
    assert below.notes == ["截止时间2026年3月31日", "数据由市局掌握"]


def test_signing_over_open_bureaus_below_names_them(task):
    walk(task, "accept")
    issuing.split(
        task,
        bureaus=[factories.prefecture(task.bureau)],
        terms=Terms(Dates(due_at=last_moment(DUE_ON)), need="示例理由"),
        now=NOW,
        by=factories.staff(Role.COORDINATOR, task.bureau),
    )
    walk(task, "hand_in", "pass_review")
    signer = factories.staff(Role.APPROVER, task.bureau)
    transitions.move(task, "submit", now=LATER, reason="先行报送", by=signer)

    assert lines(task)[0].notes == ["先行报送", "报送时下级杭州市市场监管局尚未报送"]


def test_reviewer_is_the_last_one_who_passed_it(task):
    walk(task, "accept", "hand_in", "pass_review", now=NOW)
    assert history.reviewed(history.moves(task)) == ("测试审核人", NOW)

    walk(task, "approval_back", "hand_in", "pass_review", now=LATER)

    assert history.reviewed(history.moves(fresh(task))) == ("测试审核人", LATER)


def test_trail_is_read_by_two_queries(task, django_assert_num_queries):
    walk(task, "accept", "hand_in", "review_back", "hand_in", "pass_review", "submit")
    user = factories.staff(Role.FILLER, task.bureau)
    assert user.held_posts
    task = type(task).objects.for_detail().get(pk=task.pk)

    with django_assert_num_queries(2):
        found = history.lines(history.events(task), task, user=user)

    assert len(found) == 7
    assert AuditEvent.objects.count() > 7


def test_issue_by_a_deputy_says_for_whom(time_machine):
    time_machine.move_to(NOW, tick=False)
    clause = factories.filed_notice().clauses.get(attachment_numbers="1")
    deputy = factories.staff(Role.REVIEWER, factories.central())
    Delegation.objects.create(
        absentee=factories.coordinator(),
        deputy=deputy,
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        made_at=NOW,
        made_by=deputy,
    )

    issued = issuing.issue(
        clause,
        bureaus=[factories.province()],
        terms=Terms(Dates(due_at=last_moment(DUE_ON))),
        now=NOW,
        by=deputy,
    )
    amending.amend(issued, date(2026, 4, 15), reason="示例", now=NOW, by=deputy)
    amending.withdraw(issued, reason="示例", now=NOW, by=deputy)

    events = AuditEvent.objects.about(issued)
    assert [(event.verb, event.detail["acting_for"]) for event in events] == [
        ("撤销事项", "测试收文管理"),
        ("更改时限", "测试收文管理"),
        ("下发", "测试收文管理"),
    ]
