import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.actions import delegations
from bureaus.errors import BureauError
from bureaus.models import Post, Staff
from bureaus.roles import Permission, Role
from tasks.actions import handovers
from tasks.errors import HandoverRefused
from tasks.models import Assignment, Delivery
from tasks.reminders.actions import ticking
from tasks.states import ENDED, Status
from tests import factories
from tests.factories import NOW, RUNGS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = NOW.date()


@pytest.fixture
def zhejiang():
    return factories.province()


@pytest.fixture
def filler(zhejiang):
    return factories.staff(Role.FILLER, zhejiang)


@pytest.fixture
def other(zhejiang):
    """A second filler of the same bureau."""
    return factories.staff(Role.FILLER, zhejiang, username="other")


@pytest.fixture
def unit_admin(zhejiang):
    return factories.staff(Role.UNIT_ADMIN, zhejiang)


def in_hands(person, *bureaus):
    """An assignment of each of these bureaus, all handled by this person."""
    issued = factories.obligation(*bureaus)
    issued.assignments.update(handler=person)
    return [issued.assignments.for_detail().get(bureau=bureau) for bureau in bureaus]


def in_hand(person, bureau, **fields):
    """The one assignment that this person handles."""
    (task,) = in_hands(person, bureau)
    Assignment.objects.filter(pk=task.pk).update(**fields)
    return factories.fresh(task)


def leave(person, by, successor=None):
    return handovers.leave(person, successor=successor, now=NOW, by=by)


def transferred():
    return list(AuditEvent.objects.filter(verb="转交承办").order_by("pk"))


@pytest.mark.parametrize("status", Status)
def test_open_work_is_what_has_not_ended(zhejiang, filler, status):
    task = in_hand(filler, zhejiang, status=status)

    found = handovers.open_work(filler, on=TODAY).assignments

    assert found == ([] if status in ENDED else [task])


def test_open_work_is_ones_own(zhejiang, filler, other):
    in_hand(other, zhejiang)

    assert handovers.open_work(filler, on=TODAY).assignments == []


def test_post_is_open_work_where_nobody_else_fills_it(zhejiang, filler):
    post = filler.posts.get()
    elsewhere = factories.staff(Role.FILLER, factories.prefecture(zhejiang))
    assert handovers.open_work(filler, on=TODAY).posts == [post]

    second = Post.objects.create(staff=elsewhere, bureau=zhejiang, role=Role.FILLER)
    assert handovers.open_work(filler, on=TODAY).posts == []

    Post.objects.filter(pk=second.pk).update(is_effective=False)
    assert handovers.open_work(filler, on=TODAY).posts == [post]


@pytest.mark.parametrize("off", [{"is_active": False}, {"expires_on": "2026-03-01"}])
def test_colleague_out_of_use_fills_no_post(filler, other, off):
    Staff.objects.filter(pk=other.pk).update(**off)

    assert handovers.open_work(filler, on=TODAY).posts == [filler.posts.get()]


def test_transfer_puts_everything_into_the_other_hand_with_a_trail_each(zhejiang, filler, other):
    hangzhou = factories.prefecture(zhejiang)
    ningbo = factories.prefecture(zhejiang, "330200", "宁波市")
    Post.objects.create(staff=other, bureau=hangzhou, role=Role.FILLER)
    *tasks, ended = in_hands(filler, zhejiang, hangzhou, ningbo)
    Assignment.objects.filter(pk=ended.pk).update(status=Status.WITHDRAWN)

    count = handovers.transfer(filler, other, now=NOW, by=filler)

    assert count == 2
    assert [factories.fresh(task).handler for task in tasks] == [other, other]
    assert factories.fresh(ended).handler == filler
    assert [event.subject_key for event in transferred()] == [str(task.pk) for task in tasks]
    assert [event.chain for event in transferred()] == ["330000", "330100"]
    assert transferred()[0].detail == {"handler": ["测试填报人", "测试填报人"]}
    assert factories.fresh(filler).is_active


def test_transfer_to_somebody_who_cannot_do_one_moves_nothing(zhejiang, filler, other):
    tasks = in_hands(filler, zhejiang, factories.prefecture(zhejiang))

    with pytest.raises(HandoverRefused, match="在杭州市市场监管局没有“填报”岗位"):
        handovers.transfer(filler, other, now=NOW, by=filler)

    assert [factories.fresh(task).handler for task in tasks] == [filler, filler]
    assert transferred() == []


def below(zhejiang):
    return factories.staff(Role.FILLER, factories.prefecture(zhejiang))


