"""Which notice an upload is another copy of."""

from notices.models import Notice
from notices.states import GONE, NoticeState


def counterpart(notice: Notice) -> Notice | None:
    """The notice that an upload still to be checked is another copy of: the one that came before,
    else one that came later and was filed meanwhile."""
    if notice.state != NoticeState.TO_CHECK:
        return None
    if notice.twin_of and notice.twin_of.state not in GONE:
        return notice.twin_of
    filed = notice.twins.filter(state=NoticeState.FILED)
    return filed.select_related("bureau").order_by("filed_at", "pk").first()
