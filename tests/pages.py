"""What the tests of the pages read in an answer."""

from django.contrib.messages import get_messages


def told(answer) -> list[str]:
    """The messages that the next page shows."""
    return [str(message) for message in get_messages(answer.wsgi_request)]
