"""What a notice is found by; part of the actions that write its title, number or text."""

from bureaus.search import keeping
from notices.models import Notice, NoticeText, search_text


def keep(notice: Notice) -> None:
    """Write it as the notice stands now."""
    keeping.keep(NoticeText, [notice], search_text)
