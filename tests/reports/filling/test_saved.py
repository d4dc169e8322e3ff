import json

import pytest

from audit.models import AuditEvent
from reports.filling import saved_changes
from reports.schemas.content.content import normalise
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind, Per, RowMode
from reports.schemas.definition.outlines import OutlineDefinition, Section
from reports.schemas.definition.rows import Row
from tests.reports.written import accepted, outline, save, table

FORM = FormDefinition(
    title="示例表",
    columns=(
        Column("c1", "批示情况", per=Per.UNIT),
        Column("c2", "文件名称"),
        Column("c3", "联系电话"),
    ),
)


def content(*rows, unit=""):
    cells = [dict(zip(("c2", "c3"), row, strict=True)) for row in rows]
    return normalise(FORM, {"unit": {"c1": unit}, "rows": cells})


def recorded(old, new):
    return saved_changes.cells(FORM, old, new)


def test_changed_cells_are_kept_old_and_new():
    found = recorded(content(("文件一", ""), unit="一次"), content(("文件二", ""), unit="两次"))

    assert found == {
        "cells": [["批示情况", "一次", "两次"], ["第1行 文件名称", "文件一", "文件二"]]
    }


def test_save_that_changes_nothing_keeps_nothing():
    assert recorded(content(("文件一", "1")), content(("文件一", "1"))) == {}


def test_contacts_are_named_and_what_stands_in_them_is_not_kept():
    found = recorded(content(("文件一", "8001")), content(("文件一", "8002")))

    assert found == {"cells": [["第1行 联系电话", "（不记录内容）", "（不记录内容）"]]}


def test_contact_within_a_row_that_came_is_not_kept_either():
    found = recorded(content(), content(("文件一", "示例联系人 8001")))

    assert found == {"cells": [["第1行", "", "文件一；（不记录内容）"]]}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("请致电13800001234或010-12345678", "请致电138****1234或010-****5678"),
        ("共计123456789012元", "共计123456789012元"),
    ],
)
def test_numbers_to_call_are_masked_wherever_they_stand(text, kept):
    assert recorded(content(), content((text, "")))["cells"][0][2] == kept


def test_long_values_are_cut_and_many_cells_counted():
    rows = [("字" * 81, "")] * 60

    found = recorded(content(), content(*rows))

    assert len(found["cells"]) == 50
    assert found["more_cells"] == 10
    assert found["cells"][0] == ["第1行", "", "字" * 79 + "…"]


def test_row_that_went_does_not_make_all_below_it_changed():
    rows = [(f"文件{n}", "") for n in range(1, 6)]

    found = recorded(content(*rows), content(*rows[1:]))

    assert found == {"cells": [["原第1行", "文件1", ""]]}


def test_sections_of_a_summary_are_kept_too():
    form = OutlineDefinition(title="总结", sections=(Section("s1", "一", "学习情况"),))

    found = saved_changes.cells(form, normalise(form, {}), normalise(form, outline("学习两次")))

    assert found == {"cells": [["一、学习情况", "", "学习两次"]]}


def test_items_are_kept_by_their_row_and_contacts_among_them_are_not():
    form = FormDefinition(
        title="示例表",
        columns=(
            Column("c1", "类别", ColumnKind.ROW_LABEL),
            Column("c2", "数量"),
            Column("c3", "联系电话"),
        ),
        row_mode=RowMode.FIXED_ITEMS,
        rows=(Row("r1", ("检查",)),),
    )
    new = normalise(form, {"items": {"r1": {"c2": "5", "c3": "010-11111111"}}})

    assert saved_changes.cells(form, normalise(form, {}), new) == {
        "cells": [
            ["第1行“检查” 数量", "", "5"],
            ["第1行“检查” 联系电话", "", "（不记录内容）"],
        ]
    }


@pytest.mark.django_db
def test_audit_of_a_save_says_what_was_changed_and_no_contact():
    task = accepted()
    save(task, table())
    save(task, table(foot={"f1": "另一联系人 010-11111111"}), revision=1)

    last, first = AuditEvent.objects.about(task).filter(verb="保存填报")

    assert last.detail["cells"] == [["联系人及联系方式", "（不记录内容）", "（不记录内容）"]]
    assert ["领导同志批示情况", "", "省领导作出批示"] in first.detail["cells"]
    for event in (first, last):
        assert "联系人 010" not in json.dumps(event.detail, ensure_ascii=False)
