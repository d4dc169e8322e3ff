import pytest

from notices.pages.contacts import mask, masked


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("010-00001234", "010-****1234"),
        ("(0571) 00001234", "0571-****1234"),
        ("13000001234", "****1234"),
    ],
)
def test_telephone_keeps_area_and_last_four_digits(phone, shown):
    assert mask(phone) == shown


def test_contact_without_name_or_telephone_is_left_out():
    contacts = [
        {"name": "示例联系人", "phones": ["010-00000000"], "email": "a@example.test"},
        {"name": None, "phones": [], "email": "b@example.test"},
    ]

    assert masked(contacts) == [{"name": "示例联系人", "phones": ["010-****0000"]}]
