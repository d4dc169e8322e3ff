"""One cell of a form as a page shows it: its field's name, text, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.schemas.checking.problems import Problem
from reports.schemas.comparing.text_changes import Run
from reports.schemas.content.places import anchor
from reports.schemas.content.table_lines import CellRole
from reports.schemas.definition.choices import GAP
from reports.schemas.definition.kinds import NUMBERS, ColumnKind, FieldKind, Per
from reports.schemas.definition.layout import Box

WIDTHS = {
    ColumnKind.LONGTEXT: "long",
    ColumnKind.DOCUMENT: "long",
    ColumnKind.TEXT: "mid",
    ColumnKind.REMARK: "mid",
    ColumnKind.CONTACT: "mid",
    ColumnKind.BUREAU: "mid",
}
_ONE_LINE = {ColumnKind.DATE, ColumnKind.MONTH, ColumnKind.REGION}
NONE = "无"  # is an answer, other than a blank


@dataclass(frozen=True)
class Option:
    """One answer to choose."""

    label: str
    is_chosen: bool
    code: str = ""  # what registers write in its place


@dataclass(frozen=True)
class Cell:
    """One cell. ``name`` is the path of what is written in it, empty where nothing is; ``key`` the
    path of what the program puts there.

    ``position`` counts the columns of the table from the left; ``row`` the lines from 1, and is
    empty for what a unit fills in once. ``called`` names the column among all of the form,
    ``row_label`` the row where it has a name. ``heads`` are the ids of the header cells above. The
    last fields are those of reports/pages/markup.py.
    """

    name: str
    text: str
    column: Any
    span: int = 1
    problems: list[Problem] = field(default_factory=list)
    position: int = 0
    row: str = ""
    colspan: int = 1
    role: CellRole = CellRole.ENTERED
    key: str = ""
    called: str = ""
    row_label: str = ""
    level: int = 0
    is_title: bool = False  # of a group of rows, across the table
    heads: Sequence[str] = ()
    box: Box | None = None  # of a form without rows
    marks: Sequence[Any] = ()  # what was asked here: reports.filling.return_marks.Followed
    is_asked: bool = False
    runs: Sequence[Run] = ()  # the text beside its earlier wording; none where it did not change
    is_gone: bool = False
    origin: str = ""  # the earlier report that its text was just taken from
    last: str = ""  # what the unit reported here for the period before
    form: int | None = None  # its attachment, where several forms stand on one page
    made: Any = None  # what a sum is made of: reports.schemas.rolling.origins.Origin

    @property
    def id(self) -> str:
        return anchor(self.name or self.key, form=self.form)

    @property
    def place(self) -> str:
        """How a page names the cell when it is marked; empty where nothing can be marked."""
        is_place = self.form is not None and self.name and not self.names_unit
        return f"{self.form}:{self.name}" if is_place else ""

    @property
    def label(self) -> str:
        """What a screen reader calls it."""
        named = f"“{self.row_label}”" if self.row_label else ""
        column = self.called or self.column.label
        return f"第{self.row}行{named} {column}" if self.row else column

    @property
    def is_serial(self) -> bool:
        return self.column is not None and self.column.kind is ColumnKind.SERIAL

    @property
    def is_unit(self) -> bool:
        return getattr(self.column, "per", None) is Per.UNIT

    @property
    def is_number(self) -> bool:
        return self.column is not None and self.column.kind in NUMBERS

    @property
    def is_entered(self) -> bool:
        return self.role is CellRole.ENTERED

    @property
    def is_computed(self) -> bool:
        return self.role in (CellRole.COMPUTED, CellRole.TOTAL)

    @property
    def is_crossed(self) -> bool:
        return self.role is CellRole.CROSSED

    @property
    def is_head(self) -> bool:
        """Does it say what the cells at its right are?"""
        if self.box is not None:
            return bool(self.box.label)
        names_row = self.column is not None and self.column.kind is ColumnKind.ROW_LABEL
        return self.is_title or (names_row and self.role is CellRole.PRINTED)

    @property
    def is_line(self) -> bool:
        """Is it one line, not a text that grows?"""
        kind = self.column.kind
        return self.is_number or kind in _ONE_LINE or bool(self.column.suggest)

    @property
    def options(self) -> list[Option]:
        """The answers to choose from, 无 and what else is written there besides; empty for text."""
        choices = getattr(self.column, "choices", ())
        if not choices:
            return []
        known = {choice.label: choice.code for choice in choices}
        chosen = (
            [text for text in self.text.split(GAP) if text] if self.is_multiple else [self.text]
        )
        others = [text for text in chosen if text and text not in known]
        if NONE not in others and self.column.kind is not ColumnKind.YES_NO:
            others.append(NONE)
        return [Option(label, label in chosen, known.get(label, "")) for label in (*known, *others)]

    @property
    def is_multiple(self) -> bool:
        """May several of the options be ticked?"""
        return getattr(self.column, "multiple", False)

    @property
    def names_unit(self) -> bool:
        """Is it the name of the reporting unit, which is known and not typed?"""
        return getattr(self.column, "kind", None) is FieldKind.UNIT  # a section has no kind

    @property
    def width(self) -> str:
        """How wide its column begins: short, mid or long."""
        if self.column is None or self.column.suggest:
            return "short"
        return WIDTHS.get(self.column.kind, "short")

    @property
    def head_ids(self) -> str:
        """For the attribute headers; see anchor() on ``form``."""
        return " ".join(anchor(head, form=self.form) for head in self.heads)

    @property
    def has_notes(self) -> bool:
        return bool(self.problems or self.marks or self.origin)

    @property
    def is_wrong(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)