@pytest.mark.parametrize(
    ("to", "message"),
    [
        (below, "不在同一单位"),
        (lambda at: factories.staff(Role.FILLER, at), "接办人不能是本人"),
        (lambda at: factories.staff(Role.FILLER, at, username="off", is_active=False), "已停用"),
        (lambda at: factories.staff(Role.REVIEWER, at), "没有“填报”岗位"),
    ],
)
def test_people_who_cannot_take_over_are_refused(zhejiang, filler, to, message):
    in_hand(filler, zhejiang)

    with pytest.raises(HandoverRefused, match=message):
        handovers.transfer(filler, to(zhejiang), now=NOW, by=filler)

    assert transferred() == []


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDITOR, Role.COORDINATOR])
def test_transfer_of_others_work_is_the_administrators(zhejiang, filler, other, role):
    in_hand(filler, zhejiang)

    with pytest.raises(HandoverRefused, match="没有转交测试填报人承办任务的权限"):
        handovers.transfer(filler, other, now=NOW, by=factories.staff(role, factories.central()))


def test_leaving_hands_everything_over_and_ends_the_account(zhejiang, filler, other, unit_admin):
    task = in_hand(filler, zhejiang)

    leave(filler, unit_admin, other)

    kept = factories.fresh(filler)
    assert factories.fresh(task).handler == other
    assert (kept.is_active, kept.posts.count()) == (False, 0)
    verbs = AuditEvent.objects.exclude(verb="登录").order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["转交承办", "停用账号"]


def test_successor_takes_the_posts_nobody_else_fills(zhejiang, filler, unit_admin):
    task = in_hand(filler, zhejiang)
    reviewer = factories.staff(Role.REVIEWER, zhejiang)

    leave(filler, unit_admin, reviewer)

    assert factories.fresh(reviewer).may(Permission.FILL, at=zhejiang)
    assert factories.fresh(task).handler == reviewer
    assert [each.pk for each in Staff.objects.who_may(Permission.FILL, at=zhejiang)] == [
        reviewer.pk
    ]


def test_leaving_with_open_work_needs_a_successor(zhejiang, filler, unit_admin):
    task = in_hand(filler, zhejiang)

    with pytest.raises(HandoverRefused) as refused:
        leave(filler, unit_admin)

    assert str(refused.value) == (
        "测试填报人还有承办任务1件，只有其一人担任的岗位（浙江省市场监管局 填报人），请先选择接办人"
    )
    assert factories.fresh(filler).is_active
    assert factories.fresh(task).handler == filler


def test_leaving_without_open_work_needs_nobody(filler, other, unit_admin):
    leave(filler, unit_admin)

    assert not factories.fresh(filler).is_active


def test_whoever_administers_alone_does_not_leave(zhejiang, unit_admin, other):
    system = factories.staff(Role.SYSTEM_ADMIN, factories.central())

    with pytest.raises(HandoverRefused, match="单位管理员只有测试单位管理员一人担任"):
        leave(unit_admin, system, other)

    factories.staff(Role.UNIT_ADMIN, zhejiang, username="second")
    leave(unit_admin, system)
    assert not factories.fresh(unit_admin).is_active


def test_separate_posts_are_confirmed_before_anybody_leaves(settings, zhejiang, filler, unit_admin):
    settings.SEPARATE_ADMINS = True
    reviewer = factories.staff(Role.REVIEWER, zhejiang)

    with pytest.raises(HandoverRefused, match="须经安全管理员确认"):
        leave(filler, unit_admin, reviewer)

    assert factories.fresh(filler).is_active
    assert not reviewer.posts.filter(role=Role.FILLER).exists()


def test_refused_end_of_the_account_takes_the_transfer_back(zhejiang, filler, other, unit_admin):
    """The posts reach further than this administrator: nothing is half done."""
    task = in_hand(filler, zhejiang)
    Post.objects.create(staff=filler, bureau=factories.central(), role=Role.COORDINATOR)
    factories.coordinator()

    with pytest.raises((BureauError, HandoverRefused)):
        leave(filler, unit_admin, other)

    assert factories.fresh(task).handler == filler
    assert factories.fresh(filler).is_active
    assert transferred() == []


