"""What a screen of 1366×768 shows: little but the work, and where the focus is."""

import io
import re

import pdfplumber
import pytest
from PIL import Image

from bureaus.roles import Role
from tasks.models import Assignment, Delivery
from tests import factories
from tests.browser.test_narrow import session
from tests.factories import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RING = (11, 87, 208)  # --ring of tokens.css
# Where the parts of a page begin and how many rows can be read, below the head that stays and
# above what lies at the lower edge.
PLACES = """() => {
  const top = (chosen) => {
    const one = document.querySelector(chosen);
    return one ? Math.round(one.getBoundingClientRect().top) : null;
  };
  const content = document.querySelector("#messages").nextElementSibling;
  const edge = Array.from(document.querySelectorAll(".actbar, .bulkbar"))
    .filter((one) => one.offsetParent || getComputedStyle(one).position === "fixed")
    .reduce((least, one) => Math.min(least, one.getBoundingClientRect().top), window.innerHeight);
  const rows = Array.from(document.querySelectorAll("main tbody tr"))
    .map((row) => row.getBoundingClientRect());
  return {
    content: Math.round(content.getBoundingClientRect().top),
    row: top("main tbody tr"),
    heights: rows.map((row) => Math.round(row.height)),
    seen: rows.filter((row) => row.bottom <= edge).length,
  };
}"""


@pytest.fixture
def office(page, live_server):
    """Thirty provinces owe something; opens an address as this person."""
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 41)]
    issued = factories.obligation(*bureaus)

    def go(path: str, person=None):
        page.context.add_cookies([session(person or factories.coordinator(), live_server.url)])
        page.goto(live_server.url + path.format(issued=issued.pk))
        return page

    return go


@pytest.fixture
def told(office):
    """Thirty messages came and thirty mails did not arrive, all of them long."""
    reader = factories.coordinator()
    for task in Assignment.objects.for_detail():
        moment = task.milestones.first()
        said = {"milestone": moment, "bureau_path": task.bureau_path, "recipient": reader}
        said["subject"] = "【提醒】" + "很长的标题" * 30
        sent = {"attempts": 1, "not_before": NOW, "sent_at": NOW}
        Delivery.objects.create(
            **said, **sent, channel="inbox", state="sent", message_key=f"i{task.pk}"
        )
        failed = {**sent, "sent_at": None, "problem": "邮箱地址无效，请在人员资料中更正" * 5}
        Delivery.objects.create(
            **said,
            **failed,
            channel="email",
            state="failed",
            address="a#example.test",
            message_key=f"m{task.pk}",
        )


@pytest.mark.parametrize("path", ["/inbox/", "/reminders/undelivered/", "/reminders/"])
def test_what_was_told_takes_a_line_each(office, told, path):
    places = office(path).evaluate(PLACES)

    assert places["row"] <= 200
    assert places["seen"] >= 14
    assert set(places["heights"]) <= {36, 37}


def test_a_message_opens_what_else_it_says(office, told):
    page = office("/reminders/undelivered/")

    page.locator("tbody summary").first.click()

    assert page.get_by_text("怎么办：请单位管理员登记或更正邮箱，再重新发送").first.is_visible()


@pytest.mark.parametrize(
    "path", ["/ledger/", "/ledger/?light=&group=bureau", "/statistics/?by=unit"]
)
def test_a_list_begins_high_and_shows_fourteen_rows(office, path):
    places = office(path).evaluate(PLACES)

    assert places["content"] <= 112
    assert places["row"] <= 200
    assert places["seen"] >= 14
    assert set(places["heights"]) <= {36, 37}  # a line; heights of lines of text are rounded


@pytest.mark.parametrize("path", ["/administration/units/", "/administration/staff/"])
def test_a_list_below_tabs_begins_as_high(office, path):
    admin = factories.staff(Role.UNIT_ADMIN, factories.central())

    places = office(path, admin).evaluate(PLACES)

    assert places["content"] <= 112
    assert places["row"] <= 200
    assert set(places["heights"]) <= {36, 37}


@pytest.mark.parametrize(
    "path",
    ["/", "/notices/", "/calendar/", "/inbox/", "/help/", "/files/", "/obligations/{issued}/"],
)
def test_every_page_begins_high(office, path):
    assert office(path).evaluate(PLACES)["content"] <= 112


@pytest.mark.parametrize("role", [Role.FILLER, Role.COORDINATOR])
def test_the_desk_begins_with_figures_and_the_first_row(office, role):
    page = office("/", factories.staff(role, factories.province("110000", "示例11省")))
    top = "(one) => Math.round(one.getBoundingClientRect().top)"

    assert page.locator(".tally").evaluate(top) <= 112
    assert page.locator(".todo > li").first.evaluate(top) <= 200


