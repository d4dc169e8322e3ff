from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from audit import trail
from audit.models import AuditEvent, Chain
from bureaus.actions import registry
from bureaus.models import Bureau, CalendarDay, Post, Staff
from bureaus.roles import Role
from tests import factories
from tests.audit import tamper

pytestmark = pytest.mark.django_db
PAGES = {
    "bureaus:administration": {
        Role.UNIT_ADMIN,
        Role.SYSTEM_ADMIN,
        Role.SECURITY_ADMIN,
        Role.AUDITOR,
    },
    "bureaus:units": {Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN},
    "bureaus:staff": {Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN},
    "bureaus:unit_add": {Role.SYSTEM_ADMIN},
    "bureaus:person_add": {Role.UNIT_ADMIN, Role.SYSTEM_ADMIN},
    "bureaus:posts_asked": {Role.SECURITY_ADMIN},
    "bureaus:workdays": {Role.SYSTEM_ADMIN},
    "bureaus:audit": {Role.AUDITOR},
    "health:page": {Role.SYSTEM_ADMIN},
}


def enter(client, role, bureau=None):
    person = factories.staff(role, bureau or factories.province())
    client.force_login(person)
    return person


def codes(answer):
    return [unit.code for unit in answer.context["rows"]]


def usernames(answer):
    return [row["person"].username for row in answer.context["rows"]]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", PAGES)
def test_page_opens_for_its_posts_and_is_refused_to_others(client, page, role):
    enter(client, role)

    assert client.get(reverse(page)).status_code == (200 if role in PAGES[page] else 403)


@pytest.mark.parametrize("page", PAGES)
def test_superuser_without_a_post_is_refused(client, page):
    client.force_login(Staff.objects.create_superuser("repair", name="修复"))

    assert client.get(reverse(page)).status_code == 403


@pytest.mark.parametrize("role", sorted(PAGES["bureaus:administration"]))
def test_tabs_lead_to_the_pages_of_the_post(client, role):
    enter(client, role)

    tabs = client.get(reverse("bureaus:administration")).context["tabs"]

    pages = ["units", "staff", "posts_asked", "workdays", "audit"]
    offered = [*(f"bureaus:{name}" for name in pages), "health:page"]
    allowed = [name for name in offered if role in PAGES[name]]
    assert [tab["url"] for tab in tabs] == [reverse(name) for name in allowed]
    assert [tab["active"] for tab in tabs] == [True] + [False] * (len(tabs) - 1)


def test_units_are_the_own_and_those_below(client):
    zhejiang = factories.province()
    factories.prefecture(zhejiang)
    factories.province("320000", "江苏省")
    enter(client, Role.UNIT_ADMIN)

    assert codes(client.get(reverse("bureaus:units"))) == ["330000", "330100"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("杭州", ["330100"]), ("3301", ["330100"]), (" 浙江省 ", ["330000"]), ("江苏", [])],
)
def test_units_are_found_by_name_or_code_below_ones_own_only(client, words, found):
    factories.prefecture(factories.province())
    factories.province("320000", "江苏省")
    enter(client, Role.UNIT_ADMIN)

    answer = client.get(reverse("bureaus:units"), {"q": words})

    assert codes(answer) == found
    assert ("没有名称或代码相符的单位" in answer.content.decode()) == (found == [])


def test_staff_are_those_of_the_own_bureau_and_below(client):
    zhejiang = factories.province()
    hangzhou = factories.prefecture(zhejiang)
    for bureau in (zhejiang, hangzhou, factories.province("320000", "江苏省")):
        factories.staff(Role.FILLER, bureau)
    enter(client, Role.UNIT_ADMIN)

    assert usernames(client.get(reverse("bureaus:staff"))) == [
        "330000.filler",
        "330000.unit_admin",
        "330100.filler",
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [("填报", ["330000.filler"]), ("unit_", ["330000.unit_admin"]), ("江苏", []), ("320000", [])],
)
def test_staff_are_found_below_ones_own_only(client, words, found):
    factories.staff(Role.FILLER, factories.province())
    factories.staff(Role.FILLER, factories.province("320000", "江苏省"))
    enter(client, Role.UNIT_ADMIN)

    assert usernames(client.get(reverse("bureaus:staff"), {"q": words})) == found


def test_staff_page_hides_the_middle_of_telephone_numbers(client):
    factories.staff(Role.FILLER, factories.province(), phone="010-00001234")
    enter(client, Role.UNIT_ADMIN)

    page = client.get(reverse("bureaus:staff")).content.decode()

    assert "010-****1234" in page
    assert "00001234" not in page


def test_post_at_another_bureau_is_named_with_it(client):
    person = factories.staff(Role.FILLER, factories.province())
    Post.objects.create(staff=person, bureau=factories.central(), role=Role.REVIEWER)
    enter(client, Role.UNIT_ADMIN)

    assert "审核人（市场监管总局）" in client.get(reverse("bureaus:staff")).content.decode()


