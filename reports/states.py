"""The fixed words of snapshots and productions."""

from django.db import models


class EntryState(models.TextChoices):
    IN = "in", "已报"
    NIL = "nil", "零报告"
    MISSING = "missing", "未报"


class ProductionKind(models.TextChoices):
    ROLL_UP = "roll_up", "汇总表"
    ORIGINALS = "originals", "各单位原表"
    PACKAGE = "package", "报送包"
    LEDGER = "ledger", "台账"
    SUMMARY = "summary", "总结"


class ProductionState(models.TextChoices):
    WAITING = "waiting", "排队中"
    RUNNING = "running", "生成中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已取消"
