"""What an attachment asks the bureaus to fill in, in a few words."""

import json

from notices.models import Attachment
from notices.states import AttachmentKind


def shape(attachment: Attachment) -> str:
    """表格，8列 / 提纲，5节，3000字以内 / 文字，不用填报 / 缺正文."""
    body = json.loads(attachment.body_json) if attachment.body_json else {}
    match attachment.kind:
        case AttachmentKind.TABLE:
            return f"表格，{len(body['header_rows'][0])}列"
        case AttachmentKind.OUTLINE:
            limit = f"，{body['max_chars']}字以内" if body["max_chars"] else ""
            return f"提纲，{len(body['sections'])}节{limit}"
        case AttachmentKind.PROSE:
            return "文字，不用填报"
    return "缺正文"
