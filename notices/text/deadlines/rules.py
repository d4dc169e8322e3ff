"""What a notice says about time, as typed rules; no calendar, no arithmetic.

Four kinds, as in the office's own reading: a day, a day in every period, so long after an event,
and no day at all. `finding` finds them in text, `computing` computes instants.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Edge = Literal["before", "by"]
Unit = Literal["日", "工作日", "月", "年", "小时"]
Freq = Literal[
    "daily",
    "weekly",
    "every_n_days",
    "monthly",
    "bimonthly",
    "quarterly",
    "semiannual",
    "yearly",
]


@dataclass(frozen=True, slots=True)
class FixedDeadline:
    """A day. `edge` is "before" for 3月31日前 and "by" for 截至3月31日 or 3月底前.

    `time` is "HH:MM" where the words give a clock time, "下班" for 下班前, else None. `strict_on`
    is set where the words allow an earlier last day than `day` (3月中旬前 → the 10th).
    `marks` name what a person should look at: year_inferred, year_unsure, month_inferred,
    weekday_mismatch, ambiguous, part, relative_week, put_off. `year_from` is what the year was
    read from where the words give none (成文日期, 文号, 导入年份), else "".
    """

    day: date
    phrase: str
    time: str | None = None
    edge: Edge = "before"
    strict_on: date | None = None
    marks: tuple[str, ...] = ()
    year_from: str = ""
    kind: Literal["fixed"] = "fixed"

    def as_json(self) -> dict[str, object]:
        out: dict[str, object] = {"kind": self.kind, "date": self.day.isoformat()}
        if self.time and self.time != "下班":
            out["time"] = self.time
        if self.year_from:
            out["year_from"] = self.year_from
        return out | {"phrase": self.phrase}


@dataclass(frozen=True, slots=True)
class RecurringDeadline:
    """A day in every period. `day` is a number (5 for 每月5日, weekday 1-7 for 每周五), "MM-DD" or
    "MM-末" in a year, "末" for the last day, None where the words give none.

    `offset` is True where the day belongs to the next period (次月5日, 季后15日内). `start` and
    `end` bound the years or months named: "2026", "5", "2026-5"; `end` always has its year, and
    is a day where a person has set one. `by_hand`: the rule is a person's and stands in no text.
    """

    freq: Freq
    rule: str
    day: int | str | None = None
    time: str | None = None
    edge: Edge = "before"
    offset: bool = False
    start: str | None = None
    end: str | None = None
    put_off: bool = False
    by_hand: bool = False
    kind: Literal["recurring"] = "recurring"

    @property
    def names_day(self) -> bool:
        """Whether the words say which day; else the period's end is taken and a person asked."""
        return self.day is not None or self.freq in ("daily", "every_n_days")

    @property
    def rolls(self) -> bool:
        """Whether the words count from the end of a period, so that a day of rest puts it off."""
        counts = self.offset and self.freq in ("quarterly", "semiannual") and not self.by_hand
        return self.put_off or counts

    def as_json(self) -> dict[str, object]:
        kept: dict[str, object] = {
            "kind": self.kind,
            "freq": self.freq,
            "day": self.day,
            "rule": self.rule,
            "start": self.start,
            "end": self.end,
            "time": None if self.time == "下班" else self.time,
            "until_closing": self.time == "下班",
            "edge": self.edge,
            "offset": self.offset,
            "put_off": self.put_off,
        }
        return kept | ({"by_hand": True} if self.by_hand else {})

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "RecurringDeadline":
        """The rule that `as_json` wrote down."""
        return cls(
            freq=kept["freq"],
            rule=kept["rule"],
            day=kept["day"],
            time="下班" if kept.get("until_closing") else kept["time"],
            edge=kept.get("edge", "before"),
            offset=kept.get("offset", False),
            start=kept["start"],
            end=kept.get("end"),
            put_off=kept.get("put_off", False),
            by_hand=kept.get("by_hand", False),
        )


@dataclass(frozen=True, slots=True)
class RelativeDeadline:
    """So long after `anchor`; before it when `amount` is negative."""

    anchor: str
    amount: int
    unit: Unit
    phrase: str
    time: str | None = None
    kind: Literal["relative"] = "relative"

    def as_json(self) -> dict[str, object]:
        out: dict[str, object] = {
            "kind": self.kind,
            "anchor": self.anchor,
            "amount": self.amount,
            "unit": self.unit,
            "phrase": self.phrase,
        }
        return out | ({"time": self.time} if self.time else {})

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "RelativeDeadline":
        """The rule that `as_json` wrote down."""
        return cls(
            anchor=kept["anchor"],
            amount=kept["amount"],
            unit=kept["unit"],
            phrase=kept["phrase"],
            time=kept.get("time"),
        )


@dataclass(frozen=True, slots=True)
class UndatedDeadline:
    """No day: 及时, 尽快, 活动结束后及时. `phrase` is None where the words say nothing at all.

    `impossible`: they name a day that no calendar has (2027年2月29日), so a person is asked for it.
    """

    phrase: str | None = None
    impossible: bool = False
    kind: Literal["undated"] = "undated"

    def as_json(self) -> dict[str, object]:
        out: dict[str, object] = {"kind": self.kind, "phrase": self.phrase}
        return out | ({"impossible": True} if self.impossible else {})


@dataclass(frozen=True, slots=True)
class HolidayDeadline:
    """春节前, 国庆节前: the day before the announced holiday starts, so it takes a calendar."""

    holiday: str
    year: int | None
    phrase: str
    kind: Literal["undated"] = "undated"

    def as_json(self) -> dict[str, object]:
        out: dict[str, object] = {"kind": self.kind, "phrase": self.phrase}
        return out | {"holiday": self.holiday} | ({"year": self.year} if self.year else {})

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "HolidayDeadline":
        return cls(kept["holiday"], kept.get("year"), kept["phrase"])


Deadline = HolidayDeadline | FixedDeadline | RecurringDeadline | RelativeDeadline | UndatedDeadline


@dataclass(frozen=True, slots=True)
class Mention:
    """A rule and where it stands in the text searched. `firm` is False for a weak time adverb."""

    start: int
    end: int
    rule: Deadline
    firm: bool = field(default=True)
