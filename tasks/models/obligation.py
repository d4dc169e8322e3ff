from datetime import datetime, timedelta

from django.db import models

from bureaus.models import Bureau, Staff
from notices.models import Clause, Notice
from notices.states import DOCUMENT_LENGTH, EvidenceKind
from tasks.querysets.obligations import ObligationQuerySet
from tasks.states import CountsFrom, ObligationState

TAKE_BACK = timedelta(minutes=15)  # after it went out; no mail leaves before, but of what is urgent


class Obligation(models.Model):
    """任务事项: one thing to hand in by one date, as issued to a number of bureaus.

    ``parent`` is the assignment that the issuer has split among the bureaus below (转发分解), None
    for what a notice itself asks. A recurring clause makes one obligation a ``period``.
    Where it ``counts_from`` 签收 its own dates are those of a bureau that does not sign;
    ``event_on`` is the day, once it is known, from which it counts otherwise; where
    ``event_by_bureau``, each bureau enters one of its own with its assignment.
    """

    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="obligations", verbose_name="依据文件"
    )
    clause = models.ForeignKey(
        Clause, models.PROTECT, related_name="obligations", null=True, verbose_name="依据条款"
    )
    parent = models.ForeignKey(
        "tasks.Assignment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="splits",
        verbose_name="由此任务分解",
    )
    period = models.CharField("期次", max_length=30, blank=True)
    issuer = models.ForeignKey(Bureau, models.PROTECT, related_name="+", verbose_name="下发单位")
    state = models.CharField("状态", max_length=10, choices=ObligationState, default="issued")
    title = models.CharField("事项", max_length=300)
    quote = models.TextField("原文")
    attachment_numbers = models.CharField("附件", max_length=40, blank=True)
    evidence = models.CharField("随报材料", max_length=40, blank=True)
    document = models.CharField("随报文件名称", max_length=DOCUMENT_LENGTH, blank=True)
    due_at = models.DateTimeField("截止时间", null=True, blank=True)
    strict_on = models.DateField("最严读法", null=True, blank=True)
    target_at = models.DateTimeField("目标时间", null=True, blank=True)
    review_on = models.DateField("复核日", null=True, blank=True)
    explanation = models.TextField("时限说明", blank=True)
    counts_from = models.CharField(
        "起算", max_length=8, choices=CountsFrom, default=CountsFrom.DAY, blank=True
    )
    event_on = models.DateField("起算之日", null=True, blank=True)
    event_by_bureau = models.BooleanField("起算之日由各单位填写", default=False)
    deadline_version = models.PositiveSmallIntegerField("时限版本", default=1)
    soon_workdays = models.PositiveSmallIntegerField("临期工作日数", default=3)
    need = models.CharField("确需报送的理由", max_length=200, blank=True)
    issued_at = models.DateTimeField("下发时间")
    issued_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, related_name="+", verbose_name="下发人"
    )

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务事项"
        ordering = ("notice", "pk")
        indexes = [
            # those that fall due from now on are few: which periods are later (``later()``)
            models.Index(
                fields=["due_at"], condition=models.Q(state="issued"), name="obligation_due_idx"
            ),
            # the order of the statistics: those that went out last
            models.Index(fields=["-issued_at", "-id"], name="obligation_issued_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.period}）" if self.period else self.title

    @property
    def take_back_until(self) -> datetime:
        """Until then it can be taken back where nobody has signed for it."""
        return self.issued_at + TAKE_BACK

    @property
    def open_doubt(self):
        """Why its deadline is in doubt since the working days changed, until that is decided."""
        doubt = getattr(self, "doubt", None)
        return doubt if doubt and doubt.is_open else None

    @property
    def attachments_referred(self) -> list[int]:
        return [int(number) for number in self.attachment_numbers.split(",") if number]

    @property
    def evidence_kinds(self) -> list[EvidenceKind]:
        """What is asked for beside the forms; nothing else is taken."""
        return [EvidenceKind(kind) for kind in self.evidence.split(",") if kind]

    def called(self, kind: EvidenceKind) -> str:
        """What this obligation calls a kind of 随报材料."""
        is_named = kind == EvidenceKind.FILE and self.document
        return self.document if is_named else kind.label

    @property
    def evidence_names(self) -> list[str]:
        return [self.called(kind) for kind in self.evidence_kinds]

    @property
    def asks_sealed(self) -> bool:
        return EvidenceKind.SEALED in self.evidence_kinds
