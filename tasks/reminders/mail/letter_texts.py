"""The text and the HTML of a mail. What thousands of a morning have in common is rendered once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import escape

Texts = tuple[str, str]
# The latter two for those who only have to know; nothing without a deadline is ever late.
TO_DO, LATE, NOT_IN = "需要办理", "逾期未报", "自下发以来尚未收到报告"


@dataclass(frozen=True, slots=True)
class Said:
    """What a mail says of one task, in words; ``target`` and ``urged_by`` may be empty.

    ``rung`` tells which reminder it is; ``need`` ends the sentence that begins with the unit.
    """

    bureau: str
    link: str
    title: str
    citation: str
    due: str
    target: str
    status: str
    rung: str
    need: str
    urged_by: str


# Stand for what differs from mail to mail; no column of the database holds a NUL.
NAME, BUREAU, LINK = "\0name\0", "\0bureau\0", "\0link\0"


def texts(name: str, tasks: Sequence[Said]) -> Texts:
    """(text, HTML) of the mail to the person of that name about these tasks."""
    if len(tasks) > 1:
        return _rendered("digest", name, tasks, need=shared_need([task.need for task in tasks]))
    plain, html = _pattern(replace(tasks[0], bureau=BUREAU, link=LINK))
    for mark, words in ((NAME, name), (BUREAU, tasks[0].bureau), (LINK, tasks[0].link)):
        plain, html = plain.replace(mark, words), html.replace(mark, escape(words))
    return plain, html


def shared_need(needs: Sequence[str]) -> str:
    """What several tasks together call for: the most pressing."""
    return next(
        (need for need in (TO_DO, LATE) if any(each.startswith(need) for each in needs)), NOT_IN
    )


@lru_cache(maxsize=256)
def _pattern(said: Said) -> Texts:
    return _rendered("reminder", NAME, [said])


def _rendered(kind: str, name: str, tasks: Sequence[Said], **more: str) -> Texts:
    words = {"name": name, "tasks": tasks, **more}
    plain, html = (render_to_string(f"tasks/mail/{kind}.{end}", words) for end in ("txt", "html"))
    return plain, html
