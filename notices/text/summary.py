"""A reading in the words of the office, for a terminal."""

from notices.text.deadlines.rules import (
    Deadline,
    FixedDeadline,
    RecurringDeadline,
    RelativeDeadline,
)
from notices.text.reading import Reading


def summary(reading: Reading) -> str:
    """The reading as Chinese lines: the head, then a block an obligation."""
    pairs = (
        ("标题", reading.title),
        ("文号", reading.doc_number),
        ("发文机关", "、".join(reading.issuers)),
        ("主送机关", reading.recipients_text),
        ("成文日期", reading.written_date),
        ("发布日期", reading.published_date),
        ("印发日期", reading.printed_date),
        ("紧急程度", reading.urgency),
        ("附件", "；".join(f"{i}. {t}" for i, t in enumerate(reading.attachments, 1))),
    )
    out = [f"  {label}：{value}" for label, value in pairs if value]
    if reading.truncated:
        out.append("  提示：正文不完整，未识别出的报送事项不等于没有。")
    if not reading.obligations:
        out.append("  报送事项：未识别出。")
    for number, item in enumerate(reading.obligations, 1):
        out.append(f"  报送事项{number}：{item.deliverable or '（未写明）'}")
        out.append(
            f"    责任主体：{item.who or '（未写明）'}；报送对象：{item.report_to or '（未写明）'}"
        )
        out.append(f"    时限：{words(item.deadline)}；把握：{item.confidence:.0%}")
        out.append(f"    原文：{item.quote}")
    return "\n".join(out)


def words(rule: Deadline) -> str:
    """The deadline in a few Chinese words."""
    match rule:
        case FixedDeadline():
            clock = f" {rule.time}" if rule.time else ""
            return f"{rule.day.isoformat()}{clock}（原文“{rule.phrase}”）"
        case RecurringDeadline():
            return f"周期性：{rule.rule}"
        case RelativeDeadline():
            return f"{rule.anchor or '起算点'}起{rule.amount}{rule.unit}（原文“{rule.phrase}”）"
    return f"未写日期（{rule.phrase or '无'}）"
