import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from bureaus.models import Bureau
from notices.models import Notice
from tasks.management.load import filling
from tasks.management.load.copying import Table
from tasks.models import Assignment
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
postgres = pytest.mark.postgres


def command(**options) -> str:
    said = io.StringIO()
    call_command("make_load", **{"bureaus": 40, "assignments": 300, **options}, stdout=said)
    return said.getvalue()


@postgres
def test_load_of_the_same_seed_is_the_same():
    def drawn(seed):
        with transaction.atomic():
            filling.fill(40, 300, seed=seed, now=NOW)
            found = list(Assignment.objects.order_by("pk").values_list("bureau__code", "status"))
            transaction.set_rollback(True)
        return found

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)


def test_table_gives_the_default_of_every_column_that_is_not_named():
    table = Table(Assignment)

    key = table.add(bureau_path="/330000/")

    row = dict(
        zip([field.attname for field in Assignment._meta.fields], table.rows[0], strict=True)
    )
    assert (row["id"], row["bureau_path"]) == (key, "/330000/")
    assert (row["status"], row["deadline_version"], row["is_late"]) == ("pending", 1, False)
    assert (row["due_at"], row["return_reason"]) == (None, "")


def test_table_knows_no_other_columns():
    with pytest.raises(TypeError, match=r"Assignment has no \{'colour'\}"):
        Table(Assignment).add(colour="red")


@postgres
@pytest.mark.django_db(transaction=True)
def test_command_fills_an_empty_database_once():
    said = command(yes=True)

    assert said.splitlines()[4].split() == ["Assignment", "300"]
    with pytest.raises(CommandError, match="数据库中已有文件"):
        command(yes=True)
    assert Assignment.objects.count() == 300


@postgres
@pytest.mark.django_db(transaction=True)
def test_command_keeps_nothing_where_the_tree_has_too_few_bureaus():
    with pytest.raises(CommandError, match="只有3213个市场监管部门，不够4000个"):
        command(bureaus=4000, yes=True)

    assert not Bureau.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("wrong", [{"assignments": 0}, {"bureaus": 0}, {"assignments": -5}])
def test_command_refuses_a_number_that_is_none(wrong):
    with pytest.raises(CommandError, match="应是正整数"):
        command(yes=True, **wrong)


def test_command_refuses_production_whatever_is_said(settings):
    settings.APP_ENV = "production"

    with pytest.raises(CommandError, match="正式环境"):
        command(yes=True)


def test_command_asks_for_yes_where_debug_is_off():
    with pytest.raises(CommandError, match="请加 --yes"):
        command()


@pytest.mark.skipif(connection.vendor == "postgresql", reason="is about the others")
def test_command_refuses_another_database():
    with pytest.raises(CommandError, match="只用于 PostgreSQL"):
        command(yes=True)


@postgres
def test_command_refuses_a_database_in_use():
    factories.notice()

    with pytest.raises(CommandError, match="数据库中已有文件，未作改动"):
        command(yes=True)

    assert not Assignment.objects.exists()
