from datetime import UTC

import pytest
from django.core.management import CommandError, call_command

from audit import trail, verification
from audit.models import GENESIS, AuditEvent, Chain
from tests import factories
from tests.audit import tamper

pytestmark = pytest.mark.django_db
CHAIN = "330000"


@pytest.fixture(autouse=True)
def five_events():
    """The chain that is tampered with, between two that are not."""
    tamper.write("320000", 2)
    written = tamper.write(CHAIN, 5)
    tamper.write("340000", 2)
    return written


def faults():
    return [str(fault) for fault in verification.faults()]


def test_untouched_chains_have_no_fault():
    assert faults() == []


def test_no_events_at_all_are_no_fault():
    AuditEvent.objects.all()._raw_delete("default")
    Chain.objects.all().delete()

    assert faults() == []


@pytest.mark.parametrize("position", [1, 3, 5])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verb", "办结"),
        ("detail_json", '{"n":9}'),
        ("actor_name", "另一人"),
        ("at", factories.NOW.replace(year=2025)),
    ],
)
def test_altered_event_is_named(position, field, value):
    tamper.rows(CHAIN).filter(position=position).update(**{field: value})

    assert faults() == [f"330000#{position}: 内容被改动"]


def test_event_saved_again_through_its_model_is_named(five_events):
    event = five_events[2]
    event.verb = "办结"
    event.save()

    assert faults() == ["330000#3: 内容被改动"]


def test_event_altered_with_a_new_hash_breaks_the_next_one(five_events):
    event = five_events[2]
    event.verb = "办结"
    tamper.rows(CHAIN).filter(position=3).update(verb="办结", own_hash=event.computed_hash())

    assert faults() == ["330000#4: 与前一条不衔接：顺序被调换或前一条被替换"]


def test_last_event_altered_with_a_new_hash_does_not_fit_the_head(five_events):
    event = five_events[4]
    event.verb = "办结"
    tamper.rows(CHAIN).filter(position=5).update(verb="办结", own_hash=event.computed_hash())

    assert faults() == ["330000#5: 链尾哈希不符"]


@pytest.mark.parametrize(
    ("removed", "said"),
    [
        ([1], "330000#1: 第1条被删除"),
        ([3], "330000#3: 第3条被删除"),
        ([2, 3, 4], "330000#2: 第2至4条被删除"),
        ([5], "330000#5: 末尾1条被删除"),
        ([4, 5], "330000#4: 末尾2条被删除"),
        ([1, 2, 3, 4, 5], "330000#1: 末尾5条被删除"),
    ],
)
def test_removed_events_are_named(removed, said):
    tamper.rows(CHAIN).filter(position__in=removed).delete()

    assert faults() == [said]


def test_swapped_events_are_named():
    for old, new in ((2, 99), (3, 2), (99, 3)):
        tamper.rows(CHAIN).filter(position=old).update(position=new)

    altered, broken = "内容被改动", "与前一条不衔接：顺序被调换或前一条被替换"
    assert faults() == [
        f"330000#2: {broken}",
        f"330000#2: {altered}",
        f"330000#3: {broken}",
        f"330000#3: {altered}",
        f"330000#4: {broken}",
    ]


def test_event_moved_to_another_chain_is_missed_there_and_found_here():
    tamper.rows(CHAIN).filter(position=5).update(chain="340000", position=3)

    assert faults() == [
        "340000#3: 与前一条不衔接：顺序被调换或前一条被替换",
        "340000#3: 内容被改动",
        "330000#5: 末尾1条被删除",
        "340000#3: 多出未经系统写入的记录",
    ]


def test_forged_event_after_the_last_one_is_named(five_events):
    forged = AuditEvent(
        chain=CHAIN,
        position=6,
        at=factories.NOW.astimezone(UTC),
        actor_name="系统",
        verb="办结",
        previous_hash=five_events[4].own_hash,
    )
    forged.own_hash = forged.computed_hash()
    forged.save(force_insert=True)

    assert faults() == ["330000#6: 多出未经系统写入的记录"]


def test_deleted_head_is_named():
    Chain.objects.filter(name=CHAIN).delete()

    assert faults() == ["330000#5: 审计链的末尾记录被删除"]


def test_head_forged_to_hide_a_cut_tail_is_named():
    tamper.rows(CHAIN).filter(position=5).delete()
    Chain.objects.filter(name=CHAIN).update(length=4)

    assert faults() == ["330000#4: 链尾哈希不符"]


def test_head_set_back_is_named():
    Chain.objects.filter(name=CHAIN).update(length=0, tip=GENESIS)

    assert faults() == ["330000#1: 多出未经系统写入的记录"]


def test_writing_on_after_a_removal_does_not_heal_it():
    tamper.rows(CHAIN).filter(position=3).delete()

    trail.record("动作6", chain=CHAIN, by=None)

    assert faults() == ["330000#3: 第3条被删除"]


def test_command_counts_what_it_checked(capsys):
    call_command("verify_audit")

    assert capsys.readouterr().out == "审计链完整：3条链、9条记录\n"


def test_command_prints_the_heads_to_be_kept_elsewhere(capsys):
    call_command("verify_audit", heads=True)

    heads = capsys.readouterr().out.splitlines()[:-1]
    assert [head.split()[:2] for head in heads] == [
        ["320000", "2"],
        ["330000", "5"],
        ["340000", "2"],
    ]
    assert heads[1].split()[2] == Chain.objects.get(name=CHAIN).tip


def test_command_fails_and_prints_every_fault(capsys):
    tamper.rows(CHAIN).filter(position=2).update(verb="办结")
    tamper.rows("340000").filter(position=2).delete()

    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")

    assert capsys.readouterr().out.splitlines() == [
        "330000#2: 内容被改动",
        "340000#2: 末尾1条被删除",
    ]
    assert str(refused.value) == "审计链不完整：2处异常（共3条链、8条记录）"
    assert refused.value.returncode == 1
