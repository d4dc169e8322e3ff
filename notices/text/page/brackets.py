"""What stands in brackets and quotes, hidden sign by sign so that only the frame is read."""

HIDDEN = "□"
_PARTNER = {"》": "《", ")": "(", "”": "“", ">": "<"}
_OPENS = frozenset(_PARTNER.values())
_LONGEST, _DEEPEST, _LAST = 300, 6, 2


def hidden(text: str) -> str:
    """`text` with the insides of 《》, (), “” and <> hidden, nested ones too; the marks stay.

    The last two signs before 》 stay as well: they tell the kind of the document that is named. A
    bracket that is not closed within a few lines hides nothing.
    """
    out = list(text)
    opened: list[tuple[str, int]] = []
    for i, char in enumerate(text):
        if char in _OPENS:
            opened = [*opened[-_DEEPEST:], (char, i)]
        elif char in _PARTNER:
            places = [k for k, (mark, _) in enumerate(opened) if mark == _PARTNER[char]]
            if not places:
                continue
            start, stop = opened[places[-1]][1] + 1, i - _LAST * (char == "》")
            del opened[places[-1] :]
            if 0 < stop - start <= _LONGEST:
                out[start:stop] = HIDDEN * (stop - start)
    return "".join(out)
