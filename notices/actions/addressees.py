"""Which bureaus a notice is addressed to, and may therefore be read by."""

from collections.abc import Iterable

from bureaus.models import Bureau
from notices.models import Addressee, Notice


def add(notice: Notice, bureaus: Iterable[Bureau]) -> None:
    """Let these bureaus read the notice; part of the action that sends it to them.

    What is sent item by item is for the same ones, who are among them after the first.
    """
    known = set(Addressee.objects.filter(notice=notice).values_list("bureau", flat=True))
    missing = [bureau for bureau in bureaus if bureau.pk not in known]
    Addressee.objects.bulk_create(
        [
            Addressee(
                notice_id=notice.pk, bureau_id=bureau.pk, path=bureau.path
            )  # by keys: quicker
            for bureau in missing
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
