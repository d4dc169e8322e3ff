"""A form in a browser: it saves itself, takes blocks from Excel, moves rows, keeps two apart."""

import re

import pytest
from playwright.sync_api import Page, expect

from reports.models import Submission
from tasks.models import Assignment
from tasks.states import Status
from tests import factories
from tests.factories import fresh
from tests.reports.importing import asked, stored
from tests.reports.tables import BY_NUMBER
from tests.reports.written import accepted, filler, save, table
from tests.services import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = "已保存"


def opened(page: Page, live_server, task: Assignment) -> Page:
    """The form of attachment 1, before its filler."""
    page.goto(live_server.url)
    page.get_by_label("账号").fill(filler(task.bureau).username)
    page.get_by_label("密码").fill(factories.PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("工作台")
    page.goto(f"{live_server.url}/assignments/{task.pk}/forms/1/")
    return page


def saved(page: Page, pattern: str) -> None:
    """Waits until the form has saved itself, with a content that matches."""
    expect(page.locator("[name=base]")).to_have_value(re.compile(pattern))
    expect(page.locator("[data-save-state]")).to_contain_text(SAVED)


def paste(page: Page, selector: str, text: str) -> None:
    """What Excel puts on the clipboard, pasted into a cell."""
    page.locator(selector).focus()
    page.evaluate(
        """([selector, text]) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            data.setData("text/html", "<table><tr><td></td></tr></table>");
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        [selector, text],
    )


def test_form_saves_itself_and_checks_while_it_is_written(page, live_server):
    task = asked(BY_NUMBER[16].definition)
    opened(page, live_server, task)
    state, faults = page.locator("[data-save-state]"), page.locator("[data-live-faults]")

    page.locator("#rows-0-n").fill("约5")
    expect(state).to_contain_text(SAVED)  # a draft is kept as it is written
    expect(page.locator("td", has=page.locator("#rows-0-n"))).to_contain_text("不能填“约5”")
    expect(faults.get_by_role("link", name="第1行 备案数量")).to_be_visible()
    assert stored(task)["rows"][0]["n"] == "约5"

    page.locator("#rows-0-n").fill("1,005")
    expect(faults).to_be_hidden()
    saved(page, "1,005")
    expect(page.locator(".is-wrong")).to_have_count(0)
    expect(page.locator("#total-n")).to_have_text("1005")
    assert stored(task)["rows"][0]["n"] == "1,005"

    page.locator("#head-month").fill("2026-03")
    saved(page, "2026-03")
    page.reload()  # nothing asks whether to leave
    expect(page.locator("#head-month")).to_have_value("2026-03")


def test_block_from_excel_fills_cells_adds_rows_and_tells_what_found_no_place(page, live_server):
    task = asked(BY_NUMBER[15].definition)
    opened(page, live_server, task)
    block = (
        '示例甲公司\t示例局\tB\t约谈,抽检\t1\t2026-03-05\t2026年1月\t"赵某\n0571-00000000"\t文件\t多\r\n'
        '示例乙公司\t\t特级\t"抽检"\t否\t２０２６-０３-０６\t\t\t"他说""好"""\t余\r\n'
    )

    paste(page, "#rows-0-name", block)

    expect(page.locator("[data-paste-note]")).to_have_text(
        "已粘贴 2 行 10 列，新增 1 行，右侧多出的 1 列没有粘贴。撤销粘贴"
    )
    expect(page.locator("#rows-0-grade")).to_have_value("二级")
    expect(page.locator("#rows-0-contact")).to_have_value("赵某\n0571-00000000")
    expect(page.locator("#rows-1-paper")).to_have_value('他说"好"')
    expect(page.locator("#rows-0-means input:checked")).to_have_count(2)
    cell = page.locator("td", has=page.locator("#rows-1-grade"))
    expect(cell).to_contain_text("应从“一级、二级、三级”中选择，不能填“特级”")

    page.locator("#rows-1-grade").select_option("三级")
    expect(page.locator("[data-save-state]")).to_contain_text(SAVED)
    first, second = stored(task)["rows"]
    assert (first["means"], first["filed"], first["grade"]) == ("约谈、抽检", "是", "二级")
    assert (second["name"], second["means"], second["filed"]) == ("示例乙公司", "抽检", "否")


def test_block_of_figures_goes_down_a_fixed_table_past_what_is_not_filled_in(page, live_server):
    task = asked(BY_NUMBER[10].definition)
    opened(page, live_server, task)

    paste(page, "#items-r1-now", "1,200\t１１８０\n3400\t3500\n9999\t1\n\t\n210.5\t8\n5\t5\n")

    expect(page.locator("[data-paste-note]")).to_have_text(
        "已粘贴 5 行 2 列，表中行数固定，多出的 1 行没有粘贴，3 格不是填写位置，已跳过。撤销粘贴"
    )
    expect(page.locator("#items-r1-now")).to_have_value("1200")
    expect(page.locator("#items-r1-before")).to_have_value("1180")
    expect(page.locator("#items-r4-now")).to_have_value("210.5")
    expect(page.locator("#items-r3-now")).to_have_text("4600")


def test_paste_can_be_undone_and_one_cell_goes_where_the_cursor_stands(page, live_server):
    task = accepted()
    save(task, table(documents=1))
    opened(page, live_server, task)

    paste(page, "#rows-0-c4", "甲\t省政府\n乙\t省委\n")
    expect(page.locator("#rows-1-c4")).to_have_value("乙")
    page.get_by_role("button", name="撤销粘贴").click()
    expect(page.locator("#rows-0-c4")).to_have_value("示例文件1")
    expect(page.locator("#rows-1-c4")).to_have_count(0)
    expect(page.locator("#unit-c2")).to_have_value("省领导作出批示")

    page.locator("#unit-c2").focus()
    page.keyboard.press("Control+Home")
    paste(page, "#unit-c2", '"一\n二"\n')
    expect(page.locator("#unit-c2")).to_have_value("一\n二省领导作出批示")


def test_rows_are_moved_by_button_and_by_key_and_the_units_cells_stay_on_top(page, live_server):
    task = accepted()
    save(task, table(documents=3))
    opened(page, live_server, task)

    page.get_by_role("button", name="第1行下移").click()
    expect(page.locator("#rows-0-c4")).to_have_value("示例文件2")
    expect(page.get_by_role("button", name="第2行下移")).to_be_focused()
    page.locator("#rows-2-c5").press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#rows-0-c5")).to_be_focused()
    expect(page.locator("tbody[data-body] tr:first-child [data-unit]")).to_have_count(5)
    saved(page, "示例文件3.*示例文件2.*示例文件1")

    assert [row["c4"] for row in stored(task)["rows"]] == ["示例文件3", "示例文件2", "示例文件1"]
    assert stored(task)["unit"]["c2"] == "省领导作出批示"


def test_second_browser_is_told_and_settles_cell_by_cell(browser, page, live_server):
    task = accepted()
    save(task, table())
    opened(page, live_server, task)
    with chromium.page(browser) as other:
        opened(other, live_server, task)
        page.locator("#unit-c2").fill("甲改的批示")
        page.locator("#unit-c3").fill("甲改的学习")
        saved(page, "甲改的学习")

        other.locator("#unit-c3").fill("乙改的学习")
        other.locator("#unit-c8").fill("乙改的经验")
        expect(other.locator("[data-save-state]")).to_contain_text("保存过新内容")
        assert stored(task)["unit"]["c3"] == "甲改的学习"

        other.get_by_role("button", name="查看并选择").click()
        table_ = other.locator(".conflicts")
        expect(table_.locator("tbody tr")).to_have_count(3)
        expect(table_).to_contain_text("双方都改过，请选择")
        table_.get_by_role("row", name="组织开展学习情况").get_by_label("乙改的学习").check()
        other.get_by_role("button", name="按选择合并并保存").click()
        expect(other.locator("#messages")).to_contain_text(SAVED)

    assert list(stored(task)["unit"].values()) == [
        "甲改的批示",
        "乙改的学习",
        "开展活动5场",
        "乙改的经验",
    ]


def test_everything_works_without_scripts(browser, live_server):
    task = accepted()
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    context.set_default_timeout(10_000)
    page = opened(context.new_page(), live_server, task)

    for cell in page.locator("[name^='unit.']").all():
        cell.fill("组织专题学习3次")
    page.locator("#rows-0-c4").fill("示例文件1")
    page.get_by_role("button", name="加一行").click()
    for column in ("c4", "c5", "c6"):
        page.locator(f"#rows-1-{column}").fill(f"示例{column}")
    page.get_by_role("button", name="第2行上移").click()
    expect(page.locator("#rows-0-c4")).to_have_value("示例c4")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("alert")).to_contain_text("还有内容没有填好")
    page.locator("tr", has=page.locator("#rows-1-c4")).get_by_role("button", name="删行").click()
    expect(page.locator("#rows-1-c4")).to_have_count(0)
    page.locator(".sheet-foot input").fill("示例联系人 010-00000000")
    page.get_by_role("button", name="保存").last.click()
    expect(page.locator("#messages")).to_contain_text(SAVED)
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator("main")).to_contain_text("已提交审核")
    context.close()

    assert fresh(task).status == Status.REVIEW
    assert [row["c4"] for row in stored(task)["rows"]] == ["示例c4"]


