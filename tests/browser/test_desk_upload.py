"""Files chosen on the desk are taken in one by one, each with what became of it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from notices.models import Notice
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def files(folder):
    texts = {
        "通知一.txt": factories.TEXT,
        "空.txt": "",
        "通知二.txt": factories.TEXT.replace("〔2026〕1号", "〔2026〕2号"),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in texts]


def test_several_files_become_notices_while_one_stays_on_the_desk(enter, tmp_path):
    page = enter(factories.coordinator(), reverse("tasks:desk"))
    expect(page.get_by_role("button", name="导入", exact=True)).to_be_hidden()

    page.locator("#desk-file").set_input_files(files(tmp_path))

    said = page.locator("[data-upload-said]")
    expect(said).to_contain_text("导入 2 件，1 个文件没有导入，原因见上。")
    lines = page.locator("[data-upload-list] > li")
    expect(lines).to_have_count(3)
    expect(lines.nth(1)).to_contain_text("文件是空的，请检查后重新上传")
    expect(lines.nth(0).get_by_role("link")).to_have_attribute(
        "href", reverse("notices:check", args=[Notice.objects.order_by("pk")[0].pk])
    )
    said.get_by_role("link", name="查看导入结果").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("导入结果")
    expect(page.locator("table tbody tr")).to_have_count(2)


def test_a_file_that_comes_alone_leads_to_what_was_read_of_it(enter, tmp_path):
    page = enter(factories.coordinator(), reverse("tasks:desk"))

    page.locator("#desk-file").set_input_files(files(tmp_path)[0])

    expect(page.get_by_role("heading", level=1)).to_contain_text("核对")


def test_a_doubtful_word_is_read_on_the_desk_first(enter, tmp_path):
    marked = tmp_path / "通知.txt"
    marked.write_text("内部资料\n" + factories.TEXT, "utf-8")
    page = enter(factories.coordinator(), reverse("tasks:desk"))

    page.locator("#desk-file").set_input_files(marked)

    expect(page.locator("[data-upload-list] > li")).to_contain_text("文中有“内部资料”字样")
    expect(page.locator("[data-upload-said]")).to_contain_text("查看导入结果")


def test_a_lost_login_is_told_at_the_file(enter, tmp_path):
    page = enter(factories.coordinator(), reverse("tasks:desk"))
    page.context.clear_cookies()

    page.locator("#desk-file").set_input_files(files(tmp_path)[0])

    expect(page.locator("[data-upload-list] > li")).to_contain_text("登录已过期或没有权限")
    assert not Notice.objects.exists()
