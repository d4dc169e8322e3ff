"""Classified documents are stopped; notices that speak of secrets are not."""

import pytest

from notices.text.page.secrecy import ClassifiedDocument, mark_of, refuse_classified

BODY = "\n示例机关文件\n关于示例工作的通知\n各单位：\n请按要求办理。\n"


@pytest.mark.parametrize(
    ("heading", "mark"),
    [
        ("机密", "机密"),
        ("秘密★1年", "秘密"),
        ("绝密★长期", "绝密"),
        ("机 密 ★ 10 年", "机密"),
        ("密级：秘密", "秘密"),
        ("000012", "份号 000012"),
        ("份号：000012", "份号 份号:000012"),
        ("000012\n秘密★1年\n特急", "份号 000012"),
    ],
)
def test_marked_heading_is_refused(heading: str, mark: str) -> None:
    with pytest.raises(ClassifiedDocument) as refusal:
        refuse_classified(heading + BODY)

    assert refusal.value.mark == mark
    assert "未保存任何内容" in refusal.value.message_zh


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "关于保守国家秘密法宣传工作的通知\n各单位：\n不得泄露商业秘密。\n",
    ],
)
def test_open_notice_passes(text: str) -> None:
    assert mark_of(text) is None
