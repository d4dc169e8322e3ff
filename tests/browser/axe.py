"""axe-core in the page of a test: which rules of WCAG 2.2 AA and of good practice it breaks."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

PROGRAM = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SCREEN = {"width": 1366, "height": 768}
TELEPHONE = {"width": 390, "height": 844}
# Bars at the lower edge lie over what one can scroll clear of them: they are put where they stand.
SETTLE = """() => {
  window.scrollTo(0, 0);
  const bars = document.querySelectorAll(".actbar, .bulkbar, .rail");
  bars.forEach((one) => { one.style.position = "static"; });
}"""
RELEASE = """() => document.querySelectorAll(".actbar, .bulkbar, .rail").forEach((one) => {
  one.style.position = "";
})"""
ASKED = """async ([within, rules]) => {
  const asked = { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] };
  const found = await axe.run(within, asked);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => {
    const why = node.failureSummary.split("\\n")[1].trim();
    return `${rule.id}: ${node.html.slice(0, 120)} (${why})`;
  }));
}"""


@cache
def program() -> str:
    assert PROGRAM.exists(), "axe-core is missing: make setup-dev"
    return PROGRAM.read_text(encoding="utf-8")


def broken(page: Page, within: str = "html") -> list[str]:
    """Each element of ``within`` that breaks a rule: the rule, the element, why."""
    page.wait_for_function("() => !document.querySelector('[hx-trigger=load]')")
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(program())
    page.evaluate(SETTLE)
    found = page.evaluate(ASKED, [within, RULES])
    page.evaluate(RELEASE)
    return found


def broken_at_both_sizes(page: Page) -> list[str]:
    """The page as it stands now, on an office screen and on a telephone; it is left as it was."""
    found = []
    for size, words in ((TELEPHONE, "telephone"), (SCREEN, "screen")):
        page.set_viewport_size(size)
        found += [f"{page.url} on a {words}: {one}" for one in broken(page)]
    return found
