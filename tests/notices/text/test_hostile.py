"""Long texts made to stop a reader: no stage of the structure may take more than its length."""

import time

import pytest

from notices.text.attachments import bodies, listed
from notices.text.characters.normalize import fold
from notices.text.metadata import contacts
from notices.text.page import head, tail
from notices.text.page.lines import lines

SIGNS, SECONDS = 200_000, 4.0
"""A machine shared by several tests is several times slower than one alone (about 0.4 s)."""

REPEATED = [
    *(
        "中",
        "1",
        "a",
        " ",
        "\n",
        "《",
        "(",
        "(《)》",
        ":",
        "。",
        "、",
        "通知",
        "的通知各局、",
        "关于",
    ),
    *("省局", "安平市林业局", "安平市林业局\n", "安平市林业局2024年4月2日", "安林发〔2024〕2号"),
    *("1.甲2.乙", "附件:1.甲\n", "一、", "国  ", "标题:\n", "联系人", "0531-", "a.", "@", "抄送:"),
    *("扫一扫\n", "文件", "2024年", "〔2024〕", "各市局:附件1.甲(一)乙。2024年1月2日\n"),
]
BEGUN = [
    ("联系人：", "a"),
    ("附件：", "1."),
    ("关于", "做好工作"),
    ("关于甲的通知", "各局、"),
    ("电话：", "1 "),
]


@pytest.mark.parametrize(("start", "sign"), [*(("", sign) for sign in REPEATED), *BEGUN])
def test_structure_of_a_long_text_is_found_in_time(start: str, sign: str) -> None:
    text = start + (sign * (SIGNS // len(sign)))

    began = time.perf_counter()
    found = lines(fold(text))
    top = head.read(found, text)
    end = tail.read(found, top.body)
    attached = listed.read(found, top.body, end.chrome)
    bodies.read(found, text, attached, top.body, end)
    contacts.read(found)

    assert time.perf_counter() - began < SECONDS
