"""Which row of an earlier table is which of a later one: some came, went or were rewritten."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

Cells = tuple[str, ...]
Pair = tuple[int | None, int | None]  # the index before and now; None: it was not, or is no more

ALIKE = 0.4  # of the cells of two rows, for them to be taken for one; below, they differ
MOST_WEIGHED = 10_000  # pairs of rows; where more were rewritten, their order decides
HEAD = 200  # characters of a long text that say whether two are alike


def pair_rows(before: Sequence[Cells], now: Sequence[Cells]) -> list[Pair]:
    """Every row of both, once, in the order of both.

    Rows that stayed as they were lead. Of those between, the most alike belong together; what is
    left belongs together in its order where as many rows stand on both sides.
    """
    found: list[Pair] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag == "equal":
            found += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            found += _shift(_rewritten(before[i1:i2], now[j1:j2]), i1, j1)
    return found


def _shift(pairs: Iterator[Pair], i: int, j: int) -> Iterator[Pair]:
    for before, now in pairs:
        yield None if before is None else before + i, None if now is None else now + j


def _rewritten(before: Sequence[Cells], now: Sequence[Cells]) -> Iterator[Pair]:
    ends = [(-1, -1), *_alike(before, now), (len(before), len(now))]
    for (i, j), (next_i, next_j) in pairwise(ends):
        if i >= 0:
            yield i, j
        gone, come = range(i + 1, next_i), range(j + 1, next_j)
        if len(gone) == len(come) or len(gone) * len(come) > MOST_WEIGHED:
            yield from zip_longest(gone, come)
        else:
            yield from ((each, None) for each in gone)
            yield from ((None, each) for each in come)


def _alike(before: Sequence[Cells], now: Sequence[Cells]) -> list[tuple[int, int]]:
    """The pairs in order that have most in common altogether."""
    height, width = len(before), len(now)
    if height * width > MOST_WEIGHED:
        return []
    weights = _weights(before, now)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in reversed(range(height)):
        for j in reversed(range(width)):
            paired = weights[i][j] + best[i + 1][j + 1]
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    found, i, j = [], 0, 0
    while i < height and j < width:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1
    return found


def _weights(before: Sequence[Cells], now: Sequence[Cells]) -> list[list[float]]:
    """How alike each row is to each, 0 for what is not alike at all."""
    bags_now = [[_bag(text) for text in row] for row in now]
    weights = []
    for row in before:
        bags = [_bag(text) for text in row]
        shares = [_share(bags, other) for other in bags_now]
        weights.append([share if share >= ALIKE else 0.0 for share in shares])
    return weights


def _share(bags: Sequence[frozenset[str]], others: Sequence[frozenset[str]]) -> float:
    """Of the cells written in either row, the part that says the same; 0 to 1."""
    written = [(a, b) for a, b in zip(bags, others, strict=True) if a or b]
    if not written:
        return 1.0
    return sum(2 * len(a & b) / (len(a) + len(b)) for a, b in written) / len(written)


def _bag(text: str) -> frozenset[str]:
    """The pairs of characters in a text; a single one stands for itself."""
    head = text[:HEAD]
    return frozenset(a + b for a, b in pairwise(head)) or frozenset(head)
