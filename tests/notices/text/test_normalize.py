"""Folding keeps every offset; squeezing knows where each sign stood."""

import pytest

from notices.text.characters.normalize import fold, plain, squeeze


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("２０２３年３月", "2023年3月"),
        ("，；：（）", ",;:()"),
        ("国市监质发(2023)9号", "国市监质发〔2023〕9号"),
        ("国市监质发[2023]9号", "国市监质发〔2023〕9号"),
        ("国市监质发﹝2023﹞9号", "国市监质发〔2023〕9号"),
        ("二○二三年", "二〇二三年"),
        ("二OO五年", "二〇〇五年"),
        ("1月5曰", "1月5日"),
        ("甲\u3000乙\xa0丙", "甲 乙 丙"),
        ("二0二三年", "二〇二三年"),
        ("二口二三年", "二〇二三年"),
        ("2O23年l2月l8日l5时oo分", "2023年12月18日15时00分"),
        ("3月15口前", "3月15日前"),
        ("3月 15。日前", "3月 15 日前"),
        ("请干3月9日前", "请于3月9日前"),
        ("一家5口,若干3月开工,API日志,5l0000", "一家5口,若干3月开工,API日志,5l0000"),
    ],
)
def test_fold(raw: str, folded: str) -> None:
    assert fold(raw) == folded


def test_fold_keeps_the_length_of_any_text() -> None:
    text = "".join(map(chr, range(0x20, 0x3000, 7))) + "①②㈠ﬁ２０２３年〔(2023)5号"

    assert len(fold(text)) == len(text)


def test_words_in_brackets_that_are_no_number_stay() -> None:
    assert fold("会议(2023)召开") == "会议(2023)召开"


def test_squeezed_run_maps_back() -> None:
    text = "到 2025 年\n\n完成 API Key 登记"
    run = squeeze(text, 0, len(text))

    assert run.text == "到2025年完成API Key登记"
    start, end = run.span(1, 8)
    assert text[start:end] == "2025 年\n\n完成"


def test_plain_joins_a_wrapped_title() -> None:
    assert (
        plain("关于开展2021年 全国“质量月”\n活动的通知") == "关于开展2021年全国“质量月”活动的通知"
    )