FOCUSED = {
    "link": ("/ledger/", "#ledger_rows a.cell-title"),
    "link of the rail": ("/", ".rail a"),
    "head that sorts": ("/ledger/", ".ledger thead a"),
    "button": ("/notices/import/", "main form button[type=submit]"),
    "link that is a button": ("/notices/", "a.btn-primary"),
    "summary that is a button": ("/ledger/", ".filters summary"),
    "summary of a menu": ("/", ".topbar summary"),
    "input": ("/ledger/", "#id_q"),
    "search": ("/", "#topbar-search"),
    "select": ("/ledger/", ".filters select"),
    "box to tick": ("/ledger/", "#ledger_rows input[type=checkbox]"),
    "tab": ("/calendar/", ".tabs a"),
    "figure": ("/", ".tally a"),
    "text area": ("/notices/import/", "textarea"),
    "file": ("/notices/import/", "input[type=file]"),
    "tile": ("/obligations/{issued}/", ".tile > a"),
    "summary of figures": ("/obligations/{issued}/", ".picture-figures > summary"),
    "summary that unfolds": ("/obligations/{issued}/", ".more > summary"),
    "table that scrolls": ("/statistics/?by=period", ".ledger-scroll"),
    "chip": ("/ledger/?q=示例", ".chip a"),
    "act of a menu": ("/", ".topbar .menu-act"),
    "way to the text": ("/", ".skip-link"),
}


@pytest.mark.parametrize("what", FOCUSED)
def test_what_has_the_focus_has_a_ring_of_two_pixels(office, what):
    path, chosen = FOCUSED[what]
    page = office(path)
    control = page.locator(chosen).first
    if chosen.endswith(".menu-act"):
        page.locator(".topbar summary").click()

    assert _ring(page, control)[0] == 0
    page.keyboard.press("Tab")  # the keyboard is in use: a click alone leaves no ring
    control.focus()

    assert min(_ring(page, control)) >= 2
    control.hover()
    assert min(_ring(page, control)) >= 2


def test_cells_that_are_written_in_have_the_ring(page, live_server):
    task = factories.accept(factories.assignment(number="1"))
    filler = factories.staff(Role.FILLER, task.bureau)
    page.context.add_cookies([session(filler, live_server.url)])
    page.goto(f"{live_server.url}/assignments/{task.pk}/forms/1/")
    cell = page.locator(".sheet textarea").first

    cell.focus()

    assert min(_ring(page, cell)) >= 2


def _ring(page, control) -> list[int]:
    """How many pixels of the ring's colour lie, one beside the other, across each of its edges."""
    control.scroll_into_view_if_needed()
    box = control.bounding_box()
    spare = 6
    left, top = box["x"] - spare, box["y"] - spare
    clip = {"x": max(left, 0), "y": max(top, 0), "width": box["width"] + 2 * spare}
    clip["height"] = box["height"] + 2 * spare
    image = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
    across, down = image.width // 2, image.height // 2
    row = [image.getpixel((x, down)) == RING for x in range(image.width)]
    column = [image.getpixel((across, y)) == RING for y in range(image.height)]
    edges = (row[:across], row[across:], column[:down], column[down:])
    return [sum(edge) for edge in edges]


def test_bar_of_acts_lies_at_the_lower_edge_and_covers_nothing_focused(page, live_server):
    task = factories.accept(factories.assignment(number="1"))
    filler = factories.staff(Role.FILLER, task.bureau)
    page.context.add_cookies([session(filler, live_server.url)])
    page.goto(f"{live_server.url}/assignments/{task.pk}/forms/1/")

    bar = page.locator(".actbar").bounding_box()
    assert bar["y"] + bar["height"] == 768
    for control in page.locator("main input:visible, main textarea, main summary").all():
        if control.locator("xpath=ancestor::*[contains(@class, 'actbar')]").count():
            continue
        control.focus()
        box = control.bounding_box()
        assert box["y"] + min(box["height"], 100) <= bar["y"]
        assert box["y"] >= 48


def test_rail_menus_and_lists_work_without_scripts(live_server, browser):
    factories.obligation(factories.province())
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    context.add_cookies([session(factories.coordinator(), live_server.url)])
    page = context.new_page()
    page.goto(live_server.url)

    page.get_by_role("navigation", name="主导航").get_by_role("link", name="任务台账").click()
    page.locator("summary", has_text="更多条件").click()
    assert page.locator(".filter-menu .menu-fields").is_visible()
    page.locator(".topbar summary").click()
    page.get_by_role("button", name="退出").click()
    assert page.get_by_role("button", name="登录").is_visible()
    context.close()


@pytest.mark.parametrize("address", ["/", "/notices/", "/obligations/{issued}/"])
def test_paper_has_nothing_to_press_and_nothing_folded(office, address):
    page = office(address)
    page.emulate_media(media="print")

    said = page.locator(".btn, .todo-all, .burden a, .panel-head a, details:not([open])").all()

    assert [one.inner_text() for one in said if one.is_visible()] == []


def test_paper_has_unit_and_number_on_each_page_and_no_words_to_press(office):
    page = office("/obligations/{issued}/")
    page.emulate_media(media="print")
    pressed = page.locator(".panel-head a, .btn, .topbar, .rail, .crumbs").all()
    assert [one.inner_text() for one in pressed if one.is_visible()] == []

    paper = pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [sheet.extract_text() for sheet in paper.pages]

    assert len(texts) >= 2
    for number, text in enumerate(texts, 1):
        assert text.splitlines()[0] == "市场监管总局"
        # the fonts of this machine print 页 as the radical of the same shape
        assert re.fullmatch(f"第 {number} .，共 {len(texts)} .", text.splitlines()[-1])
        assert "看全文" not in text
