"""A form while it is edited: texts by name, and lists of columns, rows, fields, checks, boxes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Entry = dict[str, str]
"""One column, row, …: the text of each of its settings by name; what is ticked is "on"."""

COLUMNS, ROWS, HEAD, FOOT = "columns", "rows", "head", "foot"
CHECKS, BOXES, SECTIONS = "checks", "boxes", "sections"
PARTS = (COLUMNS, ROWS, HEAD, FOOT, CHECKS, BOXES, SECTIONS)
PREFIXES = {COLUMNS: "c", ROWS: "r", HEAD: "h", FOOT: "f", SECTIONS: "s"}
"""What new ids begin with, in the parts whose entries have one."""

TABLE, OUTLINE = "table", "outline"
TEXTS = (
    *("kind", "title", "annex_no", "row_mode", "unit_line", "notes", "orientation"),
    *("total", "total_label", "table_no", "issuer", "approval_no", "valid_until"),
    *("closing_note", "max_chars"),
)
ON = "on"
UNNAMED = "（未命名）"


@dataclass(frozen=True, slots=True)
class Draft:
    """Columns stand in reading order with a `depth`; one followed by a deeper one is a heading."""

    texts: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Empty where nothing was given."""
        return self.texts.get(name, "")

    def part(self, name: str) -> tuple[Entry, ...]:
        """The entries of a part, in order."""
        return self.parts.get(name, ())

    @property
    def is_outline(self) -> bool:
        """Is it a summary along sections?"""
        return self.text("kind") == OUTLINE

    def with_part(self, name: str, entries: "tuple[Entry, ...] | list[Entry]") -> "Draft":
        """The same form with other entries in one part."""
        return Draft(self.texts, {**self.parts, name: tuple(entries)})

    def ids(self) -> set[str]:
        """Every id in use."""
        found = {entry.get("id", "") for name in PREFIXES for entry in self.part(name)}
        return found - {""}


def posted(data: Mapping[str, str]) -> Draft:
    """The draft that a page sends: title=…, columns.0.label=…; other names are not looked at."""
    found: dict[str, dict[int, Entry]] = {name: {} for name in PARTS}
    for name, value in data.items():
        part, _, rest = name.partition(".")
        number, _, key = rest.partition(".")
        if part in found and key and number.isascii() and number.isdecimal() and len(number) < 6:
            found[part].setdefault(int(number), {})[key] = _text(value)
    texts = {name: _text(data.get(name, "")) for name in TEXTS}
    parts = {
        name: tuple(entries[number] for number in sorted(entries))
        for name, entries in found.items()
    }
    return Draft(texts, parts)


def fields(draft: Draft) -> Iterator[tuple[str, str]]:
    """Names and values as a page sends them: posted() reads them back."""
    yield from draft.texts.items()
    for part in PARTS:
        for number, entry in enumerate(draft.part(part)):
            for key, value in entry.items():
                yield f"{part}.{number}.{key}", value


def named(draft: Draft) -> Draft:
    """With a name wherever one is still to be typed, so that the rest can be drawn."""
    made = Draft({**draft.texts, "title": draft.text("title") or UNNAMED}, draft.parts)
    for part in (COLUMNS, HEAD, FOOT):
        entries = [entry | {"label": entry.get("label") or UNNAMED} for entry in draft.part(part)]
        made = made.with_part(part, entries)
    label = next(
        (one.get("id") for one in draft.part(COLUMNS) if one.get("kind") == "row_label"), ""
    )
    rows = [
        entry
        if any(key.startswith("label.") and text for key, text in entry.items())
        else entry | {f"label.{label}": UNNAMED}
        for entry in draft.part(ROWS)
    ]
    return made.with_part(ROWS, rows)


def depths(columns: tuple[Entry, ...]) -> list[int]:
    """How deep each column stands; none is more than one step below the one before it."""
    found: list[int] = []
    for entry in columns:
        text = entry.get("depth", "")
        wanted = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
        found.append(min(wanted, found[-1] + 1) if found else 0)
    return found


def is_heading(depth: list[int], index: int) -> bool:
    """Does the column span others?"""
    return index + 1 < len(depth) and depth[index + 1] > depth[index]


def _text(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()
