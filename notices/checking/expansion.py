"""From the words of 主送 to the bureaus they mean, through the registry."""

from dataclasses import dataclass, field

from django.db.models import Q

from bureaus import paths
from bureaus.models import Bureau
from bureaus.querysets import BureauQuerySet
from notices.text.recipients.recipients import Selector, parse

BINGTUAN = "660000"


@dataclass(frozen=True)
class Expansion:
    """``bureaus`` get tasks; ``internal`` are the issuer's own units; the rest is only shown."""

    bureaus: list[Bureau] = field(default_factory=list)
    internal: list[Bureau] = field(default_factory=list)
    others: tuple[str, ...] = ()
    needs_choice: tuple[str, ...] = ()


def expand(recipients_text: str, *, issuer: Bureau) -> Expansion:
    """What a notice of ``issuer`` addresses; empty where it names nobody."""
    if not recipients_text.strip():
        return Expansion()
    expression = parse(recipients_text)
    rule = Q(pk__in=())
    for selector in expression.selectors:
        rule |= _rule(selector, issuer)
    below = Bureau.objects.active().territorial().filter(paths.subtree("path", issuer.path))
    return Expansion(
        bureaus=list(below.filter(rule)),
        internal=_internal(expression.internal, issuer),
        others=expression.others,
        needs_choice=(*expression.needs_choice, *_unknown(expression.selectors, below)),
    )


def _rule(selector: Selector, issuer: Bureau) -> Q:
    match selector.kind:
        case "provinces":
            rule = Q(rank=Bureau.Rank.PROVINCE)
            if not selector.with_bingtuan:
                rule &= ~Q(code=BINGTUAN)
            if selector.with_plan_cities:
                rule |= Q(is_planned_city=True)
            if selector.with_sub_provincial:
                rule |= Q(is_sub_provincial=True)
        case "prefectures":
            rule = Q(rank=Bureau.Rank.PREFECTURE, parent=issuer)
        case "counties":
            rule = Q(rank=Bureau.Rank.COUNTY, parent=issuer)
        case _:
            rule = _named(selector.names)
    if selector.exceptions:
        rule &= ~_named(selector.exceptions)
    return rule


def _named(names: tuple[str, ...]) -> Q:
    """Units by the name of their region or their own; 北京 is 北京市, but 吉林 is not 吉林市."""
    rule = Q(pk__in=())
    for name in names:
        provinces = Q(rank=Bureau.Rank.PROVINCE, region__startswith=name)
        alias = f"{name}市场监管"  # 兵团市场监管局; aliases stand one a line
        known_as = Q(aliases__startswith=alias) | Q(aliases__contains=f"\n{alias}")
        rule |= provinces | Q(region=name) | Q(short_name=name) | Q(name=name) | known_as
    return rule


def _unknown(selectors: tuple[Selector, ...], below: BureauQuerySet) -> list[str]:
    """Names that fit no bureau: nobody may be left out, or in, without a word."""
    names = [name for each in selectors for name in (*each.names, *each.exceptions)]
    return [name for name in names if not below.filter(_named((name,))).exists()]


def _internal(phrases: tuple[str, ...], issuer: Bureau) -> list[Bureau]:
    said = "".join(phrases)
    kinds = [kind for kind, word in (("司局", "司局"), ("直属单位", "直属")) if word in said]
    return list(
        Bureau.objects.internal_units().active().filter(parent=issuer, region_kind__in=kinds)
    )
