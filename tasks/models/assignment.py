from datetime import datetime

from django.db import models
from django.db.models import Q

from bureaus.models import Bureau, Staff
from bureaus.paths import PathField
from tasks.models.obligation import Obligation
from tasks.querysets.assignments import SENT_AT, AssignmentQuerySet
from tasks.states import HANDED_IN, OPEN, WITH_BUREAU, WITH_RECEIVER, SealedCopy, Side, Status


def among(*statuses: Status) -> Q:
    return Q(status__in=[status.value for status in statuses])


# Nine rows in ten are closed; the indexes of the others stay small.
IS_OPEN = among(*OPEN)
IS_WITH_OTHERS = among(*WITH_RECEIVER, Status.DECLINED)
IS_NOT_CLOSED = among(*(status for status in Status if status != Status.CLOSED))


def both_or_neither(instant: str, person: str, *, name: str) -> models.CheckConstraint:
    """A stamp has a time exactly where it has a person."""
    both = Q(**{f"{instant}__isnull": False, f"{person}__isnull": False})
    neither = Q(**{f"{instant}__isnull": True, f"{person}__isnull": True})
    return models.CheckConstraint(condition=both | neither, name=name)


def stamp(verbose_name: str) -> models.ForeignKey:
    """Who did it. Not indexed: nobody asks for all rows of a person, and there are ten million."""
    return models.ForeignKey(
        Staff,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
        db_index=False,
    )


