"""A summary is written from what was filled in already, and from what was reported before."""

import pytest
from playwright.sync_api import expect

from reports.models import Submission
from tests import factories
from tests.reports.views.test_prefill import FEBRUARY, MARCH, issued
from tests.reports.written import accepted, filler, reported, save, table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_sentences_are_taken_counted_and_given_up_again_without_leaving_the_page(enter):
    task = accepted(number="2", text=factories.TEXT_APART)
    other = factories.accept(factories.assignment(task.bureau, number="1"))
    save(other, table(documents=2))
    page = enter(filler(task.bureau), f"/assignments/{task.pk}/forms/2/")
    text, offers = page.locator("#sections-s2"), page.locator("[data-offers=sections-s2]")
    text.fill("本局认真组织。")

    offers.get_by_role("button", name="采用").first.click()
    expect(text).to_have_value("本局认真组织。\n共填报有关文件2件，当前进展均为已印发。")
    expect(offers.get_by_role("button", name="已采用")).to_have_count(1)
    offers.get_by_role("button", name="全部采用").click()
    assert text.input_value().count("共填报有关文件2件") == 1
    assert len(text.input_value().splitlines()) == 4
    expect(offers.get_by_role("button", name="全部采用")).to_be_hidden()

    text.fill("学习3.5天，共50人。——A b")
    expect(page.locator("[data-count-total]")).to_have_text("字数 13 / 3000（不计标点 9）")
    text.fill("")
    expect(offers.get_by_role("button", name="已采用")).to_have_count(0)
    offers.get_by_role("button", name="采用").first.click()
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.locator("main")).to_contain_text("已保存")
    written = Submission.objects.get(assignment=task).content["sections"]["s2"]
    assert written == "共填报有关文件2件，当前进展均为已印发。"
    offers.get_by_role("link", name="第2行").first.click()
    expect(page.locator("#rows-1-c4")).to_be_visible()


def test_earlier_answers_are_chosen_taken_and_marked(enter):
    reported(issued(FEBRUARY), table(documents=2))
    task = factories.accept(issued(MARCH))
    page = enter(filler(task.bureau), f"/assignments/{task.pk}/forms/1/")

    page.get_by_role("link", name="沿用以前填报的内容").click()
    page.get_by_label("当时第1行").uncheck()
    page.get_by_role("button", name="沿用所选").click()

    expect(page.locator("main")).to_contain_text("已沿用所选内容")
    expect(page.locator("#rows-0-c4")).to_have_value("示例文件2")
    expect(page.locator("#unit-c3-note")).to_contain_text(f"沿用自 国市监测〔2026〕1号 {FEBRUARY}")
    expect(page.locator("#foot-f1-note")).to_contain_text(f"沿用自 国市监测〔2026〕1号 {FEBRUARY}")
