"""The same story, and what else a working day asks for, in a browser that runs no script."""

import io
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
import time_machine
from playwright.sync_api import Page, expect

from bureaus.models import Delegation
from bureaus.roles import Role
from reports.models import Submission
from tasks.models import Assignment, Extension, SavedView, Urge
from tests import factories, splits
from tests.browser import story
from tests.factories import NOW, PASSWORD
from tests.reports import written

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(browser, live_server):
    """Call it with a person and an address: the page after the log-in, without script."""
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(60_000)
    page = context.new_page()

    def enter(staff, path: str) -> Page:
        context.clear_cookies()
        page.goto(live_server.url + path)
        page.get_by_label("账号").fill(staff.username)
        page.get_by_label("密码").fill(PASSWORD)
        press(page, "登录")
        expect(page.locator("#content")).to_be_visible()
        return page

    yield enter
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def unfold(page: Page, words: str) -> None:
    page.locator("summary", has_text=words).first.click()


def is_told(page: Page, words: str) -> None:
    expect(page.locator("#messages")).to_contain_text(words)


def test_the_story_needs_no_script(plain, tmp_path):
    people = story.cast()

    with time_machine.travel(story.MORNING) as clock:
        _issues(plain(people.office, "/"), story.directive(tmp_path))
        story.later(clock, 16)
        _fills(plain(people.filler, story.link_in_mail_to(people.filler)))
        review = f"/assignments/{people.task.pk}/review/"
        _sends_back(plain(people.reviewer, review))
        _mends(plain(people.filler, f"/assignments/{people.task.pk}/forms/1/"))
        page = plain(people.reviewer, review)
        expect(page.locator(".sheet-read ins")).to_have_text("（示例〔2026〕1号）")
        press(page, "审核通过")
        is_told(page, "已审核通过")
        page = plain(people.approver, review)
        unfold(page, "签发报送")
        press(page, "确认签发报送")
        is_told(page, "已签发报送")
        page = plain(people.office, "/")
        page.locator(".todo-act").get_by_role("link", name="核收").click()
        press(page, "核收")
        is_told(page, "已核收")

    assert people.task.status == "closed"


def _issues(page: Page, directive) -> None:
    page.locator("#desk-file").set_input_files(directive)
    press(page, "导入")
    page.locator("a.cell-title").click()
    press(page, "确认入库并下发")
    expect(page.get_by_role("heading", level=1)).to_contain_text("下发")
    press(page, "下发")  # nobody has looked at the form yet
    expect(page.locator(".form-errors").first).to_contain_text("按“确认此表”")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="看这张表并确认").click()
    press(opened.value, "确认此表")
    expect(opened.value.locator(".notice-form")).to_contain_text("已确认")
    opened.value.close()
    press(page, "下发")
    is_told(page, "已下发")


def _fills(page: Page) -> None:
    press(page, "签收并填报")
    press(page, "加一行")
    expect(page.locator("[name='rows.1.c4']")).to_be_visible()
    page.get_by_role("button", name="删行").last.click()
    for cell in page.locator("[name^='unit.'], [name^='rows.0.c']").all():
        cell.fill("示例文件1")
    page.locator(".sheet-foot input").last.fill("示例联系人 000-00000000")
    page.locator(".actbar").get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("[data-save-state]")).to_contain_text("已保存")
    press(page, "提交审核")
    expect(page.locator("main")).to_contain_text("已提交审核")


def _sends_back(page: Page) -> None:
    page.get_by_label("位置", exact=True).select_option(label="第1行 文件名称")
    page.get_by_label("要求").fill("请写明文号")
    press(page, "再加一处")
    expect(page.locator("[data-mark-line]")).to_have_count(1)
    unfold(page, "退回修改")
    page.get_by_label("退回原因").fill("文号没有写")
    press(page, "确认退回修改")
    is_told(page, "已退回修改")


