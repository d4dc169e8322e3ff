"""Walks the chains and says which row was altered, removed or moved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum

from audit.models import GENESIS, AuditEvent, Chain, Verification


@dataclass(frozen=True)
class Fault:
    chain: str
    position: int
    what: str

    def __str__(self) -> str:
        return f"{self.chain}#{self.position}: {self.what}"


def verify(now: datetime) -> list[Fault]:
    """Walk all chains and keep when, and how many faults there were. Returns the faults."""
    size = Chain.objects.aggregate(chains=Count("pk"), events=Sum("length"))
    found = list(faults())
    Verification.objects.create(
        made_at=now,
        chain_count=size["chains"],
        event_count=size["events"] or 0,
        fault_count=len(found),
    )
    return found


def faults() -> Iterator[Fault]:
    """Every break in every chain, in order. None where nobody touched the table.

    What it cannot notice: somebody who rewrites a whole chain and its head. For that,
    keep the head hashes it prints somewhere else.
    """
    heads = {head.name: head for head in Chain.objects.all()}
    seen: dict[str, tuple[int, str]] = {}
    for event in AuditEvent.objects.order_by("chain", "position").iterator(2000):
        position, previous = seen.get(event.chain, (0, GENESIS))
        if event.position > position + 1:
            first, last = position + 1, event.position - 1
            span = f"第{first}条" if first == last else f"第{first}至{last}条"
            yield Fault(event.chain, first, f"{span}被删除")
        elif event.previous_hash != previous:
            yield Fault(event.chain, event.position, "与前一条不衔接：顺序被调换或前一条被替换")
        if event.computed_hash() != event.own_hash:
            yield Fault(event.chain, event.position, "内容被改动")
        seen[event.chain] = (event.position, event.own_hash)
    for name in sorted(heads.keys() | seen.keys()):
        yield from _tail_faults(name, heads.get(name), seen.get(name, (0, GENESIS)))


def _tail_faults(name: str, head: Chain | None, last: tuple[int, str]) -> Iterator[Fault]:
    position, tip = last
    if head is None:
        yield Fault(name, position, "审计链的末尾记录被删除")
    elif head.length > position:
        yield Fault(name, position + 1, f"末尾{head.length - position}条被删除")
    elif head.length < position:
        yield Fault(name, head.length + 1, "多出未经系统写入的记录")
    elif head.tip != tip:
        yield Fault(name, position, "链尾哈希不符")
