"""The definition that a draft makes, or everything that is wrong with it, each at its place."""

import re
from dataclasses import dataclass

from reports.editing.draft import CHECKS, COLUMNS, FOOT, HEAD, ROWS, SECTIONS, Draft, Entry
from reports.editing.faults import Fault, Reading
from reports.editing.to_columns import columns_of
from reports.editing.to_parts import checks_of, fields_of, layout_of, rows_of, total_of
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.fields import Imprint
from reports.schemas.definition.json_fields import DefinitionError
from reports.schemas.definition.kinds import LISTED, Orientation, RowMode
from reports.schemas.definition.outlines import OutlineDefinition, Section

_CHECK = re.compile(r"checks\.([0-9]+)")


@dataclass(frozen=True, slots=True)
class Made:
    """What a draft comes to: a definition, or faults."""

    definition: Definition | None
    faults: tuple[Fault, ...] = ()


def made(draft: Draft) -> Made:
    """The definition, where nothing is wrong; a table that cannot be is never half made."""
    reading = Reading()
    if not draft.text("title"):
        reading.wrong("title", "请填写报表名称。")
    definition = _outline(draft, reading) if draft.is_outline else _table(draft, reading)
    return Made(None if reading.faults else definition, tuple(reading.faults))


def _table(draft: Draft, reading: Reading) -> Definition | None:
    texts = dict(draft.texts)
    mode = reading.choice(texts, "", "row_mode", RowMode, RowMode.REPEAT)
    orientation = reading.choice(texts, "", "orientation", Orientation, Orientation.LANDSCAPE)
    is_boxed, is_listed = mode is RowMode.KEY_VALUE, mode in LISTED
    columns = columns_of(draft.part(COLUMNS), reading, is_boxed=is_boxed)
    if not draft.part(COLUMNS):
        reading.wrong("", "还没有栏目，请先添加一栏。")
    leaves = [leaf for column in columns for leaf in column.leaves()]
    rows = rows_of(draft.part(ROWS), leaves, reading) if is_listed else ()
    head = fields_of(draft.part(HEAD), HEAD, reading)
    foot = fields_of(draft.part(FOOT), FOOT, reading)
    checks, places = checks_of(draft.part(CHECKS), reading)
    layout = layout_of(draft, reading) if is_boxed else ()
    total = None if is_boxed else total_of(draft, reading)
    if reading.faults:
        return None
    try:
        return FormDefinition(
            title=draft.text("title"),
            columns=columns,
            annex_no=draft.text("annex_no"),
            head_fields=head,
            foot_fields=foot,
            row_mode=mode,
            rows=rows,
            layout=layout,
            total=total,
            checks=checks,
            unit_line=draft.text("unit_line"),
            notes=tuple(line.strip() for line in draft.text("notes").split("\n") if line.strip()),
            imprint=Imprint(*(draft.text(name) for name in Imprint.__slots__)),
            orientation=orientation,
        )
    except DefinitionError as refused:
        known = _places(draft)
        for at, message in refused.faults:
            number = _CHECK.fullmatch(at)
            reading.wrong(places[int(number[1])] if number else known.get(at, at), message)
        return None


def _outline(draft: Draft, reading: Reading) -> Definition | None:
    limit = reading.whole(dict(draft.texts), "", "max_chars", "总字数上限")
    if limit == 0:
        reading.wrong("max_chars", "字数上限应大于0，不限的请留空")
    # Ignored: mypy does not infer a lambda with a default, which keeps the entry of its turn.
    sections = [
        reading.made(f"{SECTIONS}.{number}", lambda entry=entry: _section(entry))  # type: ignore[misc]
        for number, entry in enumerate(draft.part(SECTIONS))
    ]
    if not sections:
        reading.wrong("", "提纲中没有需要填写的部分，请先添加一部分。")
    if reading.faults:
        return None
    return reading.made(
        "",
        lambda: OutlineDefinition(
            title=draft.text("title"),
            sections=tuple(one for one in sections if one is not None),
            annex_no=draft.text("annex_no"),
            closing_note=draft.text("closing_note"),
            max_chars=limit,
        ),
    )


def _section(entry: Entry) -> Section:
    return Section(
        entry.get("id", ""), entry.get("no", ""), entry.get("heading", ""), entry.get("hint", "")
    )


def _places(draft: Draft) -> dict[str, str]:
    """Where each id stands in the draft."""
    return {
        entry.get("id", ""): f"{part}.{number}"
        for part in (COLUMNS, ROWS, HEAD, FOOT)
        for number, entry in enumerate(draft.part(part))
    } | {"layout": "boxes", "": ""}
