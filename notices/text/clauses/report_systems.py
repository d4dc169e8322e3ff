"""Duties named as a system: 实行日报告、零报告制度, 坚持月报制度."""

import re

from notices.text.characters.sentences import Sentence
from notices.text.deadlines.rules import Freq, RecurringDeadline

_SYSTEM = re.compile(
    r"(?:实行|执行|坚持|落实|做好|严格)[^,;。]{0,30}?(?P<system>(?P<period>[日周旬月季零])报(?:告|送)?"
    r"(?:[和与、]?零报告)?)(?:制度|工作|机制)"
)
_PERIODS: dict[str, Freq] = {
    "日": "daily",
    "零": "daily",
    "周": "weekly",
    "旬": "monthly",
    "月": "monthly",
    "季": "quarterly",
}


def find(sentence: Sentence) -> tuple[int, int, str, RecurringDeadline] | None:
    """Start and end of the words, the system's name and how often it reports; None without one."""
    match = _SYSTEM.search(sentence.masked)
    if match is None:
        return None
    words = sentence.text[match.start("system") : match.end("system")]
    rule = RecurringDeadline(_PERIODS[match["period"]], words, edge="by")
    return match.start(), match.end(), words, rule
