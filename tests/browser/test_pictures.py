"""Pictures on the screens people have: nothing runs out of them, every word can be read."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from bureaus.roles import Role
from tasks.models import Assignment
from tests import factories
from tests.factories import TO_SUBMIT, copies, owed_by, walk
from tests.tasks.conftest import CODES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# every text of a picture: how high it is drawn, and how far it stands out of its picture
TEXTS = """picture => {
  const scale = picture.getScreenCTM().a, frame = picture.getBoundingClientRect();
  return [...picture.querySelectorAll("text")].map(text => {
    const box = text.getBoundingClientRect();
    return {
      said: text.textContent,
      size: parseFloat(getComputedStyle(text).fontSize) * scale,
      out: Math.max(frame.left - box.left, box.right - frame.right, box.bottom - frame.bottom),
    };
  });
}"""
# pairs of labels of one picture that lie on each other
COVERED = """picture => {
  const boxes = [...picture.querySelectorAll(".curve-label")].map(
    each => [each.textContent, each.getBoundingClientRect()]);
  return boxes.flatMap(([a, one], at) => boxes.slice(at + 1).filter(([b, other]) =>
    one.left < other.right && other.left < one.right &&
    one.top + 3 < other.bottom && other.top + 3 < one.bottom).map(([b]) => [a, b]));
}"""


@pytest.fixture
def issued(time_machine):
    """Due in four weeks, with two copies due on other days; one of four provinces has reported."""
    made = factories.obligation(*(factories.province(*each) for each in CODES.items()))
    walk(owed_by(made, "330000"), *TO_SUBMIT)
    for weeks, copy in enumerate(copies(made, 2), start=1):
        day = made.due_at - timedelta(weeks=weeks)
        copy.assignments.update(due_at=day, target_at=day)
        type(copy).objects.filter(pk=copy.pk).update(due_at=day, period=f"2026年{weeks}月")
    time_machine.move_to(factories.NOW + timedelta(days=2))
    return made


def pictures(page: Page) -> list:
    return page.locator("svg.picture:visible").all()


@pytest.mark.parametrize("width", [390, 1366])
def test_words_in_pictures_can_be_read_and_stay_inside(enter, issued, width):
    office = factories.coordinator()
    page = enter(office, "/calendar/?scope=all")
    page.set_viewport_size({"width": width, "height": 800})
    seen = 0
    for path in (
        "/calendar/?scope=all",
        f"/obligations/{issued.pk}/",
        f"/notices/{issued.notice_id}/",
        "/statistics/?by=period&since=",
    ):
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + path)
        for picture in pictures(page):
            texts = picture.evaluate(TEXTS)
            assert [text for text in texts if text["size"] < 11.99] == []
            assert [text for text in texts if text["out"] > 1.5] == []
            assert picture.evaluate(COVERED) == []
            box = picture.bounding_box()
            assert box["x"] >= 0
            seen += len(texts)
    assert seen > 50


def test_tiles_and_matrix_do_not_make_a_narrow_page_scroll(enter, issued):
    page = enter(factories.coordinator(), f"/obligations/{issued.pk}/")
    page.set_viewport_size({"width": 390, "height": 800})

    tiles = page.locator(".tiles").evaluate("box => [box.scrollWidth, box.clientWidth]")
    page.goto(page.url.replace(f"obligations/{issued.pk}", f"notices/{issued.notice_id}"))
    matrix = page.get_by_role("region", name="各单位各事项的进度").bounding_box()

    assert tiles[0] <= tiles[1]
    assert matrix["x"] + matrix["width"] <= 390


def test_year_has_every_month_beside_the_next_on_an_office_screen(enter):
    admin = factories.staff(Role.SYSTEM_ADMIN, factories.central())
    page = enter(admin, "/administration/workdays/")

    assert page.locator(".year-month").count() == 12
    tops = {round(each.bounding_box()["y"]) for each in page.locator(".year-month").all()}
    assert len(tops) == 3
    page.set_viewport_size({"width": 390, "height": 800})
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


def test_figures_of_the_curve_open_without_scripts(enter, issued):
    Assignment.objects.filter(bureau__code="330000").update(is_late=True)
    page = enter(factories.coordinator(), f"/obligations/{issued.pk}/")

    page.get_by_text("按日期的数字").click()

    assert page.get_by_role("table", name="各日报送数和应报数").is_visible()