def test_failing_audit_leaves_everything_as_it_was(
    zhejiang, filler, other, unit_admin, monkeypatch
):
    task = in_hand(filler, zhejiang)
    monkeypatch.setattr(handovers.people.trail, "record", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        leave(filler, unit_admin, other)

    assert factories.fresh(task).handler == filler
    assert factories.fresh(filler).is_active


def url(person, name="handover"):
    return reverse(f"tasks:{name}", args=[person.pk])


def test_page_lists_the_work_and_refuses_to_end_the_account_over_it(
    enter, zhejiang, filler, unit_admin
):
    task = in_hand(filler, zhejiang)
    client = enter(unit_admin)

    answer = client.post(url(filler), {"is_meant": "on"})

    assert answer.status_code == 422
    said = answer.content.decode()
    assert str(task.obligation) in said
    assert "请先选择接办人" in said
    assert reverse("tasks:assignment_detail", args=[task.pk]) not in said
    assert factories.fresh(filler).is_active


def test_page_hands_over_and_ends_the_account(enter, zhejiang, filler, other, unit_admin):
    task = in_hand(filler, zhejiang)
    client = enter(unit_admin)

    unmeant = client.post(url(filler), {"successor": other.pk})
    meant = client.post(url(filler), {"successor": other.pk, "is_meant": "on"}, follow=True)

    assert unmeant.status_code == 422
    assert "请勾选“已核对，停用该账号”" in unmeant.content.decode()
    said = f"承办任务1件由{other}接办。{filler}的账号已停用，岗位和委托同时终止"
    assert said in meant.content.decode()
    assert factories.fresh(task).handler == other


def test_page_transfers_without_leaving(enter, zhejiang, filler, other, unit_admin):
    task = in_hand(filler, zhejiang)
    client = enter(unit_admin)

    nobody = client.post(url(filler, "handover_transfer"))
    answer = client.post(url(filler, "handover_transfer"), {"to": other.pk})

    assert (nobody.status_code, answer.status_code) == (422, 302)
    assert factories.fresh(task).handler == other
    assert factories.fresh(filler).is_active


def test_colleagues_to_choose_from_are_those_of_the_bureau_in_use(
    enter, zhejiang, filler, other, unit_admin
):
    below(zhejiang)
    factories.staff(Role.APPROVER, zhejiang, is_active=False)

    offered = enter(unit_admin).get(url(filler)).context["leaving"].fields["successor"].queryset

    assert set(offered) == {other, unit_admin}


def test_person_transfers_the_own_work_and_ends_no_account(enter, zhejiang, filler, other):
    task = in_hand(filler, zhejiang)
    client = enter(filler)

    page = client.get(url(filler)).content.decode()
    client.post(url(filler, "handover_transfer"), {"to": other.pk})
    ended = client.post(url(filler), {"successor": other.pk, "is_meant": "on"})

    assert reverse("tasks:assignment_detail", args=[task.pk]) in page
    assert "离岗停用" not in page
    assert factories.fresh(task).handler == other
    assert ended.status_code == 422
    assert factories.fresh(filler).is_active


def test_system_administrator_sees_how_much_it_is_not_what(enter, zhejiang, filler):
    task = in_hand(filler, zhejiang)

    page = enter(factories.staff(Role.SYSTEM_ADMIN, factories.central())).get(url(filler))

    said = page.content.decode()
    assert "共 1 件" in said
    assert str(task.obligation) not in said


@pytest.mark.parametrize("count", [1, 30])
def test_page_takes_the_same_queries_for_any_number(
    enter, django_assert_num_queries, zhejiang, filler, unit_admin, count
):
    bureaus = [factories.prefecture(zhejiang, f"33{code:02}00") for code in range(1, count + 1)]
    in_hands(filler, *bureaus)
    client = enter(unit_admin)

    with django_assert_num_queries(16):
        answer = client.get(url(filler))

    assert len(answer.context["shown"]) == count


def reminded():
    return list(
        Delivery.objects.by_mail().order_by("pk").values_list("recipient__username", flat=True)
    )


@pytest.mark.parametrize("is_handler", [True, False])
def test_reminders_go_to_the_deputy_of_the_day(zhejiang, filler, is_handler):
    task = factories.accept(factories.assignment(zhejiang))
    if is_handler:
        Assignment.objects.filter(pk=task.pk).update(handler=filler)
    reviewer = factories.staff(Role.REVIEWER, zhejiang)
    away = RUNGS["T-5"].date()
    delegations.make(filler, deputy=reviewer, starts_on=away, ends_on=away, now=NOW, by=filler)

    for rung in ("T-10", "T-5", "T-3"):
        ticking.tick(RUNGS[rung])
    factories.forget_news()  # that he stands in is told to the deputy besides

    assert reminded() == ["330000.filler", "330000.reviewer", "330000.filler"]
