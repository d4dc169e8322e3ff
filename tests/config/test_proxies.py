import pytest
from django.test import RequestFactory

from config.web.proxies import ClientAddressMiddleware


@pytest.mark.parametrize(
    ("sender", "forwarded", "client"),
    [
        ("10.0.0.5", None, "10.0.0.5"),
        ("10.0.0.5", "203.0.113.9", "10.0.0.5"),  # not a proxy of ours: its header is not believed
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9, 10.1.1.1", "203.0.113.9"),  # two proxies of ours in a row
        ("127.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),  # the first one is invented
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "2001:db8::7", "2001:db8::7"),
    ],
)
def test_client_address(settings, sender, forwarded, client):
    settings.TRUSTED_PROXIES = ["127.0.0.1", "10.1.1.1"]
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=sender)

    seen = ClientAddressMiddleware(lambda request: request.META["REMOTE_ADDR"])(request)

    assert seen == client
