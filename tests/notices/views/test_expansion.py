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


def test_each_part_says_in_a_word_what_becomes_of_it(client, address):
    factories.province(), factories.province("320000", "江苏省")
    text = "浙江、燕京、江苏省市场监管局，浙江省市场监管局，财政部，各有关单位"

    answer = client.get(address, {"recipients_text": text})

    shown = answer.context["expansion"].open_first
    assert [(part.text, part.word) for part in shown] == [
        ("浙江、燕京、江苏省市场监管局", "部分未确定"),
        ("各有关单位", "未确定"),
        ("浙江省市场监管局", "已确定"),
        ("财政部", "不建任务"),
    ]
    page = answer.content.decode()
    assert page.index("部分未确定") < page.index("已确定")
    assert "“燕京”：名单中没有这个单位" in page
    assert "2 处未确定，下发时要逐处说明" in page
    assert (
        "江苏省市场监管局、浙江省市场监管局" in page or "浙江省市场监管局、江苏省市场监管局" in page
    )


def test_many_units_are_folded_and_few_are_not(client, address):
    for number in range(7):
        factories.province(f"{number}10000", f"示例{number}省")

    many = client.get(address, {"recipients_text": "各省市场监管局"}).content.decode()
    few = client.get(address, {"recipients_text": "示例3省市场监管局"}).content.decode()

    assert '<span class="strong">7</span> 个' in many
    assert "<details" in many
    assert "<details" not in few
