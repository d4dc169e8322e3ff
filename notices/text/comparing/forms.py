"""What differs between the attachments of two copies: which there are, and what they ask for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from notices.text.characters.normalize import fold

ALIKE = 0.7
SHOWN = 6  # names in one sentence
KINDS = {"table": "表格", "outline": "提纲", "prose": "文字", "missing": "无正文"}


@dataclass(frozen=True, slots=True)
class Form:
    """An attachment: ``columns`` are the headings of a table or the sections of an outline."""

    position: int
    title: str
    kind: str
    columns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """The same attachment in both copies, or in one of them."""

    old: Form | None
    new: Form | None

    @property
    def is_changed(self) -> bool:
        return self.old is None or self.new is None or bool(self.changes)

    @property
    def is_more(self) -> bool:
        """Does the new copy ask for something here that the old one does not?"""
        return _asks_more(self.old, self.new)

    @property
    def is_less(self) -> bool:
        return _asks_more(self.new, self.old)

    @property
    def changes(self) -> list[str]:
        """In words, of an attachment that both have; empty where it asks for the same."""
        if self.old is None or self.new is None:
            return []
        if self.old.kind != self.new.kind:
            return [f"由{KINDS[self.old.kind]}变为{KINDS[self.new.kind]}"]
        word = "栏" if self.new.kind == "table" else "节"
        said = [
            *_said("增加", word, _missing(self.new.columns, self.old.columns)),
            *_said("减少", word, _missing(self.old.columns, self.new.columns)),
            *_said("增加", "行", _missing(self.new.rows, self.old.rows)),
            *_said("减少", "行", _missing(self.old.rows, self.new.rows)),
        ]
        same = (self.old.columns, self.old.rows) == (self.new.columns, self.new.rows)
        return said or ([] if same else [f"{word}的次序有变"])


def _asks_more(one: Form | None, other: Form | None) -> bool:
    if one is None or other is None:
        return other is not None
    if one.kind != other.kind:
        return one.kind == "missing"
    return bool(_missing(other.columns, one.columns) or _missing(other.rows, one.rows))


def form_of(position: int, title: str, kind: str, body: Mapping[str, Any]) -> Form:
    """Of an attachment as ``Attachment`` keeps it: kind, and its body from JSON."""
    headers = body.get("header_rows") or ()
    columns = tuple(_columns(headers)) or tuple(
        one["heading"] for one in body.get("sections") or ()
    )
    rows = (next((cell for cell in row if cell.strip()), "") for row in body.get("body_rows") or ())
    return Form(position, title, kind, columns, tuple(row for row in rows if row))


def pairs(old: Sequence[Form], new: Sequence[Form]) -> list[Pair]:
    """Each once, by title, then by likeness of titles; in the order of ``new``."""
    left = list(old)
    made: dict[int, Form] = {}
    for is_alike in (_is_same, _is_near, _is_nameless):
        for form in new:
            if form.position in made:
                continue
            found = next((one for one in left if is_alike(one, form)), None)
            if found:
                made[form.position] = found
                left.remove(found)
    return [Pair(made.get(form.position), form) for form in new] + [Pair(one, None) for one in left]


def _is_same(one: Form, other: Form) -> bool:
    return bool(one.title) and _plain(one.title) == _plain(other.title)


def _is_near(one: Form, other: Form) -> bool:
    matcher = SequenceMatcher(None, _plain(one.title), _plain(other.title), autojunk=False)
    return bool(one.title) and matcher.ratio() >= ALIKE


def _is_nameless(one: Form, other: Form) -> bool:
    return one.position == other.position and not (one.title and other.title)


def _plain(words: str) -> str:
    return re.sub(r"\W", "", fold(words))


def _columns(headers: Sequence[Sequence[str]]) -> list[str]:
    """Of each column its headings from the top down; a heading stands over the blanks after it."""
    filled: list[list[str]] = []
    for depth, row in enumerate(headers):
        over = ""
        filled.append([])
        for at, cell in enumerate(row):
            below = any(line[at].strip() for line in headers[depth + 1 :] if at < len(line))
            over = cell.strip() or (over if below else "")
            filled[-1].append(over)
    paths = (
        dict.fromkeys(cell for cell in column if cell)
        for column in zip_longest(*filled, fillvalue="")
    )
    return ["／".join(path) for path in paths if path]


def _missing(these: Sequence[str], those: Sequence[str]) -> list[str]:
    known = {_plain(one) for one in those}
    return [one for one in these if _plain(one) not in known]


def _said(verb: str, word: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    shown = "、".join(names[:SHOWN]) + ("等" if len(names) > SHOWN else "")
    return [f"{verb}{len(names)}{word}（{shown}）"]
