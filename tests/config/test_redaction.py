import logging

import pytest

from config.web.redaction import WithoutFeedSecrets


def logged(message: str, *args) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    assert WithoutFeedSecrets().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    ("message", "args", "said"),
    [
        ("%s: %s", ("Not Found", "/calendar/feed/s3-cr_t.ics"), "Not Found: /calendar/feed/…"),
        (
            '"GET /calendar/feed/s3cret.ics HTTP/1.1" 200 5',
            (),
            '"GET /calendar/feed/… HTTP/1.1" 200 5',
        ),
        ("%s: %s", ("Not Found", "/calendar/"), "Not Found: /calendar/"),
        ("100%", (), "100%"),
    ],
)
def test_log_does_not_tell_the_secret_of_a_feed(message, args, said):
    assert logged(message, *args) == said


def test_every_handler_cuts_it_out(settings):
    handlers = settings.LOGGING["handlers"].values()

    assert [handler["filters"] for handler in handlers] == [["feed_secrets"]] * len(handlers)
