"""Documents that a cell names, one a line: 《示例通知》（示监发〔2026〕9号，2026年3月31日）."""

import re
from dataclasses import dataclass

_TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")
_NUMBER = re.compile(
    r"[^\s（(，,、；;》]{1,20}[〔\[【(（]\s*[0-9]{4}\s*[〕\]】)）]\s*(?:第\s*)?[0-9]+\s*号"
)
_DATE = re.compile(
    r"[0-9]{4}\s*(?:年\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?|[-/.][0-9]{1,2}[-/.][0-9]{1,2})"
)


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """名称, 文号 and 日期 as written; empty where they were not found. `text` is the whole line."""

    text: str
    title: str = ""
    number: str = ""
    date: str = ""


def documents(text: str) -> list[NamedDocument]:
    """A document a line; blank lines are none."""
    return [_document(line.strip()) for line in text.splitlines() if line.strip()]


def _document(line: str) -> NamedDocument:
    title = _TITLE.search(line)
    beside = line.replace(title[0], " ") if title else line
    number, date = _NUMBER.search(beside), _DATE.search(beside)
    return NamedDocument(
        line,
        title[0] if title else "",
        number[0].strip() if number else "",
        date[0] if date else "",
    )
