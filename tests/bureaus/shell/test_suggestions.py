import re

import pytest

from bureaus.models import Bureau
from bureaus.roles import Role
from bureaus.views import suggestions
from tests import factories

pytestmark = pytest.mark.django_db

URL = "/bureaus/suggest/"


def offered(client, words: str) -> list[tuple[str, str]]:
    answer = client.get(URL, {"q": words})
    assert answer.status_code == 200
    return re.findall('<option value="(.*?)">(.*?)</option>', answer.content.decode())


@pytest.fixture
def city():
    factories.province("320000", "江苏省")
    return factories.prefecture(factories.province())


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("杭州", ["330100"]),
        ("33", ["330000", "330100"]),
        ("市场监管", ["330000", "330100"]),
        ("监督管理局", ["330000", "330100"]),
        ("江苏", []),
        ("320000", []),
        ("总局", []),
        ("", []),
        ("  ", []),
        ("\0", []),
        ("%", []),
        ("字" * 5000, []),
    ],
)
def test_units_one_may_see_are_offered(client, city, words, codes):
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    assert [value.split()[-1] for value, _ in offered(client, words)] == codes


def test_an_offer_says_the_unit_and_what_is_above_it(client, city):
    client.force_login(factories.coordinator())

    assert offered(client, "杭州") == [("杭州市市场监管局 330100", "浙江省市场监管局")]


def test_at_most_twenty_are_offered(client):
    client.force_login(factories.coordinator())
    for number in range(11, 41):
        factories.province(f"{number}0000", f"示例{number}省")

    assert len(offered(client, "示例")) == suggestions.SHOWN == 20


def test_a_closed_unit_is_not_offered(client, city):
    client.force_login(factories.coordinator())
    Bureau.objects.filter(pk=city.pk).update(is_active=False)

    assert offered(client, "杭州") == []


@pytest.mark.parametrize(
    "role", [Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR]
)
def test_administrators_are_offered_nothing(client, city, role):
    client.force_login(factories.staff(role, factories.central()))

    assert offered(client, "杭州") == []


def test_names_are_escaped(client, city):
    client.force_login(factories.coordinator())
    Bureau.objects.filter(pk=city.pk).update(short_name='"><script>')

    page = client.get(URL, {"q": "330100"}).content.decode()

    assert "<script>" not in page
    assert "&quot;&gt;&lt;script&gt; 330100" in page


def test_suggestions_only_answer_to_get(client):
    client.force_login(factories.coordinator())

    assert client.post(URL).status_code == 405
