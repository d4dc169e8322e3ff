"""The editor of a form as a page shows it: every setting as a control, with what is wrong there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.editing.draft import (
    BOXES,
    CHECKS,
    COLUMNS,
    FOOT,
    HEAD,
    ROWS,
    SECTIONS,
    Draft,
    Entry,
    depths,
    fields,
    is_heading,
)
from reports.editing.faults import Fault
from reports.pages import editor_settings
from reports.pages.editor_settings import FLAG, MAIN, MORE, Setting
from reports.schemas.definition.kinds import LISTED, ColumnKind, RowMode

ADD = {
    COLUMNS: "加一栏",
    ROWS: "加一行",
    HEAD: "加一项",
    FOOT: "加一项",
    CHECKS: "加一条",
    BOXES: "加一格",
    SECTIONS: "加一部分",
}
_INDENT = 6  # deeper ones are set in no further


@dataclass(frozen=True)
class Control:
    """One setting of one entry, or of the whole form."""

    setting: Setting
    name: str
    value: str
    label: str
    options: editor_settings.Options = ()
    problems: Sequence[str] = ()
    is_hidden: bool = False

    @property
    def id(self) -> str:
        return anchor(self.name)


@dataclass(frozen=True)
class Line:
    """One entry of a part: what stands in the table, and what folds away (`more`)."""

    part: str
    index: int
    id: str
    main: list[Control]
    more: list[Control]
    problems: list[str]
    depth: int = 0
    is_heading: bool = False
    has_focus: str = ""  # the button to stand on again, or "label"

    @property
    def place(self) -> str:
        return f"{self.part}.{self.index}"

    @property
    def anchor(self) -> str:
        return anchor(self.place)

    @property
    def name(self) -> str:
        """What a screen reader calls it: c3, or 第2条 where it has no id."""
        return self.id or f"第{self.index + 1}条"

    @property
    def indent(self) -> int:
        return min(self.depth, _INDENT)

    @property
    def words(self) -> list[str]:
        """What is set among what folds away."""
        said = [one.setting.said(one.value) for one in self.more if not one.is_hidden]
        return [word for word in said if word]

    @property
    def is_open(self) -> bool:
        return any(one.problems for one in self.more)


@dataclass(frozen=True)
class Editor:
    """The whole page: controls of the form as a whole, and lines by part."""

    whole: list[Control]
    imprint: list[Control]
    parts: dict[str, list[Line]]
    faults: list[tuple[str, str, str]]  # anchor, where, what
    mode: str
    is_outline: bool
    kept: list[tuple[str, str]]  # what this kind of form does not show goes along unseen

    @property
    def columns(self) -> list[Line]:
        return self.parts[COLUMNS]

    @property
    def is_listed(self) -> bool:
        return self.mode in LISTED

    @property
    def is_boxed(self) -> bool:
        return self.mode == RowMode.KEY_VALUE

    @property
    def has_imprint(self) -> bool:
        return any(control.value for control in self.imprint)


def anchor(place: str) -> str:
    """The id of an element: columns-3-label."""
    return f"at-{place.replace('.', '-')}" if place else "editor"


def editor(draft: Draft, faults: Iterable[Fault] = (), *, place: str = "", act: str = "") -> Editor:
    """Everything that a draft says; `place` was moved or added by `act`."""
    at: dict[str, list[str]] = {}
    for fault in faults:
        at.setdefault(fault.place, []).append(fault.message)
    settings = editor_settings.WHOLE_OUTLINE if draft.is_outline else editor_settings.WHOLE_TABLE
    imprint = () if draft.is_outline else editor_settings.IMPRINT
    names = _names(draft)
    parts = {
        part: _lines(draft, part, at, place=place, act=act)
        for part in (COLUMNS, ROWS, HEAD, FOOT, CHECKS, BOXES, SECTIONS)
    }
    return Editor(
        whole=[_control(one, "", draft.texts, at) for one in settings],
        imprint=[_control(one, "", draft.texts, at) for one in imprint],
        parts=parts,
        faults=[
            (anchor(fault.place), _where(fault.place, names), fault.message) for fault in faults
        ],
        mode=draft.text("row_mode") or RowMode.REPEAT.value,
        is_outline=draft.is_outline,
        kept=_kept(draft),
    )


def _kept(draft: Draft) -> list[tuple[str, str]]:
    """Rows and boxes of another row mode: who changes it back finds them again."""
    mode = draft.text("row_mode")
    unseen = {ROWS: mode not in LISTED, BOXES: mode != RowMode.KEY_VALUE}
    return [
        (name, value)
        for name, value in fields(draft)
        if unseen.get(name.partition(".")[0], False) and "." in name and not draft.is_outline
    ]


def _lines(
    draft: Draft, part: str, at: dict[str, list[str]], *, place: str, act: str
) -> list[Line]:
    entries = draft.part(part)
    depth = depths(entries) if part == COLUMNS else []
    found = []
    for index, entry in enumerate(entries):
        here = f"{part}.{index}"
        main, more = _settings(draft, part)
        controls = [_control(one, here, entry, at) for one in main]
        if part == BOXES:
            controls = [_boxed(draft, one) for one in controls]
        is_top = part == COLUMNS and is_heading(depth, index)
        found.append(
            Line(
                part,
                index,
                entry.get("id", ""),
                controls,
                [_control(one, here, entry, at) for one in more],
                at.get(here, []),
                depth=depth[index] if depth else _whole(entry.get("level", "")),
                is_heading=is_top,
                has_focus=act if here == place else "",
            )
        )
    return found


def _settings(draft: Draft, part: str) -> tuple[tuple[Setting, ...], tuple[Setting, ...]]:
    """Of rows, a name for each column of row labels, what is printed, and what is not filled in."""
    if part != ROWS:
        return MAIN[part], MORE[part]
    columns = _leaves(draft)
    labels = [one for one in columns if one.get("kind") == ColumnKind.ROW_LABEL]
    printed = [one for one in columns if one.get("given") or one.get("kind") == ColumnKind.SERIAL]
    asked = [one for one in columns if one not in labels and one not in printed]
    asked = [one for one in asked if one.get("kind") != ColumnKind.MEASURE]
    return (
        (
            *(Setting(f"label.{one['id']}", one.get("label") or one["id"]) for one in labels),
            *MAIN[ROWS],
        ),
        (
            *MORE[ROWS],
            *(Setting(f"given.{one['id']}", f"印好“{one.get('label')}”") for one in printed),
            *(Setting(f"crossed.{one['id']}", f"不填“{one.get('label')}”", FLAG) for one in asked),
        ),
    )


def _leaves(draft: Draft) -> list[Entry]:
    columns = draft.part(COLUMNS)
    depth = depths(columns)
    return [one for n, one in enumerate(columns) if not is_heading(depth, n) and one.get("id")]


def _control(setting: Setting, place: str, entry, at: dict[str, list[str]]) -> Control:
    name = f"{place}.{setting.key}" if place else setting.key
    return Control(
        setting,
        name,
        entry.get(setting.key, ""),
        setting.label,
        setting.options,
        at.get(name, []),
        is_hidden=bool(setting.kinds) and entry.get("kind") not in setting.kinds,
    )


def _boxed(draft: Draft, control: Control) -> Control:
    """A box chooses among the fields of the form."""
    if control.setting.key != "field":
        return control
    options = [(one["id"], f"{one['id']} {one.get('label', '')}") for one in _leaves(draft)]
    strange = [] if control.value in dict(options) else [(control.value, control.value)]
    return Control(
        control.setting,
        control.name,
        control.value,
        control.label,
        (("", "—"), *options, *(one for one in strange if one[0])),
        control.problems,
    )


_PARTS = {
    COLUMNS: "栏目",
    ROWS: "行",
    HEAD: "表头项目",
    FOOT: "表尾项目",
    CHECKS: "核对关系",
    BOXES: "版式",
    SECTIONS: "提纲",
}


def _names(draft: Draft) -> dict[str, str]:
    settings = editor_settings.WHOLE_OUTLINE if draft.is_outline else editor_settings.WHOLE_TABLE
    found = {setting.key: setting.label for setting in settings}
    for part, word in _PARTS.items():
        for number, entry in enumerate(draft.part(part)):
            found[f"{part}.{number}"] = f"{word}{entry.get('id') or f'第{number + 1}条'}"
    return found


def _where(place: str, names: dict[str, str]) -> str:
    part, _, rest = place.partition(".")
    if not rest:
        return names.get(place) or _PARTS.get(place, "")
    line = f"{part}.{rest.partition('.')[0]}"
    return names.get(line, _PARTS.get(part, ""))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