def test_leaving_asks_only_with_unsaved_changes(page, live_server):
    task = accepted()
    opened(page, live_server, task)
    asked_to_stay = []
    page.on("dialog", lambda dialog: (asked_to_stay.append(dialog.type), dialog.accept()))
    page.route("**/autosave/", lambda route: route.abort())

    page.locator("#unit-c2").fill("没有存下的")
    expect(page.locator("[data-save-state]")).to_contain_text("没有连上服务器")
    page.reload()

    assert asked_to_stay == ["beforeunload"]
    expect(page.locator("#unit-c2")).to_have_value("")


def test_who_was_logged_out_logs_in_beside_and_loses_nothing(page, live_server):
    task = accepted()
    opened(page, live_server, task)
    page.context.clear_cookies()
    page.locator("#unit-c2").fill("写到一半")
    expect(page.locator("[data-save-state]")).to_contain_text("未保存：登录已过期")
    page.get_by_role("button", name="提交审核").click()  # posts nothing that the login would drop
    expect(page.locator("[data-save-state]")).to_contain_text("未保存：登录已过期")
    expect(page.locator("#unit-c2")).to_have_value("写到一半")
    assert not Submission.objects.exists()

    beside = opened(page.context.new_page(), live_server, task)
    expect(beside.locator("#unit-c2")).to_have_value("")
    page.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(page.locator("[data-save-state]")).to_contain_text(SAVED)
    assert stored(task)["unit"]["c2"] == "写到一半"
