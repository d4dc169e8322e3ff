"""The original beside the text: opened, leafed through and saved, with what was typed kept."""

import pytest
from playwright.sync_api import expect

from notices.actions import ingest
from notices.actions.originals import HandedIn
from tests import factories
from tests.notices.print_pdf import pdf
from tests.notices.printed import directive

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PRINTED = pdf(directive())


@pytest.fixture
def notice(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    with HandedIn([("通知.pdf", PRINTED)]) as handed_in:
        return ingest.take_in(
            factories.TEXT,
            source_name="通知.pdf",
            handed_in=handed_in,
            bureau=factories.central(),
            now=factories.NOW,
            by=factories.coordinator(),
        )


def test_pages_open_beside_the_text_without_losing_what_was_typed(enter, notice):
    page = enter(factories.coordinator(), f"/notices/{notice.pk}/check/")
    box = page.get_by_label("报送内容").first
    box.fill("改过的报送内容")

    page.get_by_text("原件页面").click()
    first = page.get_by_alt_text("原件第 1 页")
    expect(first).to_be_visible()
    page.wait_for_function(
        "image => image.complete && image.naturalWidth === 1132", arg=first.element_handle()
    )
    one = notice.originals.get()
    page.locator(f"#original-{one.pk}-1").get_by_role("link", name="下一页").click()

    expect(page.locator(f"#original-{one.pk}-2")).to_be_in_viewport()
    assert first.bounding_box()["x"] < page.locator(".directive-page").bounding_box()["x"]
    expect(box).to_have_value("改过的报送内容")


def test_file_is_saved_as_it_came(enter, notice):
    page = enter(factories.coordinator(), f"/notices/{notice.pk}/check/")

    with page.expect_download() as saved:
        page.locator("#originals").get_by_role("link", name="下载").click()

    assert saved.value.suggested_filename == "通知.pdf"
    assert saved.value.path().read_bytes() == PRINTED
