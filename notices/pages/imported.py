"""What was imported at one go, and what each of it needs before it can be filed."""

from collections.abc import Collection
from dataclasses import dataclass

from bureaus.models import Staff
from bureaus.roles import Permission
from notices.checking.sure import is_sure
from notices.models import Notice
from notices.readers.base import MAX_BYTES
from notices.readers.bundle.document import extensions
from notices.states import GONE, NoticeState

MOST = 20
"""Files that one post takes; each is read at once, and a person waits for all of them."""
SHOWN = 100


@dataclass(frozen=True)
class Line:
    """One imported notice. ``needs`` says what a person looks at first."""

    notice: Notice
    count: int
    needs: list[str]


@dataclass(frozen=True)
class Upload:
    """The place on the desk where files are dropped."""

    accept: str
    megabytes: int
    most: int


def offered(user: Staff) -> Upload | None:
    """None for those who do not import."""
    if not user.bureaus_where(Permission.IMPORT):
        return None
    return Upload(",".join(extensions()), MAX_BYTES // 1024**2, MOST)


def lines(user: Staff, keys: Collection[int]) -> list[Line]:
    """In the order of their import; what this person may not see is left out."""
    seen = Notice.objects.visible_to(user).filter(pk__in=keys).exclude(state__in=GONE)
    found = seen.select_related("twin_of").prefetch_related("clauses", "attachments")
    return [_line(notice) for notice in found.defer("body").order_by("imported_at", "pk")[:SHOWN]]


def _line(notice: Notice) -> Line:
    clauses = [one for one in notice.clauses.all() if one.kind == "report"]
    if notice.state == NoticeState.FILED:
        return Line(notice, len(clauses), ["已入库"])
    attachments = notice.attachments.all()
    doubtful = sum(not is_sure(clause, attachments) for clause in clauses)
    needs = {
        "与已有文件文号重复，请先看比对": notice.twin_of_id is not None,
        "没有识别出标题，请照原件填写": notice.reading.get("title_asked", False),
        "正文不完整，请找到全文再导入": notice.is_truncated,
        "没有识别出报送事项，请通读原文": not clauses,
        f"{doubtful} 项没有把握或时限需要确认，请逐项核对": doubtful > 0,
    }
    said = [words for words, holds in needs.items() if holds]
    return Line(notice, len(clauses), said or ["把握都高，核对后入库"])
