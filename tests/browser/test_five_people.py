"""From a file to 办结 by five people, each led by a message or a mail, with their clicks counted.

Logging in is no click of the story: whoever opens a message has done so in the morning.
"""

import re

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from tasks.models import Assignment
from tests.browser import story
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Hand:
    """One person before the page; every press of a button, link or box is counted."""

    def __init__(self, page: Page, root: str):
        self.page, self.root, self.clicks = page, root, 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def open_message(self, kind: str) -> None:
        """One click from the message to the page where the step is done."""
        row = self.page.get_by_role("row", name=kind).first
        self.click(row.get_by_role("button"))


@pytest.fixture
def as_person(page, live_server):
    page.set_default_timeout(60_000)  # the first page of a busy machine

    def enter(person, path: str) -> Hand:
        """Opens an address and logs in there; one lands where the address led."""
        page.context.clear_cookies()
        page.goto(live_server.url + path)
        page.get_by_label("账号").fill(person.username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page).to_have_url(re.compile(re.escape(path.partition("#")[0])))
        return Hand(page, live_server.url)

    return enter


def test_five_people_from_file_to_closed(as_person, page, tmp_path):
    people = story.cast()
    office, filler = people.office, people.filler
    reviewer, approver = people.reviewer, people.approver
    directive = story.directive(tmp_path)

    with time_machine.travel(story.MORNING) as clock:
        hand = as_person(office, "/notices/import/")
        _issue(hand, directive, tmp_path)
        assert hand.clicks <= 7
        task = people.task

        story.later(clock, 16)  # 撤回下发 was possible for fifteen
        # the mail itself is the first click
        hand = as_person(filler, story.link_in_mail_to(filler))
        hand.clicks += 1
        story.shot(page, "2-filler-task", tmp_path)
        hand.press("签收并填报")
        _write(page)
        hand.press("提交审核")
        expect(page.locator("main")).to_contain_text("已提交审核")
        story.shot(page, "3-filler-done", tmp_path)
        assert hand.clicks <= 4

        hand = as_person(reviewer, "/inbox/")
        hand.open_message("待审核")
        _sees(page, task, "审核")
        story.shot(page, "4-reviewer", tmp_path)
        hand.press("审核通过")
        expect(page.locator("main")).to_contain_text("已审核通过")
        assert hand.clicks <= 3

        story.later(clock, 11)
        hand = as_person(approver, story.link_in_mail_to(approver))
        hand.clicks += 1
        _sees(page, task, "签发")
        story.shot(page, "5-approver", tmp_path)
        hand.click(page.locator("summary", has_text="签发报送"))
        story.shot(page, "5-approver-asked", tmp_path)
        hand.press("确认签发报送")
        expect(page.locator("main")).to_contain_text("已签发报送")
        assert hand.clicks <= 3

        hand = as_person(office, "/inbox/")
        hand.open_message("已报送待核收")
        _sees(page, task, "核收")
        story.shot(page, "6-receiver", tmp_path)
        hand.press("核收")
        expect(page.locator("main")).to_contain_text("已核收")
        story.shot(page, "7-receiver-done", tmp_path)
        assert hand.clicks <= 4

    task.refresh_from_db()
    assert task.status == "closed"


def _issue(hand: Hand, directive, folder) -> None:
    page = hand.page
    page.locator("input[type=file]").set_input_files(directive)
    hand.press("导入并核对")
    expect(page.get_by_role("heading", level=1)).to_contain_text("核对")
    hand.click(page.get_by_role("button", name="确认全部把握高的"))
    expect(page.get_by_text("已确认把握高的")).to_be_visible()
    for choice in page.get_by_label("确认为报送事项").all():
        if choice.is_visible() and not choice.is_checked():
            hand.click(choice)
    story.shot(page, "1-check", folder)
    hand.click(page.get_by_role("link", name="报表"))
    hand.press("确认此表")
    expect(page.get_by_role("button", name="确认此表")).to_have_count(0)
    hand.press("确认入库并下发")
    expect(page.get_by_role("heading", level=1)).to_contain_text("下发")
    story.shot(page, "1-issue", folder)
    _go_on_until_issued(hand)


def _go_on_until_issued(hand: Hand) -> None:
    """Whatever is asked before it goes out: a box to tick, a question to confirm."""
    page = hand.page
    for _ in range(4):
        for box in page.get_by_label(re.compile("确需下级报送")).all():
            if not box.is_checked():
                hand.click(box)
        hand.click(page.get_by_role("button", name=re.compile("下发$")).last)
        page.wait_for_load_state()
        if Assignment.objects.exists():
            return


def _write(page: Page) -> None:
    expect(page.locator("[name='rows.0.c4']")).to_be_visible()
    for cell in page.locator("[name^='unit.']").all():
        cell.fill("组织专题学习3次，覆盖市县两级")
    for cell in page.locator("[name^='rows.0.']").all():
        cell.fill("示例文件1")
    for line in page.locator(".sheet-foot input").all():
        line.fill("示例联系人 000-00000000")


def _sees(page: Page, task: Assignment, heading: str) -> None:
    """The content and the verdict stand on one page."""
    expect(page).to_have_url(re.compile(rf"/assignments/{task.pk}/review/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    expect(page.locator(".sheet-read")).to_contain_text("示例文件1")
    expect(page.get_by_role("complementary", name=heading)).to_be_visible()
