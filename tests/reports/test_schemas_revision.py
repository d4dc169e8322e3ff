import pytest

from reports.schemas.choices import Choice
from reports.schemas.columns import Column, ColumnKind, Per
from reports.schemas.json_fields import DefinitionError
from reports.schemas.revision import ColumnChoice, of_kind, revised
from tests.reports.forms import annex_1
from tests.reports.tables.fixed import SWEEP


def test_column_without_a_choice_stays_as_it_is():
    choice = ColumnChoice(ColumnKind.DATE, Per.ROW, required=True, max_chars=None)

    found = revised(annex_1(), {"c5": choice})

    assert found.column("c5").kind is ColumnKind.DATE
    assert found.column("c4") == annex_1().column("c4")


def test_rows_and_checks_stay_with_another_column():
    choice = ColumnChoice(ColumnKind.DECIMAL, Per.ROW, required=False, max_chars=None)

    found = revised(SWEEP.definition, {"n": choice})

    assert (found.rows, found.checks) == (SWEEP.definition.rows, SWEEP.definition.checks)


def test_column_of_another_kind_drops_what_only_the_old_one_had():
    choice = Column("c", "性质", ColumnKind.CHOICE, choices=(Choice("甲"), Choice("乙")))

    assert of_kind(choice, ColumnKind.TEXT) == Column("c", "性质")
    assert of_kind(choice, ColumnKind.INTEGER) == Column("c", "性质", ColumnKind.INTEGER)


def test_figure_keeps_its_decimals_as_another_figure():
    amount = Column("c", "货值", ColumnKind.MONEY, measure="万元", decimals=2, at_most="100")

    found = of_kind(amount, ColumnKind.DECIMAL)

    assert (found.kind, found.decimals, found.at_most) == (ColumnKind.DECIMAL, 2, "100")


def test_usual_answers_become_choices():
    column = Column("c", "当前进展", suggest=("起草中", "已印发"))

    assert of_kind(column, ColumnKind.CHOICE).choices == (Choice("起草中"), Choice("已印发"))


@pytest.mark.parametrize(
    ("kind", "message"),
    [(ColumnKind.MONEY, "应注明单位"), (ColumnKind.CHOICE, "应列出选项")],
)
def test_kind_that_needs_more_is_refused(kind, message):
    with pytest.raises(DefinitionError, match=message):
        of_kind(Column("c", "示例"), kind)
