"""撤回下发 on the pages: what follows is said before and after, and the way back stands there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bureaus.roles import Role
from notices.models import Notice
from tasks.models import Assignment, Delivery, Obligation
from tests import factories, splits
from tests.factories import fresh, owed_by
from tests.pages import told
from tests.tasks.issue_page import TEXT, filled_in, url
from tests.tasks.told import MINUTE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

BUTTON = "撤回下发</button>"


@pytest.fixture
def directive():
    return factories.filed_notice(TEXT)


def text(answer) -> str:
    return answer.content.decode()


def shown(client, notice) -> str:
    return text(client.get(reverse("tasks:notice_detail", args=[notice.pk])))


def take_back(client, made):
    return client.post(reverse("tasks:obligation_take_back", args=[made.pk]))


@pytest.fixture
def sent(office, directive, provinces) -> Notice:
    office.post(url(directive), filled_in(office.get(url(directive))))
    return directive


def test_what_follows_is_said_before_it_goes_out(office, directive, provinces):
    page = text(office.get(url(directive)))

    assert "首次提醒 2026年3月16日 9:00。</span>站内消息随即送达，邮件 15 分钟后发出" in page
    assert "其间没有单位签收的可以撤回" in page
    assert page.count("data-first=") == 2  # the third has no deadline


def test_of_an_urgent_notice_the_page_says_that_mails_leave_at_once(office, directive, provinces):
    Notice.objects.update(urgency="特急")

    page = text(office.get(url(directive)))

    assert "本件特急，站内消息和邮件随即发出；15 分钟内没有单位签收的可以撤回" in page
    assert "15 分钟后发出" not in page


def test_afterwards_it_is_said_with_the_button_and_the_time_left(office, directive, provinces):
    answer = office.post(url(directive), filled_in(office.get(url(directive))))

    assert told(answer) == ["已下发：3个事项、2个单位，共6项任务，首次提醒2026年3月16日 9:00"]
    page = shown(office, directive)
    assert "3 项 × 2 个单位，共 6 项任务。首次提醒 2026年3月16日 9:00。" in page
    assert "邮件 12:45 起发出。12:45 前没有单位签收的可以撤回（还有 15 分钟）。" in page
    assert BUTTON in page


def test_taken_back_the_page_is_as_before_and_the_same_can_be_issued(office, sent):
    first = Obligation.objects.order_by("pk").first()

    answer = take_back(office, first)

    assert answer.url == reverse("tasks:notice_detail", args=[sent.pk])
    assert told(answer)[-1] == "已撤回下发6项任务，可以修改后重新下发"
    page = shown(office, sent)
    assert "3 个事项待下发" in page
    assert BUTTON not in page
    office.post(url(sent), filled_in(office.get(url(sent))))
    assert Obligation.objects.filter(state="issued").count() == 3
    assert Assignment.objects.filter(status="pending").count() == 6


def test_double_click_is_harmless(office, sent):
    first = Obligation.objects.order_by("pk").first()
    take_back(office, first)

    answer = take_back(office, first)

    assert told(answer)[-1] == "已撤回下发，可以修改后重新下发"
    assert set(Obligation.objects.values_list("state", flat=True)) == {"taken_back"}


def test_signed_for_there_is_no_button_and_a_post_names_who_signed(office, sent):
    first = Obligation.objects.order_by("pk").first()
    factories.accept(owed_by(first, "330000"))

    assert "已有单位签收或办理，不能撤回下发" in shown(office, sent)
    assert BUTTON not in shown(office, sent)
    (said,) = told(take_back(office, first))[-1:]
    assert said.startswith("已有单位签收（浙江省市场监管局），不能撤回下发")


def test_too_late_there_is_no_button_and_a_post_says_what_to_do(office, sent, clock):
    clock.shift(15 * MINUTE)

    assert BUTTON not in shown(office, sent)
    said = told(take_back(office, Obligation.objects.order_by("pk").first()))[-1]
    assert said == "下发已超过15分钟（12:45为止），不能再撤回。不再需要的，请到各事项页“撤销”"


def test_message_of_it_says_so_and_leads_to_the_task(office, directive, enter):
    bureau = factories.province()
    filler = factories.staff(Role.FILLER, bureau)
    office.post(url(directive), filled_in(office.get(url(directive))))
    take_back(office, Obligation.objects.order_by("pk").first())

    client = enter(filler)
    inbox = text(client.get(reverse("tasks:inbox")))
    message = Delivery.objects.messages_for(filler).first()
    opened = client.post(reverse("tasks:inbox_open", args=[message.pk]), follow=True)

    assert '<span class="muted">已撤回</span>' in inbox
    assert "没有未读消息" in inbox
    assert opened.status_code == 200
    assert "下发单位已撤回" in text(opened)


def test_who_may_not_issue_sees_no_button(sent, enter):
    filler = factories.staff(Role.FILLER, factories.province())

    client = enter(filler)

    assert "可以撤回" not in shown(client, sent)
    assert take_back(client, Obligation.objects.order_by("pk").first()).status_code == 403


def test_split_has_it_too(enter, clock):
    task = splits.accepted()
    made = splits.split(task)
    clock.move_to(made.issued_at + MINUTE, tick=False)
    client = enter(splits.coordinator(task.bureau))
    page = text(client.get(reverse("tasks:assignment_detail", args=[task.pk])))
    assert "转发分解</span>" in page
    assert BUTTON in page
    assert BUTTON in text(client.get(reverse("tasks:split", args=[task.pk])))

    answer = take_back(client, made)

    assert answer.url == reverse("tasks:assignment_detail", args=[task.pk])
    assert fresh(made).state == "taken_back"


def test_notice_page_asks_as_much_for_many_units(office, directive):
    counts = []
    for some in (range(11, 13), range(13, 25)):
        bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in some]
        data = filled_in(office.get(url(directive)), bureaus=[each.pk for each in bureaus])
        office.post(url(directive), data)
        with CaptureQueriesContext(connection) as asked:
            assert BUTTON in shown(office, directive)
        counts.append(len(asked))
        take_back(office, Obligation.objects.order_by("pk").last())

    assert counts[0] == counts[1]
