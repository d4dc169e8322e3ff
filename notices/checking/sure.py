"""Which readings a person may confirm at a glance, and what is doubtful about the others."""

from collections.abc import Iterable

from notices.models import Attachment, Clause
from notices.states import AttachmentKind
from notices.text.clauses.model import model


def missing_forms(clause: Clause, attachments: Iterable[Attachment]) -> list[int]:
    """The attachments it refers to that the imported text does not hold."""
    missing = {one.position for one in attachments if one.kind == AttachmentKind.MISSING}
    return [number for number in clause.attachments_referred if number in missing]


def doubts(clause: Clause, attachments: Iterable[Attachment]) -> list[str]:
    """What a person looks at first, in words beside the explanation of its deadline."""
    said = []
    if clause.confidence is not None and clause.confidence < model().doubtful:
        said.append("这句话是不是报送要求、时限是否属于它，系统把握不高，请对照原文。")
    said += [
        f"原文没有附件{number}的内容，各单位只能以文字报送。"
        for number in missing_forms(clause, attachments)
    ]
    return said


def is_sure(clause: Clause, attachments: Iterable[Attachment]) -> bool:
    """Read by the machine with high 把握, its day unambiguous and its form there."""
    return (
        clause.confidence is not None
        and not clause.needs_confirming
        and not doubts(clause, attachments)
    )
