"""Signs that nobody sees do not keep a day from being read."""

import pytest

from notices.text.reading import read
from tests.notices.secret_files import NOTICE


@pytest.mark.parametrize("place", ["2026{}年8月20日", "2026年8{}月20日", "2026年8月2{}0日"])
@pytest.mark.parametrize(
    "sign", ["\xad", "\u200b", "\u200e", "\u202c", "\u2060", "\ufeff", "\ufe0f"]
)
def test_day_with_such_a_sign_in_it(sign: str, place: str) -> None:
    text = "\n".join([*NOTICE[:5], f"请于{place.format(sign)}前报送整改台账。", *NOTICE[5:]])

    dates = [one["deadline"]["date"] for one in read(text).as_json()["obligations"]]

    assert "2026-08-20" in dates
