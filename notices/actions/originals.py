"""原件: the files of a notice as they were handed in, kept byte for byte."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from types import TracebackType

from notices.errors import NoticeError
from notices.files import media, store
from notices.intake import spool
from notices.models import Intake, Notice, Original
from notices.readers.paper import document as paper

logger = logging.getLogger(__name__)

ABANDONED = timedelta(days=1)
"""No import takes so long, and nobody comes back to one after so long."""

File = tuple[str, bytes]


class HandedIn:
    """The files of one import, given as (file name, content), until their notice is made.

    Nothing lies in the store before `keep`, which is called once all that may refuse the notice
    has been asked. A fault in the block removes what was written; what a process that dies in it
    leaves, `sweep` finds.
    """

    def __init__(self, files: Sequence[File] = (), *, is_scan: bool = False) -> None:
        self.files, self.is_scan = files, is_scan
        self._written: list[str] = []
        self._kept: list[Original] = []

    def __enter__(self) -> "HandedIn":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for name in self._written:
            if kind is None:
                store.settle(name)
            else:
                store.remove(name)

    def keep(self) -> None:
        """Write the files into the store, each content once. Raises NoticeError on a full disk."""
        for position, (name, data) in enumerate(self.files, start=1):
            digest = hashlib.sha256(data).hexdigest()
            self._kept.append(
                Original(
                    position=position,
                    file_name=media.plain_name(name),
                    content_type=media.media_type(name, data),
                    size=len(data),
                    digest=digest,
                    stored_name=self._place(digest, data),
                    pages=paper.count_pages(data),
                    is_scan=self.is_scan,
                )
            )

    def of(self, notice: Notice) -> list[Original]:
        """The rows for the notice that was made of the files; still to be stored."""
        for one in self._kept:
            one.notice = notice
        return self._kept

    def forget(self) -> None:
        """No notice was made of them: what was written for them goes again."""
        for name in self._written:
            store.remove(name)
        self._written.clear()
        self._kept.clear()

    @property
    def digests(self) -> list[str]:
        return [one.digest for one in self._kept]

    def _place(self, digest: str, data: bytes) -> str:
        """Where these bytes lie, written there unless they do already."""
        here = {one.digest: one.stored_name for one in self._kept}
        rows = Original.objects.filter(digest=digest).order_by("pk")
        known = here.get(digest) or rows.values_list("stored_name", flat=True).first()
        if known and store.holds(known):
            return known
        # A file that was lost comes back under its name, so that the older notice has it again.
        name = known or store.new_name()
        self._written.append(name)
        try:
            store.announce(name)
            with store.writing(name) as out:
                out.write(data)
        except OSError as fault:
            logger.exception("an original could not be stored")
            raise NoticeError("服务器存储空间不足或不能写入，没有导入。请联系系统管理员") from fault
        return name


def sweep(now: datetime) -> int:
    """Delete what imports that came to nothing have left behind; returns how many files."""
    before = now - ABANDONED
    return store.remove_unsettled(before, _is_kept) + spool.drop_forgotten(before, _is_waited_for)


def _is_kept(stored_name: str) -> bool:
    return Original.objects.filter(stored_name=stored_name).exists()


def _is_waited_for(spool_name: str) -> bool:
    return Intake.objects.on_their_way().filter(spool_name=spool_name).exists()
