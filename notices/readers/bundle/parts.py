"""Which of several texts is the notice, which attachment each of the others is, and their union."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from notices.readers.base import UnreadableDocument
from notices.text import reading
from notices.text.attachments.tables_and_outlines import AttachmentText
from notices.text.characters.normalize import fold
from notices.text.characters.numerals import to_int
from notices.text.reading import Reading

_TABLES = (".xls", ".xlsx", ".et")
_HEAD_REACH = 20_000
"""Characters of a text that are enough to tell what it is."""
_NAMED = re.compile(r"附\s*[件表录]\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})?")
_NAMED_FIRST = re.compile(rf"^{_NAMED.pattern}")
_ORDERED = re.compile(r"^\(?\d{1,2}\)?\s*[.、_-]?\s*")
_MARK = re.compile(r"^\s*附\s*[件表]\s*(\d{1,2}|[一二三四五六七八九十]{1,2})?\s*[:：]?\s*$")
_NOTICE = re.compile(r"(?:通知|通报|意见|决定|公告|通告|函|批复|方案)(?:\([^)]*\))?$")
_LEAST_KEY = 4
_LEAST_BODY = 60
"""Characters below which an attachment inside the notice is a mere mention."""


@dataclass(frozen=True)
class Part:
    """The text of one file, and its name without folders."""

    name: str
    text: str

    @property
    def stem(self) -> str:
        return PurePath(self.name).stem.strip()

    @property
    def is_named_attachment(self) -> bool:
        return bool(_NAMED_FIRST.match(_ORDERED.sub("", self.stem)))

    @cached_property
    def head(self) -> Reading:
        """What the start of the text says."""
        return reading.read(self.text[:_HEAD_REACH])

    @property
    def weight(self) -> int:
        """How much of what only a notice has is there; 0 for none of it."""
        if PurePath(self.name).suffix.lower() in _TABLES:
            return 0
        signs = 4 * bool(self.head.doc_number) + 2 * bool(self.head.recipients_text)
        signs += bool(_NOTICE.search(fold(self.head.title or self.stem)))
        return max(0, signs - 4 * self.is_named_attachment)


def main_of(parts: Sequence[Part]) -> Part:
    """The notice. Raises UnreadableDocument where none is found or several."""
    best = max(parts, key=lambda part: part.weight)  # the first of equals
    if best.weight == 0:
        rest = [part for part in parts if not part.is_named_attachment]
        rest = [part for part in rest if PurePath(part.name).suffix.lower() not in _TABLES]
        if len(rest) != 1:
            raise UnreadableDocument(
                "没有认出哪个文件是通知正文。请把附件文件名改为“附件1…”的形式，连同正文重新上传。"
            )
        return rest[0]
    rivals = [p for p in parts if p is best or (p.head.doc_number and p.weight >= 4)]
    if len(rivals) == 1:
        return best
    citing = [p for p in rivals if any(_cites(p, other) for other in rivals if other is not p)]
    if len(citing) == 1:
        return citing[0]
    names = "、".join(f"“{p.name}”" for p in rivals)
    raise UnreadableDocument(
        f"{names}都像是通知正文。请一次只上传一份通知及其附件，附件里的文件请命名为“附件1…”的形式。"
    )


def _cites(part: Part, other: Part) -> bool:
    """Whether a notice names the other's number and is not the same notice."""
    own, cited = part.head.doc_number, other.head.doc_number
    return bool(cited) and own != cited and _key(cited or "") in _key(part.text)


def joined(main: Part, others: Sequence[Part]) -> str:
    """The notice unchanged, then its attachments in the order of their numbers."""
    whole = reading.read(main.text)
    present = {
        body.number
        for body in whole.attachment_bodies
        if body not in whole.further_tables
        and (not isinstance(body, AttachmentText) or body.end - body.start > _LEAST_BODY)
    }
    pieces = [main.text]
    for number, title, part in _numbered(whole.attachments, others):
        if number not in present:  # else the notice has it inside, and this is a copy to fill in
            pieces.append(_attachment(number, title, part))
    return "\n\n".join(piece.strip("\n") if i else piece.rstrip() for i, piece in enumerate(pieces))


def _numbered(titles: tuple[str, ...], parts: Sequence[Part]) -> list[tuple[int, str, Part]]:
    """Number, title and text of each attachment: by its title in the list, else by its name."""
    known: list[tuple[int, str, Part]] = []
    unknown: list[Part] = []
    for part in parts:
        number = _by_title(titles, part) or _by_name(part)
        if number:
            listed = titles[number - 1] if number <= len(titles) else ""
            known.append((number, listed or _title(part), part))
        else:
            unknown.append(part)
    taken = {number for number, _, _ in known}
    free = (n for n in range(1, 1000) if n not in taken)
    for part, number in zip(unknown, free, strict=False):
        known.append((number, _title(part), part))
    return sorted(known, key=lambda item: item[0])


def _by_title(titles: tuple[str, ...], part: Part) -> int | None:
    name, start = _key(_title(part)), _key(part.text[:300])
    for number, title in enumerate(titles, 1):
        key = _key(title)
        if len(key) >= _LEAST_KEY and (name == key or key in start):
            return number
    return None


def _by_name(part: Part) -> int | None:
    match = _NAMED.search(part.stem)
    return to_int(match["number"]) if match and match["number"] else None


def _title(part: Part) -> str:
    """The file's name without `附件1：`, and without a number of order."""
    bare = _ORDERED.sub("", part.stem)
    return _NAMED_FIRST.sub("", bare).strip(" :：.、-_")


def _attachment(number: int, title: str, part: Part) -> str:
    lines = part.text.strip("\n").split("\n")
    if _MARK.match(lines[0]):
        mark = _MARK.match(lines[0])
        if mark and mark[1]:
            return part.text  # it says itself which it is, and may hold several
        lines = lines[1:]
    start = _key("".join(lines[:4]))
    titled = [title] if title and _key(title) not in start else []
    return "\n".join([f"附件 {number}", *titled, *lines])


def _key(words: str) -> str:
    return re.sub(r"[\s“”\"《》〈〉()（）]", "", fold(words))
