import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from bureaus.login.passwords import RULE, ThreeOfFourClassesValidator


@pytest.mark.parametrize(
    "password", ["Abcdefghi1", "abcdefgh1!", "ABCDEFGH1!", "Abcdefgh-x", "密Ab密密密密密密密"]
)
def test_three_classes_are_enough(password):
    ThreeOfFourClassesValidator().validate(password)


@pytest.mark.parametrize(
    "password", ["abcdefghij", "abcdefgh12", "ABCdefghij", "1234567890", "密密密密密密密密密a"]
)
def test_fewer_are_refused(password):
    with pytest.raises(ValidationError) as refused:
        ThreeOfFourClassesValidator().validate(password)

    assert refused.value.messages == [RULE]


@pytest.mark.parametrize(
    ("password", "code"),
    [("Ab1!efghi", "password_too_short"), ("abcdefghij12", "password_too_few_classes")],
)
def test_settings_put_the_rules_in_force(password, code):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)

    assert [error.code for error in refused.value.error_list] == [code]


def test_good_password_passes_all_rules():
    validate_password("Quiet-River-52")
