"""manage.py export_table and export_rollup, with every error a person can cause."""

import re

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from notices.models import Notice
from tests import factories
from tests.factories import walk
from tests.reports.sheets import merges
from tests.reports.written import outline, reported, table

pytestmark = pytest.mark.django_db

NUMBER = "国市监测〔2026〕1号"


@pytest.fixture
def issued():
    made = factories.obligation(factories.province(), factories.province("320000", "江苏省"))
    reported(made.assignments.for_detail().get(bureau__code="330000"), table(documents=2))
    return made


def export_table(out, *, number=NUMBER, attachment="1", bureau="330000"):
    call_command(
        "export_table",
        f"--doc-number={number}",
        f"--attachment={attachment}",
        f"--bureau={bureau}",
        str(out),
    )


def export_rollup(out, *, number=NUMBER, attachment="1"):
    call_command("export_rollup", f"--doc-number={number}", f"--attachment={attachment}", str(out))


def refused(export, out, **arguments) -> str:
    with pytest.raises(CommandError) as problem:
        export(out, **arguments)
    assert not out.exists() or out.is_dir()
    return str(problem.value)


def test_table_is_written_to_the_path(issued, tmp_path, capsys):
    out = tmp_path / "浙江.xlsx"

    export_table(out)

    sheet = load_workbook(out).worksheets[0]
    assert sheet["A2"].value == "填报单位（盖章）：浙江省市场监督管理局"
    assert {"D3:F3", "A3:A4"} < merges(sheet)
    assert [sheet["D5"].value, sheet["D6"].value] == ["示例文件1", "示例文件2"]
    assert capsys.readouterr().out == f"已导出：{out}\n"


def test_table_of_a_unit_that_wrote_nothing_is_blank(issued, tmp_path):
    out = tmp_path / "江苏.xlsx"

    export_table(out, bureau="320000")

    sheet = load_workbook(out).worksheets[0]
    assert sheet["A2"].value == "填报单位（盖章）：江苏省市场监督管理局"
    assert sheet["D5"].value is None


def test_roll_up_is_written_to_the_path(issued, tmp_path, capsys):
    out = tmp_path / "汇总.xlsx"

    export_rollup(out)

    sheet = load_workbook(out).worksheets[0]
    assert sheet["B5"].value == "浙江省市场监管局"
    assert sheet["A7"].value == "应报2个单位，已报1个，未报1个：江苏省市场监管局。"
    assert capsys.readouterr().out == f"已导出：{out}\n"


def test_roll_up_is_dated_by_the_offices_day(issued, tmp_path, time_machine):
    time_machine.move_to("2026-03-31T16:30:00+00:00")  # 00:30 on 1 April in Beijing
    out = tmp_path / "汇总.xlsx"

    export_rollup(out)

    assert (
        load_workbook(out).worksheets[0]["A2"].value == "汇总单位：市场监管总局　　截至2026年4月1日"
    )


BOTH = [export_table, export_rollup]


@pytest.mark.parametrize("export", BOTH)
@pytest.mark.parametrize("number", ["国市监测[2026]1号", "国市监测〔2026〕2号", "", "%"])
def test_unknown_document_number_is_refused(issued, tmp_path, export, number):
    assert refused(export, tmp_path / "x.xlsx", number=number) == (
        f"文件库中没有文号为“{number}”的文件，请核对文号（括号为〔〕）"
    )


@pytest.mark.parametrize("export", BOTH)
@pytest.mark.parametrize("state", ["to_check", "discarded"])
def test_notice_that_is_not_filed_is_not_found(issued, tmp_path, export, state):
    Notice.objects.update(state=state)

    assert "文件库中没有文号为" in refused(export, tmp_path / "x.xlsx")


@pytest.mark.parametrize("export", BOTH)
@pytest.mark.parametrize("attachment", ["0", "2", "9", "-1"])
def test_unknown_attachment_is_refused(issued, tmp_path, export, attachment):
    assert refused(export, tmp_path / "x.xlsx", attachment=attachment) == (
        f"{NUMBER}没有已下发的附件{attachment}报表"
    )


@pytest.mark.parametrize("export", BOTH)
def test_attachment_must_be_a_number(issued, tmp_path, export):
    assert "--attachment" in refused(export, tmp_path / "x.xlsx", attachment="一")


@pytest.mark.parametrize("code", ["999999", "浙江", ""])
def test_unknown_bureau_is_refused(issued, tmp_path, code):
    assert refused(export_table, tmp_path / "x.xlsx", bureau=code) == (
        f"没有代码为“{code}”的单位，请用六位行政区划代码，如330000"
    )


def test_bureau_to_which_it_was_not_issued_is_refused(issued, tmp_path):
    factories.province("110000", "北京市")

    assert refused(export_table, tmp_path / "x.xlsx", bureau="110000") == (
        f"{NUMBER}附件1没有下发给北京市市场监管局"
    )


def test_bureau_whose_task_was_withdrawn_is_refused(issued, tmp_path):
    walk(issued.assignments.for_detail().get(bureau__code="320000"), "withdraw")

    assert "没有下发给江苏省市场监管局" in refused(
        export_table, tmp_path / "x.xlsx", bureau="320000"
    )


def test_roll_up_of_an_outline_names_the_units_under_each_section(tmp_path):
    made = factories.obligation(number="2", text=factories.TEXT_APART)
    reported(made.assignments.for_detail().get(), outline("全省开展学习3次"), number=2)

    export_rollup(tmp_path / "x.xlsx", attachment="2")

    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    said = [cell.value for row in sheet for cell in row if cell.value]
    at = said.index("一、组织学习有关情况")
    assert said[at + 1 : at + 3] == ["浙江省市场监管局", "全省开展学习3次"]
    assert said[-1] == "应报1个单位，已报1个，全部报齐。"


@pytest.mark.parametrize("export", BOTH)
def test_path_that_cannot_be_written_is_refused_with_what_to_check(issued, tmp_path, export):
    for out in (tmp_path / "no" / "such" / "folder.xlsx", tmp_path):
        said = refused(export, out)

        wanted = rf"不能写入{re.escape(str(out))}（.+），请检查文件夹是否存在、能否写入"
        assert re.fullmatch(wanted, said)


def test_twin_of_the_notice_does_not_hide_the_original(issued, tmp_path):
    copy = factories.notice()
    assert (copy.doc_number, copy.twin_of) == (NUMBER, issued.notice)

    export_table(tmp_path / "x.xlsx")

    assert (tmp_path / "x.xlsx").exists()