def test_staff_page_says_what_an_account_and_a_post_are_worth(client):
    zhejiang = factories.province()
    asked = factories.staff(Role.FILLER, zhejiang)
    asked.posts.update(is_effective=False)
    factories.staff(Role.REVIEWER, zhejiang, expires_on=date(2020, 1, 1))
    factories.staff(Role.APPROVER, zhejiang, is_active=False)
    enter(client, Role.UNIT_ADMIN)

    answer = client.get(reverse("bureaus:staff"))

    states = {row["person"].username: row["state"] for row in answer.context["rows"]}
    assert states == {
        "330000.approver": "停用",
        "330000.filler": "启用",
        "330000.reviewer": "已过期",
        "330000.unit_admin": "启用",
    }
    assert "填报人（待确认）" in answer.content.decode()


def test_workdays_are_shown_latest_first(client):
    registry.load_workdays()
    enter(client, Role.SYSTEM_ADMIN)

    answer = client.get(reverse("bureaus:workdays"))

    latest = CalendarDay.objects.order_by("-day")[:50]
    assert list(answer.context["rows"]) == list(latest)
    assert latest[0].name in answer.content.decode()


def test_audit_page_shows_what_was_recorded(client):
    auditor = enter(client, Role.AUDITOR)
    trail.record("改名", auditor, chain="330000", detail={"原名": "旧名"}, by=auditor)

    page = client.get(reverse("bureaus:audit")).content.decode()

    for shown in ("改名", "测试审计员", "330000 #1", "旧名"):
        assert shown in page


def test_audit_page_verifies_only_when_asked(client):
    tamper.write("330000", 3)
    tamper.rows("330000").filter(position=2).update(verb="办结")
    enter(client, Role.AUDITOR)

    plain = client.get(reverse("bureaus:audit")).content.decode()
    verified = client.get(reverse("bureaus:audit"), {"verify": "1"}).content.decode()

    assert "内容被改动" not in plain
    assert "链 330000 第 2 条：内容被改动" in verified


def test_audit_page_says_when_nothing_was_touched(client):
    tamper.write("330000", 3)
    enter(client, Role.AUDITOR)

    answer = client.get(reverse("bureaus:audit"), {"verify": "1"})

    assert answer.context["faults"] == []
    assert "审计链完整" in answer.content.decode()


def test_looking_changes_nothing(client):
    tamper.write("330000", 3)
    enter(client, Role.AUDITOR)

    client.get(reverse("bureaus:audit"), {"verify": "1"})

    assert (AuditEvent.objects.count(), Chain.objects.count()) == (3, 1)


def fill_units(count):
    for number in range(count):
        factories.prefecture(factories.province(), f"3301{number:02}", f"示例{number}市")


def fill_staff(count):
    zhejiang = factories.province()
    for number in range(count):
        factories.staff(Role.FILLER, zhejiang, username=f"filler{number}")


def fill_audit(count):
    tamper.write("330000", count)


def fill_workdays(count):
    registry.load_workdays()
    keep = list(CalendarDay.objects.values_list("pk", flat=True)[:count])
    CalendarDay.objects.exclude(pk__in=keep).delete()


LISTS = [
    ("bureaus:units", Role.UNIT_ADMIN, fill_units, 9),
    ("bureaus:staff", Role.UNIT_ADMIN, fill_staff, 11),
    ("bureaus:audit", Role.AUDITOR, fill_audit, 11),
    ("bureaus:workdays", Role.SYSTEM_ADMIN, fill_workdays, 11),
]


@pytest.mark.parametrize("rows", [1, 3, 50])
@pytest.mark.parametrize(("page", "role", "fill", "queries"), LISTS)
def test_list_takes_the_same_queries_for_any_number_of_rows(
    client, django_assert_num_queries, page, role, fill, queries, rows
):
    enter(client, role)
    fill(rows)

    with django_assert_num_queries(queries):
        answer = client.get(reverse(page))

    assert len(answer.context["rows"]) >= min(rows, 50)


def test_long_list_goes_on_another_page_and_keeps_the_words(client):
    fill_units(55)
    enter(client, Role.UNIT_ADMIN)

    first = client.get(reverse("bureaus:units"), {"q": "示例"})
    second = client.get(reverse("bureaus:units"), {"q": "示例", "page": "2"})

    assert (len(codes(first)), len(codes(second))) == (50, 5)
    assert not set(codes(first)) & set(codes(second))
    assert "page=2" in first.content.decode()
    assert Bureau.objects.filter(name__contains="示例").count() == 55


@pytest.mark.parametrize("page", ["0", "99", "x"])
def test_page_that_does_not_exist_shows_one_that_does(client, page):
    enter(client, Role.UNIT_ADMIN)

    answer = client.get(reverse("bureaus:units"), {"page": page})

    assert (answer.status_code, codes(answer)) == (200, ["330000"])


def test_help_opens_for_everybody_who_is_logged_in(client):
    client.force_login(Staff.objects.create_user("nobody", name="无岗位"))

    assert client.get(reverse("bureaus:help")).status_code == 200


def test_auditor_of_a_province_reads_only_the_chains_below(client):
    for code, bureau in (("320000", "江苏省"), ("330000", "浙江省")):
        with transaction.atomic():
            trail.record(f"事件{bureau}", chain=factories.province(code, bureau).code, by=None)
    client.force_login(factories.staff(Role.AUDITOR, factories.province()))

    page = client.get(reverse("bureaus:audit")).content.decode()

    assert "事件浙江省" in page
    assert "事件江苏省" not in page
