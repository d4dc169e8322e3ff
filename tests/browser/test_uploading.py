"""A template that was filled in wrongly is sent in: every fault at once, and nothing stored."""

import pytest
from playwright.sync_api import expect

from reports.models import Submission
from tests.browser.test_filling import opened
from tests.reports.filled_templates import filled
from tests.reports.importing import GOOD, asked, downloaded, stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_faults_are_listed_by_cell_and_the_mended_file_is_taken_in(page, live_server):
    task = asked()
    blank = downloaded(task)
    wrong = {**GOOD, "D5": "约20", "C6": "示例乙", "E6": "#N/A", "H6": "合资"}
    opened(page, live_server, task)
    page.locator("summary", has_text="下载和导入").click()
    page.get_by_role("link", name="导入填好的表").click()

    def send(data: bytes) -> None:
        file = {"name": "填报.xlsx", "mimeType": XLSX, "buffer": data}
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="导入", exact=True).click()

    send(filled(blank, wrong))
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("文件中有3处需要改正，没有导入任何内容")
    expect(alert.locator("li")).to_have_text(
        [
            "E6：单元格显示错误值“#N/A”，请改为正确的内容。",
            "D5：“检查次数”应填整数，以“次”为单位，不能填“约20”；没有的填“0”或“无”。",
            "H6：“性质”应从“国有、非国有”中选择，不能填“合资”。",
        ]
    )
    assert not Submission.objects.exists()

    send(filled(blank, GOOD))
    expect(page.locator("#rows-0-c3")).to_have_value("示例企业")
    assert stored(task)["rows"][0]["c4"] == "12"
