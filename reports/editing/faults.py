"""What is wrong in a draft, and where: "columns.3.decimals", "columns.3", "title", "" (whole)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from reports.editing.draft import Entry
from reports.schemas.definition.json_fields import DefinitionError

Made = TypeVar("Made")
Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to be mended, in Chinese."""

    place: str
    message: str


class Reading:
    """Reads settings out of entries and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def wrong(self, place: str, message: str) -> None:
        """Notes a fault once."""
        fault = Fault(place, message)
        if fault not in self.faults:
            self.faults.append(fault)

    def made(self, place: str, make: Callable[[], Made]) -> Made | None:
        """What `make` makes; None, and a fault at the place, where it is refused."""
        try:
            return make()
        except DefinitionError as refused:
            self.wrong(place, refused.reason)
            return None

    def whole(self, entry: Entry, place: str, key: str, name: str) -> int | None:
        """A whole number; None where it is blank, or wrong and said so."""
        text = entry.get(key, "")
        if not text:
            return None
        try:
            number = int(text)
        except ValueError:
            number = -1
        if not 0 <= number < 1_000_000:
            self.wrong(f"{place}.{key}" if place else key, f"{name}应填整数，不能填“{text}”。")
            return None
        return number

    def number(self, entry: Entry, place: str, key: str, name: str) -> float | None:
        """A number; None where it is blank, or wrong and said so."""
        text = entry.get(key, "")
        try:
            return float(text) if text else None
        except ValueError:
            self.wrong(f"{place}.{key}", f"{name}应填数字，不能填“{text}”。")
            return None

    def choice(self, entry: Entry, place: str, key: str, kinds: type[Kind], default: Kind) -> Kind:
        """One of the named values; what is none of them is said."""
        text = entry.get(key, "")
        try:
            return kinds(text) if text else default
        except ValueError:
            self.wrong(f"{place}.{key}" if place else key, "请从列出的各项中选择。")
            return default
