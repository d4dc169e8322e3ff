import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(client):
    client.force_login(factories.coordinator())
    return reverse("notices:expansion", args=[factories.notice().pk])


def test_recipients_as_typed_are_shown_as_units(client, address):
    factories.province(), factories.province("320000", "江苏省")
    factories.internal_unit()

    answer = client.get(address, {"recipients_text": factories.RECIPIENTS})

    shown = answer.content.decode()
    assert [each.code for each in answer.context["expansion"].bureaus] == ["320000", "330000"]
    assert "江苏省市场监管局" in shown
    assert "质量发展局" in shown
    assert "<html" not in shown


def test_no_recipients_are_shown_as_none(client, address):
    answer = client.get(address)

    assert "未识别，下发时逐个选择" in answer.content.decode()


def test_expansion_is_only_looked_at(client, address):
    assert client.post(address).status_code == 405
