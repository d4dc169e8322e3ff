"""A person with a keyboard and no mouse."""

from playwright.sync_api import Locator, Page, expect

# What has the focus: whether it is somewhere, and whether one can see where.
HAS_FOCUS = """() => {
    const here = document.activeElement;
    if (!here || here === document.body || here === document.documentElement) { return "nothing"; }
    const box = here.getBoundingClientRect();
    const words = here.textContent.trim().slice(0, 20);
    const at = [box.left, box.top, box.width, box.height].map(Math.round);
    const name = `${here.tagName}#${here.id}.${here.className} ${here.name} ${words} ${at}`;
    const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < window.innerHeight
        && box.right > 0 && box.left < window.innerWidth;
    return seen ? name : "out of sight: " + name;
}"""


class Keys:
    """Presses keys; after each that moves on, what has the focus is in sight."""

    def __init__(self, page: Page):
        self.page = page

    def press(self, key: str) -> None:
        self.page.wait_for_load_state()  # before, its scripts know no keys
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def is_somewhere(self) -> str:
        """What has the focus and is in sight, at once or after the page has scrolled there."""
        for _ in range(20):
            here = self.page.evaluate(HAS_FOCUS)
            if here != "nothing" and not here.startswith("out of sight"):
                return here
            self.page.wait_for_timeout(50)
        raise AssertionError(here)

    def skip_to_content(self) -> None:
        """The first stop of every page leads past what is the same on each."""
        self.page.wait_for_load_state()
        if self.page.evaluate(HAS_FOCUS) != "nothing":  # a page that begins elsewhere says why
            return
        self.press("Tab")
        skip = self.page.get_by_role("link", name="跳到正文")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        self.press("Enter")
        expect(self.page.locator("#content")).to_be_focused()

    def press_at(self, target: Locator) -> None:
        """On to this control, and press it."""
        self.tab_to(target)
        self.press("Enter")

    def tab_to(self, target: Locator, most: int = 90, key: str = "Tab") -> None:
        """On to this control, or back; every stop before it can be seen."""
        wanted = target.element_handle()
        passed = []
        while not self.page.evaluate("one => one === document.activeElement", wanted):
            assert len(passed) < most, passed
            self.press(key)
            passed.append(self.is_somewhere())
