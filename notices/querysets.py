from collections.abc import Collection
from datetime import datetime

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from bureaus import visibility
from bureaus.roles import Permission
from notices.states import GONE, ClauseState, IntakeState, NoticeState


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user) -> "NoticeQuerySet":
        """What one's own office and those below it filed, and what was sent to a bureau one sees.

        What is still being checked is a draft: seen only by those who check it at that office.
        """
        own = visibility.visible(user, path="bureau__path", permission=Permission.CHECK)
        drafts = Q(bureau__in=user.bureaus_where(Permission.CHECK))
        addressed = visibility.visible(user, path="path")
        addressee = self.model.addressees.rel.related_model
        sent_here = Exists(addressee.objects.filter(addressed, notice=OuterRef("pk")))
        return self.filter(Q(own | Q(sent_here), state=NoticeState.FILED) | drafts)

    def to_check_by(self, user) -> "NoticeQuerySet":
        """Those that wait for this person, or others of the same office, to check them."""
        own = user.bureaus_where(Permission.CHECK)
        return self.filter(bureau__in=own, state=NoticeState.TO_CHECK)

    def same_number(self, doc_number: str) -> "NoticeQuerySet":
        return self.filter(doc_number=doc_number).exclude(state__in=GONE)

    def same_numbers(self, doc_numbers: Collection[str]) -> "NoticeQuerySet":
        return self.filter(doc_number__in=doc_numbers).exclude(state__in=GONE)

    def citing(self, doc_number: str) -> "NoticeQuerySet":
        """Those whose text names the notice of this number, and how (``cited_as``)."""
        naming = self.filter(citations__number=doc_number).exclude(state__in=GONE)
        return naming.annotate(cited_as=F("citations__kind"))

    def originals(self) -> "NoticeQuerySet":
        """Without the copies that were recognised as twins."""
        return self.filter(twin_of=None)

    def for_list(self) -> "NoticeQuerySet":
        """With how many reports each asks for, counted for the rows of the page alone, whether its
        files are kept, and whether a copy that was taken over left something to be decided."""
        clauses = self.model.clauses.rel.related_model.objects.reports().order_by()
        kept = clauses.exclude(state=ClauseState.REJECTED).filter(notice=OuterRef("pk"))
        open_ones = Q(state=ClauseState.PROPOSED) | Q(changes__decision="")
        waiting = clauses.filter(open_ones, notice=OuterRef("pk"))
        files = self.model.originals.rel.related_model.objects.of(OuterRef("pk"))
        count = kept.values("notice").annotate(count=Count("pk")).values("count")
        return (
            self.select_related("bureau", "twin_of")
            .annotate(
                clause_count=Coalesce(Subquery(count), 0),
                has_originals=Exists(files),
                has_changes=Exists(waiting),
            )
            .defer("body", "reading_json", "twin_of__body", "twin_of__reading_json")
        )


class ClauseQuerySet(models.QuerySet):
    def reports(self) -> "ClauseQuerySet":
        """What is to be handed in."""
        return self.filter(kind="report")

    def requirements(self) -> "ClauseQuerySet":
        """Dated work that is no report: shown, never issued."""
        return self.filter(kind="requirement")

    def confirmed(self) -> "ClauseQuerySet":
        return self.filter(state=ClauseState.CONFIRMED)


class OriginalQuerySet(models.QuerySet):
    """The files of copies that were merged into a notice belong to it as well."""

    def of(self, notice) -> "OriginalQuerySet":
        return self.filter(Q(notice=notice) | Q(notice__merged_as__notice=notice))

    def of_any(self, notices) -> "OriginalQuerySet":
        return self.filter(Q(notice__in=notices) | Q(notice__merged_as__notice__in=notices))


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user) -> "IntakeQuerySet":
        """Those of the offices for which one takes in notices."""
        own = visibility.visible(user, path="bureau__path", permission=Permission.IMPORT)
        return self.filter(own)

    def to_read(self, now: datetime) -> "IntakeQuerySet":
        """Not yet read, or left behind by a worker that died."""
        return self.on_their_way().filter(not_before__lte=now)

    def on_their_way(self) -> "IntakeQuerySet":
        """Those whose files are still to be read."""
        return self.filter(state__in=(IntakeState.WAITING, IntakeState.READING))
