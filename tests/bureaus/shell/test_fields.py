import pytest
from django import forms

from bureaus.forms.unit_field import BureauField, written
from bureaus.models import Bureau
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureaus():
    """Two provinces, a city and two counties; two of them share a part of their names."""
    province = factories.province()
    factories.province("320000", "江苏省")
    city = factories.prefecture(province)
    for code, name in (("330106", "杭州市西湖区"), ("330110", "杭州市余杭区")):
        Bureau.objects.create(
            code=code,
            name=f"{name}市场监督管理局",
            short_name=f"{name}市场监管局",
            rank=Bureau.Rank.COUNTY,
            parent=city,
            path=f"{city.path}{code}/",
            aliases="西湖局" if code == "330106" else "",
        )
    return Bureau.objects.all()


def cleaned(words: str, bureaus) -> str | None:
    field = BureauField(required=False)
    field.bureaus = bureaus
    found = field.clean(words)
    return found and found.code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("330000", "330000"),
        (" 330106 ", "330106"),
        ("杭州市西湖区市场监管局 330106", "330106"),
        ("任何名称 330106", "330106"),
        ("杭州市市场监管局", "330100"),
        ("杭州市市场监督管理局", "330100"),
        ("浙江", "330000"),
        ("西湖", "330106"),
        ("西湖局", "330106"),
        ("", None),
        ("   ", None),
    ],
)
def test_field_takes_a_code_a_name_or_a_part_of_it(bureaus, words, code):
    assert cleaned(words, bureaus) == code


def test_field_takes_what_the_suggestions_offer(bureaus):
    for bureau in bureaus:
        assert cleaned(written(bureau), bureaus) == bureau.code


def test_whole_name_goes_before_the_names_that_hold_it(bureaus):
    Bureau.objects.create(
        code="Z1", name="x", short_name="杭州市市场监管局开发区分局", rank="zone", path="/Z1/"
    )

    assert cleaned("杭州市市场监管局", bureaus) == "330100"


def test_a_code_goes_before_a_name_that_holds_it(bureaus):
    Bureau.objects.create(code="Z1", name="330106", short_name="330106", rank="zone", path="/Z1/")

    assert cleaned("330106", bureaus) == "330106"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("示例", "没有找到单位“示例”，请填写本单位或下级单位的名称或代码"),
        (
            "杭州市",
            "与“杭州市”相符的单位不止一个，请写明其中一个：杭州市市场监管局 330100、"
            "杭州市西湖区市场监管局 330106、杭州市余杭区市场监管局 330110",
        ),
        (
            "3301",
            "与“3301”相符的单位不止一个，请写明其中一个：杭州市市场监管局 330100、"
            "杭州市西湖区市场监管局 330106、杭州市余杭区市场监管局 330110",
        ),
        (
            "市场监管局",
            "与“市场监管局”相符的单位不止一个，请写明其中一个：江苏省市场监管局 320000、"
            "浙江省市场监管局 330000、杭州市市场监管局 330100、杭州市西湖区市场监管局 330106等",
        ),
    ],
)
def test_words_that_fit_none_or_several_are_refused_with_what_they_fit(bureaus, words, message):
    with pytest.raises(forms.ValidationError) as refused:
        cleaned(words, bureaus)

    assert refused.value.messages == [message]


def test_field_knows_only_the_units_it_was_given(bureaus):
    here = bureaus.under(Bureau.objects.get(code="330100"))

    assert cleaned("330106", here) == "330106"
    for words in ("320000", "江苏", "浙江省市场监管局"):
        with pytest.raises(forms.ValidationError, match="没有找到"):
            cleaned(words, here)


def test_field_without_units_finds_none(bureaus):
    with pytest.raises(forms.ValidationError, match="没有找到"):
        BureauField().clean("330000")
