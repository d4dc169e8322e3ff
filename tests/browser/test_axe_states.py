"""No state that work brings a page into breaks a rule of axe: faults, answers, empty and full."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from bureaus.roles import Role
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind
from tests import factories
from tests.browser.axe import broken_at_both_sizes
from tests.browser.test_narrow import session
from tests.factories import TO_SUBMIT, walk
from tests.reports.filled_templates import filled
from tests.reports.importing import GOOD, asked, downloaded
from tests.reports.search.offices import furnished
from tests.reports.tables import BY_NUMBER
from tests.reports.written import accepted, filler, reported, save, table
from tests.services import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOUBTED = FormDefinition(
    "检查情况表",
    (Column("name", "单位名称"), Column("a", "检查数", ColumnKind.INTEGER)),
    annex_no="附件1",
)


@pytest.fixture
def show(page, live_server):
    """An address as this person sees it."""

    def go(person, path: str):
        page.context.clear_cookies()
        page.context.add_cookies([session(person, live_server.url)])
        page.goto(live_server.url + path)
        return page

    return go


@pytest.fixture
def free_of_faults(page):
    def look() -> None:
        found = broken_at_both_sizes(page)
        assert not found, "\n".join(found)

    return look


def test_the_login_and_its_refusal(page, live_server, free_of_faults):
    page.goto(live_server.url)
    free_of_faults()

    page.get_by_label("账号").fill("nobody")
    page.get_by_label("密码").fill("示例密码")
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("alert")).to_be_visible()
    free_of_faults()


def test_pages_that_are_not_there_or_not_for_this_person(show, free_of_faults):
    reader = factories.staff(Role.FILLER, factories.province())

    show(reader, "/nowhere/")
    free_of_faults()
    show(reader, "/administration/units/")
    free_of_faults()


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "405", "500"])
def test_pages_of_what_went_wrong(page, live_server, free_of_faults, status):
    words = render_to_string(f"{status}.html")
    page.route("**/wrong/", lambda route: route.fulfill(body=words, content_type="text/html"))

    page.goto(f"{live_server.url}/wrong/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    free_of_faults()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FILLER, Role.AUDITOR])
def test_an_office_with_nothing_in_it(show, free_of_faults, role):
    person = factories.staff(role, factories.central())
    addresses = ["/", "/inbox/"]
    if role != Role.AUDITOR:
        addresses += ["/ledger/", "/notices/", "/calendar/", "/productions/", "/search/?q=没有"]

    for address in addresses:
        show(person, address)
        free_of_faults()


def test_full_lists_what_is_picked_and_what_is_asked_wrongly(show, free_of_faults):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 41)]
    issued = factories.obligation(*bureaus)
    person = factories.coordinator()

    page = show(person, "/ledger/")
    page.locator("#ledger_rows input[type=checkbox]").first.check()
    free_of_faults()
    show(person, "/ledger/?q=没有的字&status=issued&due_from=x")
    free_of_faults()
    for address in (f"/obligations/{issued.pk}/", "/statistics/?by=unit", "/notices/?q=没有"):
        show(person, address)
        free_of_faults()


def test_a_form_with_faults_while_it_is_written_and_when_it_is_handed_in(show, free_of_faults):
    task = asked(BY_NUMBER[16].definition)
    page = show(filler(task.bureau), f"/assignments/{task.pk}/forms/1/")

    page.locator("#rows-0-n").fill("约5")
    expect(page.locator("[data-live-faults]").get_by_role("link").first).to_be_visible()
    free_of_faults()
    page.get_by_role("button", name="提交审核", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    free_of_faults()
    page.locator("#keys").evaluate("(one) => { one.open = true; }")
    free_of_faults()


def test_what_is_doubtful_is_asked_about(show, free_of_faults):
    task = asked(DOUBTED)
    page = show(filler(task.bureau), f"/assignments/{task.pk}/forms/1/")
    page.locator("#rows-0-name").fill("示例企业")
    page.locator("#rows-0-a").fill("-3")

    page.get_by_role("button", name="提交审核", exact=True).click()

    expect(page.locator("#doubts")).to_be_visible()
    free_of_faults()
    page.locator("#doubts").get_by_role("button", name="确认无误，继续提交").click()
    expect(page.get_by_text("已提交审核").first).to_be_visible()
    free_of_faults()
    show(factories.staff(Role.REVIEWER, task.bureau), f"/assignments/{task.pk}/review/")
    free_of_faults()


def test_two_who_wrote_into_one_form(browser, show, page, live_server, free_of_faults):
    task = accepted()
    save(task, table())
    show(filler(task.bureau), f"/assignments/{task.pk}/forms/1/")
    with chromium.page(browser) as other:
        other.context.add_cookies([session(filler(task.bureau), live_server.url)])
        other.goto(page.url)
        other.locator("#unit-c3").fill("甲改的学习")
        other.get_by_role("button", name="保存", exact=True).last.click()
        expect(other.locator("#messages")).to_contain_text("已保存")

    page.locator("#unit-c3").fill("乙改的学习")
    page.get_by_role("button", name="查看并选择").click()

    expect(page.locator(".conflicts tbody tr")).to_have_count(1)
    free_of_faults()


def test_a_file_with_faults(show, free_of_faults):
    task = asked()
    data = filled(downloaded(task), {**GOOD, "D5": "约20", "E6": "#N/A"})
    page = show(filler(task.bureau), f"/assignments/{task.pk}/forms/1/upload/")

    file = {"name": "填报.xlsx", "mimeType": XLSX, "buffer": data}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="导入", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("需要改正")
    free_of_faults()


def test_marks_verdicts_and_what_came_back(show, free_of_faults):
    task = reported(factories.assignment(), table(documents=2))
    page = show(factories.coordinator(), f"/assignments/{task.pk}/review/")
    free_of_faults()

    page.locator("[data-place='1:rows.1.c4']").click()
    box = page.get_by_role("dialog", name="标注")
    expect(box).to_be_visible()
    free_of_faults()
    box.get_by_label("要求").fill("请写明文号")
    page.keyboard.press("Enter")
    page.locator("summary", has_text="退回补正").click()
    free_of_faults()
    page.get_by_role("button", name="确认退回补正").click()
    expect(page.locator("main")).to_contain_text("已退回补正")
    free_of_faults()

    for address in ("/", f"/assignments/{task.pk}/", f"/assignments/{task.pk}/forms/1/"):
        show(filler(task.bureau), address)
        free_of_faults()


def test_one_row_for_many_units_and_what_they_come_to(show, free_of_faults):
    issued = factories.obligation(
        factories.province("320000", "江苏省"), factories.province("330000", "浙江省")
    )
    tasks = list(issued.assignments.for_detail())
    reported(tasks[0], table(documents=2))
    walk(tasks[1], *TO_SUBMIT)

    for address in ("/", f"/obligations/{issued.pk}/", f"/obligations/{issued.pk}/roll-up/1/"):
        show(factories.coordinator(), address)
        free_of_faults()


def test_a_notice_from_its_import_to_what_was_issued(show, free_of_faults):
    factories.province()
    person = factories.coordinator()
    page = show(person, "/notices/import/")
    page.get_by_role("button", name="导入并核对").click()
    expect(page.get_by_role("alert")).to_be_visible()
    free_of_faults()

    page.locator("[name=pasted]").fill(factories.TEXT_APART)
    page.get_by_role("button", name="导入并核对").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("核对")
    free_of_faults()
    page.get_by_text("修改文件信息").click()
    page.get_by_role("textbox", name="标题").fill("")
    page.get_by_role("button", name="确认入库", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    free_of_faults()

    notice = factories.filed_notice(factories.TEXT_APART.replace("〔2026〕1号", "〔2026〕9号"))
    page = show(person, f"/notices/{notice.pk}/issue/")
    for one in page.locator("[data-clause]").all():
        one.uncheck()
    page.get_by_role("button", name="下发", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    free_of_faults()


def test_a_form_that_is_edited_by_hand(show, free_of_faults):
    notice = factories.filed_notice(factories.TEXT_APART)
    page = show(factories.coordinator(), f"/notices/{notice.pk}/attachments/0/form/")
    page.get_by_role("button", name="改为表格").click()
    page.get_by_role("button", name="加一条").click()

    page.get_by_label("第1条 关系").fill("c5 <= c9")

    expect(page.locator("#specimen-faults")).to_contain_text("没有这样的数字栏目或行")
    free_of_faults()


def test_files_that_are_taken_in_on_the_desk(show, free_of_faults, tmp_path):
    files = {"通知一.txt": factories.TEXT, "空.txt": ""}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    page = show(factories.coordinator(), "/")

    page.locator("#desk-file").set_input_files([tmp_path / name for name in files])

    expect(page.locator("[data-upload-said]")).to_contain_text("1 个文件没有导入")
    free_of_faults()
    page.get_by_role("link", name="查看导入结果").click()
    free_of_faults()


def test_hits_while_one_types_and_all_of_them(show, free_of_faults, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    furnished()
    page = show(factories.coordinator(), "/ledger/")

    page.locator("#topbar-search").press_sequentially("电梯")
    expect(page.locator("#search-typed [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    free_of_faults()
    page.keyboard.press("Escape")
    page.locator("#topbar-search").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("查找")
    free_of_faults()


@pytest.mark.parametrize(
    "address", ["/administration/staff/add/", "/administration/units/add/", "/password/"]
)
def test_forms_that_are_sent_in_empty(show, free_of_faults, address):
    admin = factories.staff(Role.SYSTEM_ADMIN, factories.central())
    if "staff" in address:
        admin = factories.staff(Role.UNIT_ADMIN, factories.central())
    page = show(admin, address)

    page.locator("main form").last.evaluate("(form) => { form.noValidate = true; form.submit(); }")

    expect(page.get_by_role("alert").first).to_be_visible()
    free_of_faults()
