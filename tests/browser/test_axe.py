"""No page of any post breaks a rule of axe, on a screen or a telephone, with all folds open."""

import pytest

from tests import factories
from tests.browser import axe
from tests.browser.test_narrow import ADMINISTRATORS, pages_of, session
from tests.world import READERS, two_provinces

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FLOATING = "details.menu, details.confirm"  # they lie over the page: one at a time
UNFOLD = """(floating) => document.querySelectorAll("details").forEach((one) => {
  one.open = !one.matches(floating);
})"""
# Of many that are called the same, as in the rows of a list, the first; each gets a number.
NUMBER = """(floating) => {
  const known = new Set();
  const first = Array.from(document.querySelectorAll(floating)).filter((one) => {
    const name = one.closest(".topbar") + one.querySelector("summary").textContent.trim();
    return !known.has(name) && known.add(name);
  });
  first.forEach((one, number) => { one.dataset.floating = number; });
  return first.length;
}"""
OPEN = """(number) => {
  const one = document.querySelector(`[data-floating="${number}"]`);
  one.open = true;
  one.querySelectorAll("details").forEach((inner) => { inner.open = true; });
}"""
SHUT = """(number) => { document.querySelector(`[data-floating="${number}"]`).open = false; }"""
# Of each kind of thing that can be tabbed to, those that show no ring of two pixels.
RINGLESS = """() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  const known = new Set();
  const chosen = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const kinds = Array.from(document.querySelectorAll(chosen)).filter((one) => {
    const kind = [one, one.parentElement].map((each) => each.tagName + each.className).join();
    one.focus();
    const isReached = document.activeElement === one && one.tabIndex >= 0;
    return isReached && !known.has(kind) && known.add(kind);
  });
  return kinds.filter((one) => {
    one.focus();
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return !(outlineStyle === "solid" && parseFloat(outlineWidth) >= 2);
  }).map((one) => `no ring: ${one.outerHTML.slice(0, 120)}`).concat(kinds.length > 4 ? [] : ["?"]);
}"""


@pytest.fixture
def world(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return two_provinces()


@pytest.mark.parametrize("role", [*READERS, *ADMINISTRATORS, "issuing"])
def test_no_page_breaks_a_rule_and_whatever_is_focused_has_a_ring(page, live_server, world, role):
    bureau = world.asking if role in ADMINISTRATORS else world.owner
    person = factories.coordinator() if role == "issuing" else factories.staff(role, bureau)
    page.context.add_cookies([session(person, live_server.url)])

    paths, broken = pages_of(person, world), []
    for path in paths:
        page.set_viewport_size(axe.SCREEN)
        page.goto(live_server.url + path)
        page.evaluate(UNFOLD, FLOATING)
        broken += [f"{path} on a screen: {one}" for one in axe.broken(page)]
        broken += [f"{path} in a menu: {one}" for one in _broken_in_menus(page)]
        page.set_viewport_size(axe.TELEPHONE)
        broken += [f"{path} on a telephone: {one}" for one in axe.broken(page)]
        page.keyboard.press("Tab")  # the keyboard is in use: a click alone leaves no ring
        broken += [f"{path}: {one}" for one in page.evaluate(RINGLESS)]

    assert len(paths) >= 6
    assert not broken, "\n".join(broken)


def _broken_in_menus(page) -> list[str]:
    found = []
    for number in range(page.evaluate(NUMBER, FLOATING)):
        page.evaluate(OPEN, number)
        found += axe.broken(page, f'[data-floating="{number}"]')
        page.evaluate(SHUT, number)
    return found


def test_rules_that_are_broken_are_told(page, live_server):
    page.goto(live_server.url)
    page.evaluate(
        """() => {
          document.querySelector("label").remove();
          document.querySelector("h1").style.color = "#ccc";
          document.querySelector("button").style = "width: 8px; height: 8px; padding: 0";
        }"""
    )

    rules = {one.partition(":")[0] for one in axe.broken(page)}

    assert {"label", "color-contrast"} <= rules
