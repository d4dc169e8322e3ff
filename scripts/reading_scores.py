"""How well a reading of notices agrees with answers made by hand.

The same counting as the answers' own README: an obligation is found when its quote and the
answer's share a run of at least half the shorter one; a clause marked optional counts neither when
found nor when missed.
"""

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from notices.text.learning import agreement

Answer = dict[str, Any]
"""A notice's answer or reading in the JSON form of `read_notice --json`."""

META = (
    *("title", "doc_number", "written_date", "issuers"),
    *("recipients_text", "attachments", "phones", "emails"),
)
_MARKS = str.maketrans("“”‘’〔〕[]【】", "\"\"''()()()")
_SHARED = 0.5


def squash(text: str | None) -> str:
    """Half width, no blanks, one kind of quotes and brackets."""
    words = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))
    return words.translate(_MARKS).strip("。；;，,、:：.")


def overlap(one: str | None, other: str | None) -> float:
    """Length of the longest common run over the shorter text's length, 0 to 1."""
    return agreement.shared_run(squash(one), squash(other))


def same_deadline(gold: Answer, got: Answer | None) -> bool:
    """As the reader learns it, and the day of a period and the words counted from agree too."""
    if got is None or not agreement.same_deadline(gold, got):
        return False
    if gold["kind"] == "recurring" and isinstance(gold.get("day"), int):
        return str(gold["day"]) == str(got.get("day"))
    if gold["kind"] == "relative":
        return overlap(gold.get("anchor"), got.get("anchor")) >= _SHARED
    return True


def pairs(gold: Sequence[Answer], got: Sequence[Answer]) -> list[tuple[Answer, Answer]]:
    """Every answer with at most one reading, the best first; a right deadline breaks ties."""
    ranked = sorted(
        (
            (
                near
                + 0.5 * same_deadline(g["deadline"], p["deadline"])
                - 0.1 * bool(g.get("optional")),
                -i,
                -j,
            )
            for i, g in enumerate(gold)
            for j, p in enumerate(got)
            if (near := overlap(g["quote"], p["quote"])) >= _SHARED
        ),
        reverse=True,
    )
    used: tuple[set[int], set[int]] = (set(), set())
    out = []
    for _, i, j in ranked:
        if -i not in used[0] and -j not in used[1]:
            used[0].add(-i)
            used[1].add(-j)
            out.append((gold[-i], got[-j]))
    return out


@dataclass
class Figures:
    """Counts over notices; `misses` tells every difference in words."""

    gold: int = 0
    got: int = 0
    found: int = 0
    dated: int = 0
    meta: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0] for name in META})
    shown: dict[str, list[float]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, gold: Answer, got: Answer) -> None:
        """Counts one notice."""
        both = pairs(gold["obligations"], got["obligations"])
        debated = [id(p) for g, p in both if g.get("optional")]
        firm = [(g, p) for g, p in both if not g.get("optional")]
        wanted = [g for g in gold["obligations"] if not g.get("optional")]
        offered = [p for p in got["obligations"] if id(p) not in debated]
        self.gold += len(wanted)
        self.got += len(offered)
        self.found += len(firm)
        for g, p in firm:
            right = same_deadline(g["deadline"], p["deadline"])
            self.dated += right
            if not right:
                self.misses.append(
                    f"{name} DEADLINE {g['quote']}\n  want {g['deadline']}\n  got  {p['deadline']}"
                )
            self._show(g, p)
        hit = [id(g) for g, _ in firm]
        self.misses += [f"{name} MISSED   {g['quote']}" for g in wanted if id(g) not in hit]
        taken = [id(p) for _, p in firm]
        self.misses += [f"{name} FALSE    {p['quote']}" for p in offered if id(p) not in taken]
        self._meta(name, gold, got)

    def _show(self, gold: Answer, got: Answer) -> None:
        """Agreement of the fields that people read."""
        for key in ("who", "deliverable", "report_to"):
            if gold.get(key):
                near = likeness(gold[key], got.get(key))
                self.shown.setdefault(key, []).append(near)
                if near < _SHARED:
                    self.misses.append(f"    {key}: want {gold[key]!r} got {got.get(key)!r}")

    def _meta(self, name: str, gold: Answer, got: Answer) -> None:
        for key in META:
            right = meta_right(key, gold, got)
            if right is None:
                continue
            self.meta[key][0] += right
            self.meta[key][1] += 1
            if not right:
                self.misses.append(f"{name} {key}: want {gold.get(key)!r} got {got.get(key)!r}")

    def f1(self, hits: int) -> float:
        return 2 * hits / max(self.gold + self.got, 1)

    def meta_share(self) -> float:
        right, asked = (sum(pair[i] for pair in self.meta.values()) for i in (0, 1))
        return right / max(asked, 1)


def likeness(gold: str, got: str | None) -> float:
    """F1 of the signs that two short phrases share: 1 for the same words, 0 for none."""
    a, b = (re.sub(r"[^\w]", "", squash(words)) for words in (gold, got))
    if not a or not b:
        return 0.0
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def meta_right(key: str, gold: Answer, got: Answer) -> bool | None:
    """Whether a field of the head or tail is right; None where the answer does not speak of it."""
    if key in ("phones", "emails"):
        wanted = _bag(gold, key)
        return wanted <= _bag(got, key) if wanted else None
    want, have = gold.get(key), got.get(key)
    if key == "attachments":
        if want is None or (not want and not have):
            return None
        titles = have or []
        same = (overlap(w, t) >= 0.8 for w, t in zip(want, titles, strict=False))
        return len(titles) == len(want) and all(same)
    if not want:
        return False if have and key not in ("title", "issuers", "written_date") else None
    if key == "issuers":
        named = {squash(name) for name in have or []}
        return all(any(squash(w) in h or h in squash(w) for h in named if h) for w in want)
    if key == "written_date":
        return want in (got.get("written_date"), got.get("printed_date"))
    if key == "recipients_text":
        return overlap(want, have) >= 0.9
    return squash(want) == squash(have)


def _bag(notice: Answer, key: str) -> set[str]:
    found: set[str] = set()
    for contact in notice.get("contacts") or []:
        values = contact.get("phones") or [] if key == "phones" else [contact.get("email")]
        found |= {re.sub(r"[^0-9a-z@.]", "", value.lower()) for value in values if value}
    return found
