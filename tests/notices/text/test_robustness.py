"""The same notice without its line breaks, without any blank, and with the other widths."""

from datetime import date

import pytest

from notices.text.reading import Reading, read
from scripts.reading_figures import VARIANTS, figures
from tests.folders import ROOT, SAMPLES

DEV = ROOT.parent / "shared" / "notices" / "dev"
CHANGED = sorted(set(VARIANTS) - {"as found"})
WHOLE = ["02_twin", "05_no_recipients", "06_one_line", "07_local"]


def days(reading: Reading) -> list[dict[str, object]]:
    return [item.deadline.as_json() | {"phrase": ""} for item in reading.obligations]


@pytest.mark.parametrize("case", WHOLE)
@pytest.mark.parametrize("variant", CHANGED)
def test_changed_sample_has_the_same_duties_and_head(case: str, variant: str) -> None:
    text = (SAMPLES / f"{case}.txt").read_text("utf-8")

    first, changed = read(text), read(VARIANTS[variant](text))

    assert [d["kind"] for d in days(changed)] == [d["kind"] for d in days(first)]
    assert [d.get("date") for d in days(changed)] == [d.get("date") for d in days(first)]
    assert changed.written_date == first.written_date


@pytest.mark.parametrize("variant", CHANGED)
def test_quotes_stay_exact_runs(variant: str) -> None:
    for path in sorted(SAMPLES.glob("*.txt")):
        text = VARIANTS[variant](path.read_text("utf-8"))
        for item in (*read(text).obligations, *read(text).requirements):
            assert text[item.start : item.end] == item.quote


@pytest.mark.skipif(not DEV.exists(), reason="the shared notices are not beside this checkout")
def test_real_notices_lose_little() -> None:
    paths = sorted(DEV.glob("*.txt"))
    whole = figures(paths, VARIANTS["as found"])

    for name in CHANGED:
        changed = figures(paths, VARIANTS[name])
        assert changed.f1(changed.dated) >= whole.f1(whole.dated) - 0.03, name
        assert changed.meta_share() >= 0.85, name


def test_long_text_without_punctuation_is_read() -> None:
    noise = "请于5月10日前报送" * 2000

    assert read(noise, today=date(2026, 3, 2)).obligations[0].quote.startswith("请于5月10日前报送")


def test_scan_of_a_local_notice_is_read_whole() -> None:
    text = (
        "示例市市场监督管理局文件示市监质〔2024〕12号关于报送质量提升行动工作情况的通知"
        "各县（市、区）市场监督管理局，局机关有关科室：为掌握质量提升行动开展情况，现就有关事项通知如下："
        "一、报送内容（一）工作方案。各县（市、区）局制定工作方案，于4月15日前报市局质量科。"
        "（二）半年总结和全年总结。请分别于6月20日、12月10日前报送。（三）统计表（附件1）。每月25日前报送。"
        "二、工作要求请各单位明确一名联络员，名单于3月20日下午5时前报市局质量科邮箱demo@example.com。"
        "联系人：示例联系人，电话：010-00000000。附件：1.质量提升行动统计表2.联络员名单"
        "示例市市场监督管理局2024年3月12日（此件公开发布）"
    )

    reading = read(text)

    assert reading.title == "关于报送质量提升行动工作情况的通知"
    assert reading.doc_number == "示市监质〔2024〕12号"
    assert reading.recipients_text == "各县（市、区）市场监督管理局，局机关有关科室"
    assert reading.issuers == ("示例市市场监督管理局",)
    assert reading.attachments == ("质量提升行动统计表", "联络员名单")
    assert [item.deliverable for item in reading.obligations] == [
        "工作方案",
        "半年总结",
        "全年总结",
        "统计表",
        "名单",
    ]
    assert reading.obligations[-1].deadline.as_json()["time"] == "17:00"
