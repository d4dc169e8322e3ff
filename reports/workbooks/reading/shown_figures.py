"""A figure as its number format shows it: 125000 by 0!.0,"万元" as 12.5万元."""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from reports.workbooks.reading.number_formats import Section, Token

_ROUNDING = Context(prec=60, rounding=ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """With the digits that it has, never with an exponent."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown_figure(value: Decimal, section: Section, *, minus: bool) -> str | None:
    """The text; None where the format has what is not known here (Chinese numerals)."""
    tokens = section.tokens
    if section.numerals and any(kind in {"digit", "general"} for kind, _ in tokens):
        return None
    kinds = [kind for kind, _ in tokens]
    value = abs(value).scaleb(2 * kinds.count("%"))
    text: str | None
    if "power" in kinds:
        text = _with_power(value, tokens)
    elif "/" in kinds and "digit" in kinds:
        text = _as_fraction(value, tokens)
    elif "digit" in kinds:
        text = _as_decimal(value, tokens)
    else:
        text = "".join(
            plain(value) if kind == "general" else _said(kind, said) for kind, said in tokens
        )
    if text is None:
        return None
    is_nothing = minus and not any(char in "123456789" for char in text) and "digit" in kinds
    return f"-{text}" if minus and not is_nothing else text


def _said(kind: str, text: str) -> str:
    """What a token that is no place of a digit shows."""
    return {"text": text, "gap": " ", "fill": "", "digit": ""}.get(kind, text)


def _as_decimal(value: Decimal, tokens: tuple[Token, ...]) -> str:
    kinds = [kind for kind, _ in tokens]
    places = [at for at, kind in enumerate(kinds) if kind == "digit"]
    point = kinds.index(".") if "." in kinds else len(kinds)
    whole, part = [at for at in places if at < point], [at for at in places if at > point]
    scaling = _commas_after(kinds, whole[-1] if whole else -1) + (
        _commas_after(kinds, part[-1]) if part else 0
    )
    value = value.scaleb(-3 * scaling).quantize(Decimal(1).scaleb(-len(part)), context=_ROUNDING)
    before, _, after = format(value, "f").partition(".")
    is_grouped = any(kinds[at] == "," for at in range(whole[0], whole[-1])) if whole else False
    digits = _whole_digits(before, [tokens[at][1] for at in whole], is_grouped=is_grouped)
    digits += _part_digits(after, [tokens[at][1] for at in part])
    by_place = dict(zip([*whole, *part], digits, strict=True))
    if not whole and before != "0":
        by_place[point] = f"{before}."
    return "".join(
        by_place.get(at, "" if kind == "," else _said(kind, said))
        for at, (kind, said) in enumerate(tokens)
    )


def _commas_after(kinds: list[str], at: int) -> int:
    """Each comma behind the last place divides by 1000."""
    count = 0
    while at >= 0 and at + 1 + count < len(kinds) and kinds[at + 1 + count] == ",":
        count += 1
    return count


def _whole_digits(digits: str, places: list[str], *, is_grouped: bool) -> list[str]:
    """What stands at each place before the point; the first takes all that is left over."""
    digits = "" if digits == "0" else digits
    found: list[str] = []
    for number, place in enumerate(reversed(places)):
        at = len(digits) - 1 - number
        must = place == "0" or "0" in places[: len(places) - 1 - number]
        one = digits[at] if at >= 0 else "0" if must else " " if place == "?" else ""
        found.append(
            one + ("," if is_grouped and number and not number % 3 and one.strip() else "")
        )
    found.reverse()
    if places and len(digits) > len(places):
        more = ""
        for number, one in enumerate(reversed(digits[: len(digits) - len(places)]), len(places)):
            more = one + ("," if is_grouped and not number % 3 else "") + more
        found[0] = more + found[0]
    return found


def _part_digits(digits: str, places: list[str]) -> list[str]:
    """What stands at each place behind the point: zeros at the end only where the format asks."""
    used = len(digits.rstrip("0"))
    last = max((at for at, place in enumerate(places) if place == "0"), default=-1)
    return [
        digit if at < used or at <= last else " " if place == "?" else ""
        for at, (digit, place) in enumerate(zip(digits, places, strict=True))
    ]


def _with_power(value: Decimal, tokens: tuple[Token, ...]) -> str:
    cut = next(at for at, (kind, _) in enumerate(tokens) if kind == "power")
    end = cut + 1
    while end < len(tokens) and tokens[end][0] == "digit":
        end += 1
    kinds = [kind for kind, _ in tokens[:cut]]
    point = kinds.index(".") if "." in kinds else len(kinds)
    whole, part = kinds[:point].count("digit") or 1, kinds[point:].count("digit")
    power = value.adjusted() if value else 0
    power -= power % whole
    mantissa = value.scaleb(-power).quantize(Decimal(1).scaleb(-part), context=_ROUNDING)
    if mantissa >= 10**whole:
        power += whole
    sign = "-" if power < 0 else "+" if tokens[cut][1].endswith("+") else ""
    head = _as_decimal(value.scaleb(-power), tokens[:cut])
    tail = "".join(_said(kind, said) for kind, said in tokens[end:])
    return f"{head}E{sign}{str(abs(power)).zfill(end - cut - 1)}{tail}"


def _as_fraction(value: Decimal, tokens: tuple[Token, ...]) -> str | None:
    """1.5 by # ?/? as 1 1/2; by # ?/4 as 1 2/4."""
    stroke = next(at for at, (kind, _) in enumerate(tokens) if kind == "/")
    above = stroke
    while above and tokens[above - 1][0] == "digit":
        above -= 1
    below = tokens[stroke + 1 :]
    said = "".join(text for kind, text in below if kind in {"digit", "text"}).strip()
    if said.replace("0", "").isdigit() and any(char in "123456789" for char in said):
        bottom = int(said)
        top = int((value * bottom).quantize(Decimal(1), context=_ROUNDING))
    elif below and all(kind in {"digit", "gap"} for kind, _ in below):
        most = 10 ** sum(1 for kind, _ in below if kind == "digit") - 1
        nearest = Fraction(value).limit_denominator(most)
        top, bottom = nearest.numerator, nearest.denominator
    else:
        return None
    if not any(kind == "digit" for kind, _ in tokens[:above]):
        return f"{top}/{bottom}"
    whole, top = divmod(top, bottom)
    return f"{whole} {top}/{bottom}" if whole and top else f"{top}/{bottom}" if top else str(whole)
