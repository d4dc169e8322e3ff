"""`make screenshots`: every main page of the running demonstration office as every post sees it.

Start `make run` in another terminal first. PNGs go to a folder outside the checkout (--to); a page
that cannot be opened is told and counted. ``--only`` takes parts of names: of a post's account, of
a page or of a size. ``--manual`` takes the pictures of docs/manual instead, and puts them there.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import django
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from config import environment as env
from config.startup import load_settings
from scripts import manual_pictures

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
# 200 % zoom of 1366×768 is half as many pixels of the page, each twice as fine.
SIZES: dict[str, dict[str, Any]] = {
    "1366": {"viewport": {"width": 1366, "height": 768}},
    "1920": {"viewport": {"width": 1920, "height": 1080}},
    "390": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "zoom": {"viewport": {"width": 683, "height": 384}, "device_scale_factor": 2},
}
TASK = ("/ledger/?light=mine", "#ledger_rows a.cell-title")
FILED = ("/notices/", "tbody a.cell-title[href$='/'][href^='/notices/']:not([href*='check'])")
# name: an address, then the links to follow from page to page
PAGES: dict[str, tuple[str, ...]] = {
    "desk": ("/",),
    "library": ("/notices/",),
    "import": ("/notices/import/",),
    "check": ("/notices/?state=to_check", "a[href*='/check/']"),
    "notice": FILED,
    "issue": (*FILED, "a.btn[href*='/issue/']"),
    "ledger": ("/ledger/",),
    "task": TASK,
    "form": (*TASK, "a[href*='/forms/']"),
    "review": ("/ledger/?light=mine", "#ledger_rows a.cell-title", "a[href$='/review/']"),
    "obligation": (*TASK, ".crumbs a[href^='/obligations/']"),
    "roll-up": (*TASK, ".crumbs a[href^='/obligations/']", "a[href$='/roll-up/']"),
    "statistics": ("/statistics/",),
    "calendar": ("/calendar/",),
    "reminders": ("/reminders/",),
    "mailbox": ("/mailbox/",),
    "inbox": ("/inbox/",),
    "productions": ("/productions/",),
    "units": ("/administration/units/",),
    "staff": ("/administration/staff/",),
    "audit": ("/administration/audit/",),
    "help": ("/help/",),
}


@dataclass(frozen=True)
class Shot:
    size: str
    account: str
    page: str

    @property
    def name(self) -> str:
        return f"{self.account}-{self.page}-{self.size}"

    def is_asked(self, only: list[str]) -> bool:
        """Whether each of ``only`` is part of what this picture is called."""
        return all(word in self.name for word in only)


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    default = f"http://127.0.0.1:{env.whole_number('PORT', 8000, at_least=1)}"
    words.add_argument("--url", default=default, help="of the running office")
    words.add_argument("--to", type=Path, default=Path(tempfile.gettempdir()) / "screenshots")
    words.add_argument("--only", nargs="*", default=[], metavar="WORD")
    words.add_argument("--whole", action="store_true", help="whole pages, not one screen of them")
    words.add_argument("--manual", action="store_true", help="the pictures of the manual")
    asked = words.parse_args()
    if asked.manual:
        asked.to = manual_pictures.FOLDER
    asked.to.mkdir(parents=True, exist_ok=True)
    accounts, password = demo_accounts("make screenshots")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=["--no-sandbox"]
        )
        if asked.manual:
            taken = list(_of_manual(browser, asked, password))
        else:
            taken = list(_taken(browser, asked, accounts, password))
    missing = [name for name, was_taken in taken if not was_taken]
    print(f"{len(taken) - len(missing)} 张 {asked.to}　未能打开 {len(missing)} 页")
    if asked.manual and missing:
        print("未能打开：", "、".join(missing))
        return 1
    return 0 if len(missing) < len(taken) else 1


def demo_accounts(command: str) -> tuple[list[str], str]:
    """The demonstration's accounts and their password, read before a browser starts: Django refuses
    its database to a thread that has an event loop."""
    env.load_file(ROOT / ".env")
    os.environ.setdefault("APP_ENV", "development")
    load_settings(command)
    django.setup()
    from config.demo import people  # noqa: PLC0415  its models need the settings

    return [account for _, _, account in people.accounts()], people.password()


def _taken(
    browser: Browser, asked: argparse.Namespace, accounts: list[str], password: str
) -> Iterator[tuple[str, bool]]:
    """Each picture's name, and whether its page is there for that post."""
    for account in accounts:
        for size, how in SIZES.items():
            shots = [Shot(size, account, page) for page in PAGES]
            shots = [shot for shot in shots if shot.is_asked(asked.only)]
            if not shots:
                continue
            context = browser.new_context(**how, locale="zh-CN")
            page = context.new_page()
            log_in(page, asked.url, account, password)
            for shot in shots:
                was_opened = open_page(page, asked.url, PAGES[shot.page])
                if was_opened:
                    file = asked.to / f"{shot.name}.png"
                    page.screenshot(path=file, full_page=asked.whole)
                yield shot.name, was_opened
            context.close()


def _of_manual(
    browser: Browser, asked: argparse.Namespace, password: str
) -> Iterator[tuple[str, bool]]:
    for name, (account, steps) in manual_pictures.TAKEN.items():
        if not all(word in name for word in asked.only):
            continue
        context = browser.new_context(**manual_pictures.SIZE, locale="zh-CN")
        page = context.new_page()
        log_in(page, asked.url, account, password)
        was_opened = open_page(page, asked.url, steps)
        if was_opened and name in manual_pictures.LISTED:
            _list_periods(page)
        if was_opened:
            picture = manual_pictures.reduced(page.screenshot())
            (asked.to / f"{name}.png").write_bytes(picture)
        yield name, was_opened
        context.close()


def _list_periods(page: Page) -> None:
    """Asks for the periods of the first item that has some; nothing is stored by that."""
    last = datetime.now(UTC).date() + manual_pictures.AHEAD
    page.get_by_label(manual_pictures.LAST_DAY).first.fill(last.isoformat())
    page.get_by_role("button", name=manual_pictures.COUNT_AGAIN).first.click()
    page.wait_for_load_state()
    page.evaluate("scrollTo(0, 0)")


def log_in(page: Page, url: str, account: str, password: str) -> None:
    page.goto(url)
    page.get_by_label("账号").fill(account)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("heading", level=1, name="工作台").wait_for()


def open_page(page: Page, url: str, steps: tuple[str, ...]) -> bool:
    """Follow the links; False where this post has no such page or no such row."""
    try:
        answer = page.goto(urljoin(url, steps[0]))
        for link in steps[1:]:
            address = page.locator(link).first.get_attribute("href", timeout=1000)
            answer = page.goto(urljoin(page.url, address or ""))
    except BrowserError:
        return False
    return answer is not None and answer.ok


if __name__ == "__main__":
    sys.exit(main())
