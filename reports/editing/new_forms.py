"""Forms begun by hand: a table with its first columns, or an outline with one section."""

from reports.editing.draft import COLUMNS, HEAD, OUTLINE, ROWS, SECTIONS, TABLE, Draft, Entry
from reports.schemas.definition.kinds import ColumnKind, FieldKind, Orientation, Per, RowMode


def start(draft: Draft, act: str) -> Draft:
    """start.table or start.outline, under the title that the draft has."""
    texts = {"title": draft.text("title"), "annex_no": draft.text("annex_no")}
    if act == f"start.{OUTLINE}":
        section = {"id": "s1", "no": "", "heading": "报送内容", "hint": ""}
        return Draft(texts | {"kind": OUTLINE}, {SECTIONS: (section,)})
    unit = {"id": "h1", "label": "填报单位（盖章）", "kind": FieldKind.UNIT.value, "seal": "on"}
    texts |= {
        "kind": TABLE,
        "row_mode": RowMode.REPEAT.value,
        "orientation": Orientation.LANDSCAPE.value,
        "total_label": "合计",
    }
    columns = (_column("c1", "序号", ColumnKind.SERIAL), _column("c2", "项目", ColumnKind.TEXT))
    return Draft(texts, {COLUMNS: columns, HEAD: (unit,), ROWS: ()})


def _column(id_: str, label: str, kind: ColumnKind) -> Entry:
    return {"id": id_, "depth": "0", "label": label, "kind": kind.value, "per": Per.ROW.value}
