"""From a file to 办结 by five people with every click and every key counted, log-ins included.

Not counted is what is typed: names, passwords, figures and texts. Counting starts at the page of
the login, which a link of a mail or a bookmark has opened.
"""

import base64
import re

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from tests.browser import story
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST = 22
DROPPED = """(zone, [name, data]) => {
    const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], name, { type: "text/plain" }));
    zone.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true }));
}"""


class Person:
    """Whoever sits before the page; ``presses`` are all clicks, keys and dropped files."""

    def __init__(self, page: Page):
        self.page, self.presses = page, 0

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.presses += 1

    def click(self, target: Locator) -> None:
        target.click()
        self.presses += 1

    def press(self, label: str) -> None:
        self.click(self.page.get_by_role("button", name=label, exact=True))

    def drop(self, file, zone: Locator) -> None:
        zone.evaluate(DROPPED, [file.name, base64.b64encode(file.read_bytes()).decode()])
        self.presses += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def reads(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    def is_told(self, words: str) -> None:
        expect(self.page.locator("#messages")).to_contain_text(words)


@pytest.fixture
def sits_down(page, live_server):
    page.set_default_timeout(60_000)  # the first page of a busy machine
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def enter(staff, path: str) -> Person:
        """Logs in at an address and lands there."""
        page.context.clear_cookies()
        page.goto(live_server.url + path)
        expect(page.get_by_label("账号")).to_be_focused()
        person = Person(page)
        person.type(staff.username)
        person.key("Tab")
        person.type(PASSWORD)
        person.key("Enter")
        expect(page).to_have_url(re.compile(re.escape(path.partition("#")[0]) + "($|#)"))
        return person

    return enter


def test_the_story_takes_twenty_two_presses(sits_down, tmp_path):
    people = story.cast()
    counted = {}

    with time_machine.travel(story.MORNING) as clock:
        office = sits_down(people.office, "/")
        counted["收文管理"] = _issues(office, story.directive(tmp_path), tmp_path)
        story.later(clock, 16)  # 撤回下发 was possible for fifteen
        filler = sits_down(people.filler, story.link_in_mail_to(people.filler))
        counted["填报人"] = _fills(filler, tmp_path)
        story.later(clock, 11)
        reviewer = sits_down(people.reviewer, story.link_in_mail_to(people.reviewer))
        counted["审核人"] = _passes(reviewer)
        story.later(clock, 11)
        approver = sits_down(people.approver, story.link_in_mail_to(people.approver))
        counted["签发人"] = _signs(approver)
        counted["核收人"] = _receives(sits_down(people.office, "/"))

    assert people.task.status == "closed"
    assert sum(counted.values()) <= MOST, counted


def _issues(person: Person, directive, folder) -> int:
    """The file leads to what was read of it, that to what goes out, and only then it goes."""
    page = person.page
    person.drop(directive, page.locator(".desk-upload [data-drop]"))
    person.reads("核对")
    expect(page.get_by_text("随入库一并确认")).to_be_visible()
    story.shot(page, "11-check", folder)
    person.press("确认入库并下发")
    person.reads("下发")
    expect(page.get_by_text("随下发一并确认；")).to_be_visible()
    expect(page.locator(".notice-form table")).to_be_visible()
    story.shot(page, "12-issue", folder)
    person.press("下发")
    person.is_told("已下发")
    return person.presses


def _fills(person: Person, folder) -> int:
    """A row copied from Excel, pasted into the blank table, and one line below it."""
    page = person.page
    person.press("签收并填报")
    row = ["批示", "学习3次", "示例文件1", "省局", "已印发", "重点工作", "好的做法"]
    page.evaluate("words => navigator.clipboard.writeText(words)", "\t".join(row))
    expect(page.locator("[name='unit.c2']")).to_be_visible()
    person.key("Control+v")
    expect(page.locator("[name='rows.0.c4']")).to_have_value("示例文件1")
    person.click(page.locator(".sheet-foot input"))
    person.type("示例联系人 000-00000000")
    story.shot(page, "13-filled", folder)
    person.press("提交审核")
    expect(page.locator("main")).to_contain_text("已提交审核")
    return person.presses


def _passes(person: Person) -> int:
    _sees(person, "审核")
    person.press("审核通过")
    person.is_told("已审核通过")
    return person.presses


def _signs(person: Person) -> int:
    _sees(person, "签发")
    person.click(person.page.locator("summary", has_text="签发报送"))
    person.press("确认签发报送")
    person.is_told("已签发报送")
    return person.presses


def _receives(person: Person) -> int:
    person.click(person.page.locator(".todo-act").get_by_role("link", name="核收"))
    _sees(person, "核收")
    person.press("核收")
    person.is_told("已核收")
    return person.presses


def _sees(person: Person, heading: str) -> None:
    """The content and the verdict stand on the page where the link leads."""
    person.reads(heading)
    expect(person.page.locator(".sheet-read")).to_contain_text("示例文件1")