class Assignment(models.Model):
    """分派: what one bureau owes for one obligation, its three dates and where it stands.

    ``due_at`` decides overdue: of the present round, for a return or a correction sets a new one
    and ``DeadlineChange`` keeps the old. ``strict_on`` is the strictest reading of the words,
    ``target_at`` the end of the last working day at or before it: reminders go by that one.
    ``is_late`` is settled when it is first handed in and never changes after.
    In a correction (``is_correction``) the report of the round before stands until the new one
    is in.
    ``event_on`` is the bureau's own day of what its deadline counts from, where the obligation
    leaves it to each bureau.
    ``bureau_path`` repeats the bureau's path, so that any subtree of ten million rows is a range.
    """

    # The indexes below begin with these columns or the path; one of their own would be a second.
    obligation = models.ForeignKey(
        Obligation,
        models.PROTECT,
        related_name="assignments",
        verbose_name="任务事项",
        db_index=False,
    )
    bureau = models.ForeignKey(
        Bureau,
        models.PROTECT,
        related_name="assignments",
        verbose_name="责任单位",
        db_index=False,
    )
    bureau_path = PathField("单位路径")
    receiver = models.ForeignKey(
        Bureau, models.PROTECT, related_name="+", verbose_name="核收单位", db_index=False
    )
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.PENDING)
    due_at = models.DateTimeField("截止时间", null=True, blank=True)
    strict_on = models.DateField("最严读法", null=True, blank=True)
    target_at = models.DateTimeField("目标时间", null=True, blank=True)
    review_on = models.DateField("复核日", null=True, blank=True)
    event_on = models.DateField("本单位起算之日", null=True, blank=True)
    deadline_version = models.PositiveSmallIntegerField("时限版本", default=1)
    round_number = models.PositiveSmallIntegerField("报送轮次", default=1)
    is_correction = models.BooleanField("本轮为更正重报", default=False)
    handler = models.ForeignKey(
        Staff,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handled",
        verbose_name="承办人",
        db_index=False,
    )
    accepted_at = models.DateTimeField("签收时间", null=True, blank=True)
    accepted_by = stamp("签收人")
    filled_by = stamp("填报人")
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    submitted_by = stamp("签发人")
    is_late = models.BooleanField("迟报", default=False)
    is_nil = models.BooleanField("零报告", default=False)
    sealed_copy = models.CharField(
        "盖章件", max_length=4, choices=SealedCopy, default=SealedCopy.NONE, blank=True
    )
    resubmitted_at = models.DateTimeField("补正报送时间", null=True, blank=True)
    is_resubmitted_late = models.BooleanField("补正迟报", default=False)
    closed_at = models.DateTimeField("核收时间", null=True, blank=True)
    closed_by = stamp("核收人")
    struck_at = models.DateTimeField("销号时间", null=True, blank=True)
    struck_by = stamp("销号人")
    return_reason = models.TextField("退回原因", blank=True)
    suggested = models.ForeignKey(
        Bureau,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="建议转办单位",
        db_index=False,
    )
    passed_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="转办去向",
        db_index=False,
    )

    # Has to be looked for, where AssignmentQuerySet.with_signs has not said that there is none.
    is_split = was_urged = was_extended = True

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ("bureau_path", "pk")
        constraints = [
            models.UniqueConstraint(fields=["obligation", "bureau"], name="assignment_once_uniq"),
            both_or_neither("accepted_at", "accepted_by", name="assignment_accepted_pair"),
            both_or_neither("submitted_at", "submitted_by", name="assignment_submitted_pair"),
            both_or_neither("closed_at", "closed_by", name="assignment_closed_pair"),
            both_or_neither("struck_at", "struck_by", name="assignment_struck_pair"),
        ]
        indexes = [
            # Lists of open ones, of the whole country or any part of it, in the order of a date.
            # The last columns let an index pass over overdue ones, or count, without the table.
            models.Index(
                fields=["target_at", "bureau_path", "due_at"],
                condition=IS_OPEN,
                name="assign_open_target_idx",
            ),
            models.Index(
                fields=["due_at", "bureau_path", "status"],
                condition=IS_OPEN,
                name="assign_open_due_idx",
            ),
            models.Index(
                fields=["bureau_path", "due_at", "status"],
                condition=IS_OPEN,
                name="assign_open_place_idx",
            ),
            models.Index(
                fields=["receiver", "target_at", "bureau_path"],
                condition=IS_WITH_OTHERS,
                name="assign_receiver_idx",
            ),
            # the same orders for lists of all, a month of the calendar among them
            models.Index(fields=["target_at", "bureau_path"], name="assign_any_target_idx"),
            models.Index(fields=["due_at", "bureau_path"], name="assign_any_due_idx"),
            models.Index(fields=["bureau_path", "due_at"], name="assign_any_place_idx"),
            models.Index(SENT_AT, "bureau_path", name="assign_any_sent_idx"),
            # Counts. With all that statistics count, which PostgreSQL then reads from here alone.
            models.Index(
                fields=["obligation", "bureau_path", "status"],
                include=["submitted_at", "due_at", "is_late"],
                name="assign_oblig_idx",
            ),
            models.Index(fields=["bureau_path", "status"], name="assign_path_status_idx"),
            models.Index(
                fields=["status", "bureau_path"],
                condition=IS_NOT_CLOSED,
                name="assign_status_idx",
            ),
            models.Index(
                fields=["handler", "status"],
                condition=Q(handler__isnull=False),
                name="assign_handler_idx",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bureau} {self.obligation}"

    @property
    def issuer(self) -> Bureau:
        return self.obligation.issuer

    @property
    def is_owed(self) -> bool:
        return self.status in WITH_BUREAU

    @property
    def is_handed_in(self) -> bool:
        return self.status in HANDED_IN

    @property
    def has_report(self) -> bool:
        """Does what it has handed in count? The same as ``reported()`` of the querysets."""
        return self.status in HANDED_IN or (self.is_correction and self.is_owed)

    def is_past(self, moment: datetime) -> bool:
        """Has the last second of the present round gone by at this moment?"""
        return self.due_at is not None and moment.replace(microsecond=0) > self.due_at

    def at(self, side: Side) -> Bureau:
        """The bureau that stands on a side of this assignment."""
        return getattr(self, side)

    def key_at(self, side: Side) -> int:
        """The key of that bureau, without reading it."""
        return self.obligation.issuer_id if side == Side.ISSUER else getattr(self, f"{side}_id")
