"""What speaks against filing a notice as it was read; shown above all else on the check page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from notices.checking.expansion import Expansion
from notices.checking.sure import missing_forms
from notices.models import Attachment, Clause, Notice
from notices.readers.layout.printed_text import UNREAD
from notices.readers.word.apart import UNREAD_HERE
from notices.text.clauses.clauses import MOST
from notices.text.deadlines.office_time import day_in_words


@dataclass(frozen=True)
class Conflict:
    """A contradiction or gap. ``target`` is the id of the place where it is settled, or empty."""

    title: str
    text: str
    target: str = ""
    twin: Notice | None = None


def conflicts(
    notice: Notice,
    *,
    expansion: Expansion,
    clauses: Iterable[Clause],
    attachments: Iterable[Attachment],
) -> list[Conflict]:
    """Gravest first; empty where nothing contradicts."""
    clauses = list(clauses)
    return [
        *_twin(notice),
        *_title(notice),
        *_unread(notice),
        *_body(notice, clauses),
        *_dates(notice),
        *_recipients(notice, expansion),
        *(_deadline(clause) for clause in clauses if clause.needs_confirming),
        *_forms(clauses, list(attachments)),
    ]


def _twin(notice: Notice) -> list[Conflict]:
    twin = notice.twin_of
    if not twin:
        return []
    came = day_in_words(timezone.localdate(twin.imported_at))
    text = f"文号{notice.doc_number}已有一份，于{came}导入。"
    if notice.written_on and twin.written_on and notice.written_on != twin.written_on:
        here, there = day_in_words(notice.written_on), day_in_words(twin.written_on)
        text += f"两份的成文日期不同：本件{here}，已有的{there}。"
    text += "请看“与已有文件比对”，选择怎样处理。"
    return [Conflict("与已有文件文号重复", text, twin=twin)]


def _title(notice: Notice) -> list[Conflict]:
    """Read nowhere in the text: typed by a person, or still asked for."""
    if notice.reading.get("title_read", True):
        return []
    if notice.reading.get("title_asked"):
        text = f"暂用文件名“{notice.title}”。请照原件在“标题”中填写，填写后才能入库。"
        return [Conflict("正文里没有识别出标题", text, "id_title")]
    text = f"暂用“{notice.title}”。请对照原件改成公文标题。"
    return [Conflict("正文里没有识别出标题", text, "id_title")]


def _unread(notice: Notice) -> list[Conflict]:
    """Pages that are pictures, in a file whose other pages are text; what stands in one unread."""
    pages = UNREAD.findall(notice.body)
    parts = sorted(set(UNREAD_HERE.findall(notice.body)))
    text = (
        "请打开原件逐页对照，其中的报送要求在“补充遗漏的事项”中补上；"
        "附件表在这些页上的，入库后手工建表。"
    )
    found = [(f"原件第{'、'.join(pages)}页是图片，文字没有读入", text)] if pages else []
    if parts:
        # What was pasted in can be handed over as a file of its own.
        other = (
            "请打开原件对照，其中的报送要求在“补充遗漏的事项”中补上；"
            "是附件表的，另存为单独的文件后与通知一起重新导入，或入库后手工建表。"
        )
        found.append((f"原件中的{'、'.join(parts)}没有读入", other))
    return [Conflict(heading, advice, "originals") for heading, advice in found]


def _body(notice: Notice, clauses: list[Clause]) -> list[Conflict]:
    if notice.is_truncated:
        text = (
            "导入的文字在中途断开，后面可能还有报送要求和附件。"
            "请找到全文再导入一次，系统会提示并入本件。"
        )
        return [Conflict("正文不完整", text)]
    if not clauses:
        text = "请通读左侧原文；确有报送要求的，在“补充遗漏的事项”中补上。没有的，可以直接入库。"
        return [Conflict("没有识别出报送事项", text, "missed")]
    if len(clauses) >= MOST:
        text = (
            "一件公文很少有这么多报送要求。请确认导入的是一件公文；后面的没有列出，需要的请补充。"
        )
        return [Conflict(f"识别出的报送事项太多，只列出前{MOST}项", text, "missed")]
    return []


def _dates(notice: Notice) -> list[Conflict]:
    """The day under the signature and the website's 成文日期 should be the same."""
    reading = notice.reading
    signed, listed = (_day_of(reading.get(name)) for name in ("signed_date", "listed_date"))
    if not (signed and listed) or signed == listed:
        return []
    text = f"落款为{day_in_words(signed)}，网页所列成文日期为{day_in_words(listed)}。"
    text += "系统先按落款填写，请核对后选定。"
    return [Conflict("落款日期与网页所列成文日期不一致", text, "id_written_on")]


def _day_of(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _recipients(notice: Notice, expansion: Expansion) -> list[Conflict]:
    if not notice.recipients_text:
        text = "原文没有写主送机关，下发时要逐个选择接收单位。能查到的，请在“主送”中补填。"
        return [Conflict("没有主送机关", text, "id_recipients_text")]
    if expansion.needs_choice:
        words = "”“".join(expansion.needs_choice)
        text = f"“{words}”没有确定是哪些单位。可以在“主送”中写明；不改的，下发时请人工选择。"
        return [Conflict("主送范围需人工选择", text, "id_recipients_text")]
    return []


def _deadline(clause: Clause) -> Conflict:
    return Conflict(f"事项{clause.position}的时限需要确认", clause.explanation, f"card-{clause.pk}")


def _forms(clauses: list[Clause], attachments: list[Attachment]) -> list[Conflict]:
    """A clause that refers to an attachment whose body the text does not hold."""
    return [
        Conflict(
            f"缺少附件{number}的正文",
            f"事项{clause.position}要求按附件{number}报送，但导入的文字中没有附件{number}的内容，各单位只能以文字报送。",
            f"card-{clause.pk}",
        )
        for clause in clauses
        for number in missing_forms(clause, attachments)
    ]
