"""The states of what notices are made of, and which of them go together."""

from django.db import models


class NoticeState(models.TextChoices):
    TO_CHECK = "to_check", "待核对"
    FILED = "filed", "已入库"
    DISCARDED = "discarded", "已作废"
    MERGED = "merged", "已并入"


# Kept for the record, in no list any more.
GONE = (NoticeState.DISCARDED, NoticeState.MERGED)


class IntakeState(models.TextChoices):
    WAITING = "waiting", "等待识别"
    READING = "reading", "正在识别"
    DONE = "done", "已识别"
    REFUSED = "refused", "未导入"


class ClauseState(models.TextChoices):
    PROPOSED = "proposed", "待核对"
    CONFIRMED = "confirmed", "已确认"
    REJECTED = "rejected", "非报送事项"


class AttachmentKind(models.TextChoices):
    TABLE = "table", "表格"
    OUTLINE = "outline", "提纲"
    PROSE = "prose", "文字"
    MISSING = "missing", "无正文"


# What becomes a form to be filled in; anything else is read only.
FILLABLE = (AttachmentKind.TABLE, AttachmentKind.OUTLINE)


class EvidenceKind(models.TextChoices):
    """What may be handed in beside the forms, where the directive asks for it."""

    IMAGE = "image", "图片"
    VIDEO = "video", "视频"
    FILE = "file", "其他材料"
    SEALED = "sealed", "盖章件"


AS_READ = "read"  # 随报材料 of a clause that nobody has set: what its words ask for
DOCUMENT_LENGTH = 60
