"""How far two runs of words, or two deadlines, are the same: for learning and for scoring alike."""

import difflib
from collections.abc import Mapping
from typing import Any


def shared_run(one: str, other: str) -> float:
    """Length of the longest common run over the shorter text's length, 0 to 1.

    Both as the caller spells them for comparing; an empty one shares nothing.
    """
    if not one or not other:
        return 0.0
    if one in other or other in one:
        return 1.0
    match = difflib.SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return match.size / min(len(one), len(other))


def same_deadline(want: Mapping[str, Any], got: Mapping[str, Any] | None) -> bool:
    """Whether kind and day agree; the words of an undated deadline do not matter.

    Both in the JSON form of a reading. Of a recurring one the frequency counts, of a relative one
    how long it is.
    """
    if got is None or want["kind"] != got.get("kind"):
        return False
    match want["kind"]:
        case "fixed":
            timed = not want.get("time") or want["time"] == got.get("time")
            return bool(want["date"] == got.get("date") and timed)
        case "recurring":
            return bool(want.get("freq") == got.get("freq"))
        case "relative":
            return all(want.get(key) == got.get(key) for key in ("amount", "unit"))
    return True