def _mends(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("请写明文号")
    page.locator("[name='rows.0.c4']").fill("示例文件1（示例〔2026〕1号）")
    press(page, "提交审核")
    expect(page.locator("main")).to_contain_text("已提交审核")


@pytest.fixture
def clock():
    with time_machine.travel(NOW + timedelta(hours=4)) as moved:
        yield moved


def test_a_list_is_asked_and_the_question_kept(plain, clock):
    factories.accept(factories.assignment())
    page = plain(factories.coordinator(), "/ledger/")
    rows = page.locator("table.ledger tbody tr")
    expect(rows).to_have_count(1)

    page.locator("form.filters [name=q]").fill("另一件事")
    page.locator("form.filters > button", has_text="查询").click()
    expect(page.locator("table.ledger tbody .light-shape")).to_have_count(0)
    page.goto(page.url.split("?")[0])
    unfold(page, "状态")
    page.get_by_label("已签收").check()
    page.get_by_role("group", name="状态").get_by_role("button", name="查询").click()
    expect(rows).to_have_count(1)
    unfold(page, "视图")
    page.get_by_label("视图名称").fill("已签收的")
    press(page, "存下现在的条件")
    unfold(page, "视图")
    page.get_by_role("link", name="已签收的").click()
    expect(rows).to_have_count(1)

    assert "status=accepted" in SavedView.objects.get().query
    expect(page.get_by_label("选择本页全部")).to_be_hidden()  # only a script could do it


def test_an_extension_is_asked_for_and_granted(plain, clock):
    task = factories.accept(factories.assignment())
    page = plain(written.filler(task.bureau), f"/assignments/{task.pk}/")
    unfold(page, "申请延期")
    page.locator("#extension input[type=date]").fill("2026-04-10")
    page.locator("#extension").get_by_label("理由").fill("数据尚在核对")
    press(page, "提出申请")
    expect(page.locator("#extension")).to_contain_text("待答复")

    page = plain(factories.coordinator(), f"/assignments/{task.pk}/")
    page.locator("#decision").get_by_label("同意", exact=True).check()
    press(page, "答复")
    expect(page.locator("main")).to_contain_text("同意：申请延至 2026-04-10")

    assert Extension.objects.get().state == "granted"


def test_a_report_is_urged_recalled_and_a_task_withdrawn(plain, clock):
    task = written.reported(factories.assignment(), written.table())
    path = f"/assignments/{task.pk}/"
    page = plain(factories.staff(Role.APPROVER, task.bureau), path)
    unfold(page, "更多")
    page.locator("#recall > summary").click()
    page.locator("#recall").get_by_label("原因").fill("数字有误")
    press(page, "确认撤回")
    is_told(page, "已撤回")

    page = plain(factories.coordinator(), path)
    page.locator("#urge > summary").click()
    page.locator("#urge").get_by_label("附言").fill("请尽快报送")
    press(page, "确认催办")
    is_told(page, "催办")
    unfold(page, "更多")
    page.locator("#withdraw > summary").click()
    page.locator("#withdraw").get_by_label("原因").fill("已有其他来源")
    press(page, "确认撤销")
    is_told(page, "已撤销")

    assert Urge.objects.count() == 1
    assert Assignment.objects.get(pk=task.pk).status == "withdrawn"


def test_a_task_is_split_and_handed_to_a_deputy(plain, clock):
    task = factories.accept(factories.assignment())
    cities = splits.cities(task.bureau, 2)
    coordinator = splits.coordinator(task.bureau)
    page = plain(coordinator, f"/assignments/{task.pk}/split/")
    page.get_by_label("确需下级报送", exact=False).first.check()
    page.get_by_label("确需报送的理由").fill("各市数据省局没有")
    for city in cities:
        page.get_by_label(str(city)).check()
    press(page, "转发分解")
    expect(page.locator("main")).to_contain_text("杭州市")
    assert Assignment.objects.filter(bureau__in=cities).count() == 2

    colleague = factories.staff(Role.REVIEWER, task.bureau)
    page = plain(written.filler(task.bureau), "/delegations/")
    page.get_by_label("代办人").select_option(str(colleague.pk))
    page.get_by_label("结束日期").fill("2026-03-06")
    press(page, "设立委托")
    expect(page.locator("main")).to_contain_text("代办中")
    assert Delegation.objects.get().deputy == colleague


def test_a_workbook_comes_back_and_a_roll_up_leaves(plain, clock, tmp_path):
    task = factories.accept(factories.assignment())
    filler = written.filler(task.bureau)
    page = plain(filler, f"/assignments/{task.pk}/forms/1/")
    unfold(page, "下载和导入")
    with page.expect_download() as caught:
        page.get_by_role("link", name="下载空表").click()
    page.get_by_role("link", name="导入填好的表").click()
    page.locator("#content input[type=file]").set_input_files(_filled(caught.value, tmp_path))
    press(page, "导入")
    expect(page.locator("[name='unit.c2']")).to_have_value("省领导作出批示")
    assert Submission.objects.get().content["unit"]["c2"] == "省领导作出批示"

    written.save(task, written.table(), revision=1)
    written.confirm(task)
    factories.walk(task, "pass_review", "submit", now=NOW + timedelta(hours=5))
    page = plain(factories.coordinator(), f"/obligations/{task.obligation_id}/roll-up/")
    with page.expect_download() as caught:
        page.get_by_role("link", name="生成汇总表").click()
    sheet = openpyxl.load_workbook(_file(caught.value)).worksheets[0]
    assert "省领导作出批示" in {cell.value for row in sheet.iter_rows() for cell in row}


def _file(download) -> io.BytesIO:
    return io.BytesIO(Path(download.path()).read_bytes())


def _filled(download, folder) -> Path:
    """The template with one cell written in: the first that may be."""
    book = openpyxl.load_workbook(_file(download))
    sheet = book.worksheets[0]
    sheet["B5"].value = "省领导作出批示"
    file = folder / "填报.xlsx"
    book.save(file)
    return file


def test_a_word_is_looked_for_and_the_password_changed(plain, clock):
    task = factories.accept(factories.assignment())
    filler = written.filler(task.bureau)
    page = plain(filler, "/")
    page.locator("#topbar-search").fill("质量工作")
    page.keyboard.press("Enter")
    expect(page.locator(".hits mark").first).to_have_text("质量工作")

    page.locator("[data-person]").click()
    page.get_by_role("link", name="修改密码").click()
    page.get_by_label("原密码").fill(PASSWORD)
    page.locator("#id_new_password1").fill("Another-password-2")
    page.locator("#id_new_password2").fill("Another-password-2")
    press(page, "修改密码")
    is_told(page, "密码已修改")
    filler.refresh_from_db()
    assert filler.check_password("Another-password-2")
