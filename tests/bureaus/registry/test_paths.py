import pytest
from django.db import connection

from bureaus import paths
from bureaus.models import Bureau
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """Codes that are each other's beginnings."""
    root = factories.central()
    two = factories.province("2", "甲省")
    factories.province("20", "乙省")
    factories.province("1", "丙省")
    factories.prefecture(two, "21", "甲市")
    return root


def codes(path):
    return list(Bureau.objects.filter(paths.subtree("path", path)).values_list("code", flat=True))


def test_child_path_ends_in_a_slash():
    assert paths.child(paths.ROOT, "330000") == "/330000/"
    assert paths.child("/330000/", "330100") == "/330000/330100/"


def test_subtree_is_the_bureau_and_what_lies_below(tree):
    assert codes("/2/") == ["2", "21"]


def test_bureau_whose_code_begins_alike_is_not_below(tree):
    assert "20" in codes("/")
    assert "20" not in codes("/2/")
    assert codes("/20/") == ["20"]


def test_subtree_of_the_root_is_everything(tree):
    assert codes("/") == ["100000", "1", "2", "21", "20"]


def test_subtree_follows_a_relation(tree):
    below = Bureau.objects.filter(paths.subtree("parent__path", "/2/"))

    assert [bureau.code for bureau in below] == ["21"]


def test_internal_unit_lies_below_its_office_only(tree):
    factories.internal_unit("N10")

    assert "N10" in codes("/")
    assert codes("/N10/") == ["N10"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite compares bytes by default")
@pytest.mark.parametrize(
    ("table", "column"), [("bureaus_bureau", "path"), ("notices_addressee", "path")]
)
def test_paths_are_compared_by_bytes_on_postgresql(table, column):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name FROM information_schema.columns"
            " WHERE table_name = %s AND column_name = %s",
            [table, column],
        )
        assert cursor.fetchone() == ("C",)


def test_paths_sort_by_bytes(tree):
    for code in ("a", "B"):
        factories.province(code, f"{code}省")

    assert list(Bureau.objects.values_list("path", flat=True)) == [
        "/", "/1/", "/2/", "/2/21/", "/20/", "/B/", "/a/",
    ]  # fmt: skip
