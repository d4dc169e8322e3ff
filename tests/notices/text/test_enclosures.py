import pytest

from notices.text.clauses.enclosures import (
    Enclosure,
    EnclosureReading,
    in_clause,
    in_rest,
    seal_line,
)

IMAGE, VIDEO, FILE, SEALED = Enclosure


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("活动总结、有关图片及视频及时报送市场监管总局", [(IMAGE, "图片"), (VIDEO, "视频")]),
        ("将现场照片、影像资料一并报送", [(IMAGE, "照片"), (VIDEO, "影像资料")]),
        ("请于4月15日前将情况表（加盖公章）扫描件报送我局", [(SEALED, "加盖公章")]),
        ("纸质材料一式两份，电子版发送至邮箱", [(SEALED, "纸质材料")]),
        ("报送工作总结并附佐证材料", [(FILE, "佐证材料")]),
        ("请将工作总结报送总局", []),
        ("请报送视频会议参会名单", []),
        ("请将视频培训情况报送总局", []),
        ("只报电子版，无需报送纸质材料", []),
        ("电子版报送即可，不需加盖公章", []),
        ("不再要求报送照片；请报送视频", [(VIDEO, "视频")]),
        ("填报单位（盖章）：____", []),
    ],
)
def test_clause_asks_for_what_it_names(text, found):
    assert in_clause(text) == [EnclosureReading(*each) for each in found]


def test_each_kind_is_named_once_whichever_text_has_it():
    assert in_clause("图片", "图片和视频") == [
        EnclosureReading(IMAGE, "图片"),
        EnclosureReading(VIDEO, "视频"),
    ]


def test_sentence_of_handing_in_outside_the_clauses_holds_for_all():
    clause = "请于4月15日前报送总结。"
    body = f"{clause}以上材料加盖公章后报送质量司。各地要用好视频平台开展宣传。"

    assert in_rest(body, [(0, len(clause))]) == [EnclosureReading(SEALED, "加盖公章")]


def test_what_another_clause_asks_for_is_not_asked_by_all():
    clause = "请将图片及时报送总局。"

    assert in_rest(f"{clause}联系人：示例。", [(0, len(clause))]) == []


def test_line_for_the_seal_is_found_in_a_form():
    found = seal_line(["质量工作情况表", "填报单位（盖章）："])

    assert found == EnclosureReading(SEALED, "填报单位（盖章）")
    assert seal_line(["填报单位：", "联系人："]) is None
