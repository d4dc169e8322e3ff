"""Which named days set a limit, and which are only days: a range of work, a fact, a goal."""

import re

from notices.text.deadlines.time_words import Phrase

_HANDS = re.compile(
    r",?(?:请|并|统一|一并)*(?:[把向送]|将(?![召举在于组开])|交(?![通流易接])|[上填]?报(?![道到名])|反馈|提[交供]|书面)"
)
_NOT_BEFORE = re.compile(r"(?:[自从到至每各]|力争[于在]?|原定于?)$")
_RANGE = re.compile("[ymdDpwcWtoNqhYg]r$")
_LABEL = re.compile("L[ymdDpwcoN]+r$")
_WITHIN = re.compile(r"(?:期间|之间|内)(?!的)")
_SENDS = re.compile(r"[上填]报|报[送至我省市县区局厅办]|反馈|提[交供]|送[至交]|回复")
_MOVED = re.compile(r"(?:(?<!申)报|反馈|提交|截[止至])[^,;]{0,16}$")
_ALONE = re.compile(r"(?:^|[,;:。、()请并各均须应要前]|务必)$")
_FACT = re.compile(r"(?:统计|数据|情况|时点|信息)$")
_ASKED = re.compile(r"(?:[上申填]报|报[送名]|征集|受理|反馈|提交|时间|日期|期限)$")
_OVER = re.compile(r"(?:[。;!)]|$)")


def is_limit(phrase: Phrase) -> bool:
    """Whether the words around a day make it one by which something has to be done."""
    letters, edge = set(_letters(phrase, "day")), _letters(phrase, "edge")
    if phrase.said("after") and not edge:
        return False
    if _RANGE.search(phrase.letters_before):
        return _ends_a_range(phrase)
    if _NOT_BEFORE.search(phrase.before()) and not phrase.said("lead"):
        return False
    if "f" in letters:
        return edge == "e"
    if letters == {"d"} and not phrase.said("listed"):
        return edge == "e" and (_says(phrase, "z") or bool(_ALONE.search(phrase.before())))
    if edge:
        return True
    if "l" in _letters(phrase, "lead") and phrase.said("lead", "l")[0] == "截":
        return _closes(phrase)
    if _says(phrase, "lL"):
        return True
    if _says(phrase, "V"):
        return bool(_MOVED.search(phrase.before()))
    if letters & set("dDtf") or (
        _letters(phrase, "day") == "W" and phrase.said("day")[0] not in "本这下"
    ):
        return bool(_says(phrase, "z") or phrase.said("tail")) and _hands(phrase)
    return _is_period_end(phrase)


def _is_period_end(phrase: Phrase) -> bool:
    """`6月底`, `一季度末`, `年内` need no 前; 上半年 and 年终 often belong to another thing."""
    letters, words = _letters(phrase, "day"), phrase.said("day")
    if letters.endswith("h"):
        return _says(phrase, "z") or phrase.following(1) in ("报", "上")
    if words == "年终":
        return _says(phrase, "z") or _hands(phrase)
    if letters in ("yp", "yi"):
        return words in ("底", "末", "内")
    return letters != "W" or len(words) > 2


def _ends_a_range(phrase: Phrase) -> bool:
    """`3月1日至10日期间报送`, `即日起至6月30日将…报` are limits; 3月1日至10日开展检查 is none."""
    if phrase.said("edge", "e") or phrase.said("edge", "l") or _LABEL.search(phrase.letters_before):
        return True
    held = _WITHIN.match(phrase.following()) or _hands(phrase) or phrase.said("edge", "i")
    return bool(held and _SENDS.search(phrase.following(30)))


def _closes(phrase: Phrase) -> bool:
    """`报名截至2月18日` closes something; `截至3月31日,全省共…` and 截至3月31日的数据 are facts."""
    if _ASKED.search(phrase.before()):
        return True
    return bool(_OVER.match(phrase.following())) and not _FACT.search(phrase.before())


def _hands(phrase: Phrase) -> bool:
    return bool(_HANDS.match(phrase.following()))


def _letters(phrase: Phrase, group: str) -> str:
    return phrase.match[group] or ""


def _says(phrase: Phrase, letters: str) -> bool:
    """Whether the words that lead to the day have one of these."""
    return any(letter in letters for letter in _letters(phrase, "lead"))
