"""Whole notices, abridged in our own words, against the reading that a person made of them."""

import json

import pytest

from notices.text.attachments.tables_and_outlines import (
    AttachmentOutline,
    AttachmentTable,
    OutlineSection,
)
from notices.text.page import doc_number
from notices.text.reading import Reading, read
from tests.folders import SAMPLES

CASES = sorted(p.stem for p in SAMPLES.glob("*.txt"))


def reading_of(case: str) -> Reading:
    return read((SAMPLES / f"{case}.txt").read_text("utf-8"))


def kept(found: object, wanted: object) -> object:
    """`found` cut down to the keys that the answer speaks of."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return {key: kept(found.get(key), value) for key, value in wanted.items()}
    if isinstance(wanted, list) and isinstance(found, list) and len(found) == len(wanted):
        return [kept(f, w) for f, w in zip(found, wanted, strict=True)]
    return found


@pytest.mark.parametrize("case", CASES)
def test_sample_reads_as_answered(case: str) -> None:
    wanted = json.loads((SAMPLES / f"{case}.json").read_text("utf-8"))

    assert kept(reading_of(case).as_json(), wanted) == wanted


@pytest.mark.parametrize("case", CASES)
def test_quotes_are_exact_runs_of_the_text(case: str) -> None:
    text = (SAMPLES / f"{case}.txt").read_text("utf-8")

    for item in read(text).obligations:
        assert text[item.start : item.end] == item.quote


def test_signature_and_site_dates_are_both_kept_when_they_differ() -> None:
    text = (SAMPLES / "04_joint.txt").read_text("utf-8")

    reading = read(text.replace("成文日期：2022年08月19日", "成文日期：2022年08月22日"))

    assert (str(reading.signed_date), str(reading.listed_date)) == ("2022-08-19", "2022-08-22")
    assert str(reading.written_date) == "2022-08-19"


def test_twins_share_the_key_of_their_number() -> None:
    keys = {doc_number.key(reading_of(c).doc_number) for c in ("01_cut_off", "02_twin")}

    assert keys == {"国市监质发〔2022〕99号"}


def test_table_attachment_keeps_both_header_rows() -> None:
    table = reading_of("03_forms").attachment_bodies[0]

    assert isinstance(table, AttachmentTable)
    assert (table.number, table.title) == (1, "《示例纲要》学习宣传贯彻情况表")
    assert table.header_rows == (
        ("序号", "批示情况", "组织学习情况", "出台贯彻文件情况", "", "", "重点活动", "经验做法"),
        ("", "", "", "文件名称", "发文主体", "当前进展", "", ""),
    )
    assert table.body_rows == ()
    assert table.unit_line == "填报单位(盖章): _____"
    assert table.foot_line == "联系人及联系方式: _____"


def test_outline_attachment_keeps_sections_and_limit() -> None:
    outline = reading_of("03_forms").attachment_bodies[1]

    assert isinstance(outline, AttachmentOutline)
    assert outline.sections[0] == OutlineSection(
        "一、学习有关情况", "主要包括：集中学习、作出部署等情况。"
    )
    assert [s.heading for s in outline.sections][1:] == ["二、出台贯彻落实文件情况", "三、先进典型"]
    assert outline.max_chars == 3000
    assert outline.closing_note.startswith("总结材料要有数据支撑")


def test_sentence_broken_by_a_page_end_is_read_whole() -> None:
    text = (
        "关于示例的通知\n各市局：\n请你们认真做好有关工作，于2024年5月10日前将本地区工作开展情况书面报"
        "\n\n送省局。\n示例省市场监督管理局\n2024年4月1日\n"
    )

    (item,) = read(text).obligations

    assert item.deadline.as_json()["date"] == "2024-05-10"
    assert item.quote.endswith("书面报\n\n送省局")


@pytest.mark.parametrize("text", ["", "\n\n", "。", "附件", "１" * 50, "：\n：\n"])
def test_odd_text_gives_a_reading_without_obligations(text: str) -> None:
    assert read(text).obligations == ()


def test_printing_office_is_no_part_of_the_last_attachment() -> None:
    text = (SAMPLES / "03_forms.txt").read_text("utf-8").replace("抄送：示例派驻机构。\n", "")

    reading = read(text)

    outline = reading.attachment_bodies[1]
    assert isinstance(outline, AttachmentOutline)
    assert outline.closing_note == "总结材料要有数据支撑，字数控制在 3000 字以内。"
    assert reading.printed_by == "市场监管总局办公厅"


def test_duty_behind_a_page_of_unpunctuated_text_is_still_found() -> None:
    noise = "报送情况" * 2000

    found = read(f"关于示例的通知\n各市局：\n{noise}\n请于2024年5月10日前将名单报送省局。\n")

    assert found.obligations[-1].quote == "请于2024年5月10日前将名单报送省局"


def test_clause_cut_out_of_a_notice_is_read_without_the_notice() -> None:
    found = read("请各市局于2024年5月10日前将整改情况报送省局")

    (duty,) = found.obligations
    assert (duty.deliverable, duty.deadline.as_json()["date"]) == ("整改情况", "2024-05-10")
    assert found.title is None


def test_line_that_asks_for_nothing_has_no_duty() -> None:
    assert read("关于做好整改工作的通知").obligations == ()
