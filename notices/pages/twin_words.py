"""What is said of another copy of a notice: how it compares, what can be done, days in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from notices.models import Clause
from notices.text.comparing.advice import Advice
from notices.text.deadlines.office_time import due_in_words

HEADLINES = {
    Advice.SAME: "两份内容相同",
    Advice.FULLER: "本件比已有文件更全",
    Advice.CUT: "本件不如已有文件全",
    Advice.CORRECTED: "本件与已有文件的要求不同",
    Advice.OLDER: "本件的成文日期比已有文件早，可能是旧稿",
    Advice.WORDING: "两份文字有不同，报送要求一样",
    Advice.OTHER: "文号相同，但标题、发文机关和正文差别很大，可能不是同一件",
}
TAKE, KEEP, PART = "take", "keep", "part"
CHOICES = {
    TAKE: (
        "采用本件的内容",
        "并入已有文件：正文、附件和报送要求改用本件的；已确认的事项、已下发的任务和已填报的材料"
        "保留。新增的事项待核对；时限有变的，确认后才改，改了通知有关单位。原来的文本留作来源。",
    ),
    KEEP: (
        "只留作来源",
        "并入已有文件：已有文件一字不改，本件作为又一份来源，在文件页可以查看。可以撤回。",
    ),
    PART: ("不是同一件", "两份文件各自保存，本件照常核对入库。"),
}


def when(clause: Clause | None) -> str:
    """The deadline of a duty."""
    if clause is None:
        return "没有这一项"
    return deadline(clause.due_at, clause.deadline)


def deadline(due_at: datetime | None, rule: Mapping[str, Any]) -> str:
    """With the words from which it counts, or by which it comes again."""
    if rule.get("kind") == "relative" and due_at is None:
        return f"“{rule['phrase']}”"
    if rule.get("kind") == "recurring" and due_at is not None:
        end = f"，至{rule['end']}" if rule.get("end") else ""
        return f"{rule['rule']}{end}，首期{moment(due_at)}"
    return moment(due_at)


def moment(due_at: datetime | None) -> str:
    """A last moment, or that there is none."""
    if due_at is None:
        return "不设截止时间"
    return due_in_words(due_at)
