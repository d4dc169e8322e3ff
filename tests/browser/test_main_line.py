"""The story of the product, told in a browser over the demonstration office."""

import io
import re
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Page, expect

from config.demo import people
from notices.models import Notice
from tasks.models import Assignment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOUNDING = Path(settings.BASE_DIR) / "config" / "demo" / "texts" / "2023-9.txt"


@pytest.fixture
def office(live_server, page):
    """The demonstration office, served; call it with an account to log in as that person."""
    call_command("load_bureaus", verbosity=0, stdout=io.StringIO())
    call_command("demo", verbosity=0, stdout=io.StringIO())

    def enter(username: str) -> Page:
        page.context.clear_cookies()
        page.goto(live_server.url)
        page.get_by_label("账号").fill(username)
        page.get_by_label("密码").fill(people.password())
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("工作台")
        return page

    return enter


def test_upload_is_recognised_as_the_twin_of_the_founding_directive(office):
    page = office("zongju.shouwen")

    page.get_by_role("navigation", name="主导航").get_by_role("link", name="文件库").click()
    page.get_by_role("link", name="导入文件").first.click()
    page.locator("input[type=file]").set_input_files(FOUNDING)
    page.get_by_role("button", name="导入并核对").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("核对")
    taken = Notice.objects.order_by("-pk").first()
    assert taken.twin_of.doc_number == "国市监质发〔2023〕9号"
    cards = page.locator("[data-card]")
    expect(cards).to_have_count(3)
    expect(cards.nth(0)).to_contain_text("2023年3月31日前将《纲要》学习宣传贯彻的进展情况报送总局")
    expect(page.locator("main")).to_contain_text("32")


def test_current_directive_goes_all_the_way_to_the_official_table(office):
    notice = _issue_the_waiting_directive(office("zongju.shouwen"))
    task = Assignment.objects.get(
        obligation__notice=notice, obligation__attachment_numbers="1", bureau__code="330000"
    )

    _fill(office("zhejiang.tianbao"), task)
    _judge(office("zhejiang.shenhe"), task, "审核通过")
    _judge(office("zhejiang.qianfa"), task, "签发报送", confirm=True)
    page = office("zongju.shouwen")
    _judge(page, task, "核收")

    task.refresh_from_db()
    assert task.status == "closed"
    _check_table(_download(page, task))
    page.goto(f"{_root(page)}/obligations/{task.obligation_id}/roll-up/")
    expect(page.locator("main")).to_contain_text("北京市市场监管局")
    expect(page.locator("main")).to_contain_text("31")


def _issue_the_waiting_directive(page: Page) -> Notice:
    notice = Notice.objects.get(state="to_check", is_example=True)
    page.goto(page.url.rstrip("/") + f"/notices/{notice.pk}/check/")
    folded = page.locator(".card-fold:not([open]) > summary")
    while folded.count():  # what is read for sure is a line that opens
        folded.first.click()
    for choice in page.get_by_label("确认为报送事项").all():
        choice.check()
    _confirm_the_forms_in_their_tab(page)
    page.get_by_role("button", name="确认入库并下发").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("下发")
    page.get_by_role("button", name="下发", exact=True).click()
    expect(page.locator("main")).to_contain_text("已下发")
    per_obligation = {
        obligation.title: obligation.assignments.count() for obligation in notice.obligations.all()
    }
    assert set(per_obligation.values()) == {32}
    return notice


def _confirm_the_forms_in_their_tab(page: Page) -> None:
    """What is typed on the page stays while the forms are looked at."""
    words = page.locator("[data-card] textarea").first
    typed = words.input_value() + "（核对）"
    words.fill(typed)
    page.get_by_role("link", name="报表").click()
    expect(page.locator(".notice-form")).to_have_count(2)
    expect(words).to_be_hidden()
    while page.get_by_role("button", name="确认此表").count():
        left = page.get_by_role("button", name="确认此表").count()
        page.get_by_role("button", name="确认此表").first.click()
        expect(page.get_by_role("button", name="确认此表")).to_have_count(left - 1)
    page.get_by_role("link", name="事项", exact=True).click()
    expect(words).to_have_value(typed)


def _fill(page: Page, task: Assignment) -> None:
    _press(page, task, "签收")
    page.get_by_role("link", name="填报").first.click()
    for cell in page.locator("[name^='unit.']").all():
        cell.fill("组织专题学习3次，覆盖市县两级")
    for cell in page.locator("[name^='rows.0.']").all():
        cell.fill("=1+1")
    for line in page.locator(".sheet-foot input").all():
        line.fill("示例联系人 000-00000000")
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator("main")).to_contain_text("已提交审核")


def _root(page: Page) -> str:
    at = urlsplit(page.url)
    return f"{at.scheme}://{at.netloc}"


def _press(page: Page, task: Assignment, verb: str) -> None:
    page.goto(f"{_root(page)}/assignments/{task.pk}/")
    page.get_by_role("button", name=verb, exact=True).click()
    expect(page.locator("main")).to_contain_text(f"已{verb}")


def _judge(page: Page, task: Assignment, verb: str, *, confirm: bool = False) -> None:
    """From the page of the task beside what was handed in, where alone a verdict is taken."""
    page.goto(f"{_root(page)}/assignments/{task.pk}/")
    page.get_by_role("link", name=re.compile("^去(审核|签发|核收)$")).click()
    expect(page.locator(".sheet-read")).to_contain_text("组织专题学习3次，覆盖市县两级")
    if confirm:
        page.locator("summary", has_text=verb).click()
    page.get_by_role("button", name=f"确认{verb}" if confirm else verb, exact=True).click()
    expect(page.locator("#messages")).to_contain_text(f"已{verb}{task.bureau}")


def _download(page: Page, task: Assignment) -> bytes:
    page.goto(f"{_root(page)}/assignments/{task.pk}/")
    with page.expect_download() as caught:
        page.get_by_role("link", name="下载 .xlsx").first.click()
    return Path(caught.value.path()).read_bytes()


def _check_table(data: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    merges = {str(merge) for merge in sheet.merged_cells.ranges}
    assert {"A1:H1", "A2:H2", "A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "H3:H4"} <= merges
    assert "填报单位" in sheet["A2"].value
    assert sheet["D5"].value == "=1+1"
    assert sheet["D5"].data_type == "s"
    foot = next(row[0].value for row in sheet.iter_rows(min_row=6) if row[0].value)
    assert foot.startswith("联系人及联系方式")
    assert "示例联系人" in foot
