import pytest

from reports.filling.asked_forms import regions_for
from tests import factories
from tests.reports.filled_templates import cells, filled
from tests.reports.importing import asked, downloaded, stored, take_in
from tests.reports.tables import BY_NUMBER

pytestmark = pytest.mark.django_db
BY_REGION = BY_NUMBER[7].definition


@pytest.fixture
def zhejiang():
    return factories.province()


def labels(bureau, definition=BY_REGION) -> list[str]:
    return [one.label for one in regions_for(definition, bureau)]


def test_rows_are_the_bureaus_right_below_in_administrative_order(zhejiang):
    ningbo = factories.prefecture(zhejiang, "330200", "宁波市")
    hangzhou = factories.prefecture(zhejiang)
    factories.county(hangzhou)
    factories.internal_unit("330000N1", "示例处")

    assert labels(zhejiang) == ["杭州市", "宁波市"]
    assert labels(hangzhou) == ["上城区"]
    assert labels(ningbo) == ["宁波市"]


def test_internal_unit_has_those_below_its_office(zhejiang):
    factories.province("110000", "北京市")

    assert labels(factories.internal_unit()) == ["北京市", "浙江省"]


def test_bureau_out_of_use_has_no_row(zhejiang):
    factories.prefecture(zhejiang)
    gone = factories.prefecture(zhejiang, "330200", "宁波市")
    gone.is_active = False
    gone.save()

    assert labels(zhejiang) == ["杭州市"]


@pytest.mark.parametrize("number", [1, 9, 11, 12])
def test_other_forms_have_no_rows_by_region(zhejiang, number):
    assert regions_for(BY_NUMBER[number].definition, zhejiang) is None


def test_template_has_the_rows_and_comes_back_with_them():
    task = asked(BY_REGION)
    factories.prefecture(task.bureau)
    factories.prefecture(task.bureau, "330200", "宁波市")
    data = downloaded(task)
    address = next(at for at, value in cells(data).items() if value == "宁波市")

    take_in(task, filled(data, {address.replace("A", "B"): 12}))

    content = stored(task)
    assert [one["label"] for one in content["regions"]] == ["杭州市", "宁波市"]
    assert content["items"]["330200"]["e"] == "12"
