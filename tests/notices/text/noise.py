"""What recognition of scans and saving of web pages do to a notice, with seeds that repeat."""

import random
from collections.abc import Callable

from scripts.reading_figures import swapped
from tests.notices.text.invented import Invented

Noise = Callable[[Invented, list[str], random.Random], list[str]]
"""Lines of a notice, changed; the notice tells which of them are what."""


def joined(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """A scan of one line."""
    return ["".join(lines)]


def half_joined(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """Some line ends lost."""
    out = lines[:1]
    for line in lines[1:]:
        if dice.random() < 0.5:
            out[-1] += line
        else:
            out.append(line)
    return out


def spaced(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """Line ends that became runs of blanks."""
    return ["    ".join(lines)]


def red_head(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """发文机关标志 over number or title: all bodies, and 文件 unless a number follows."""
    return [
        "".join(notice.issuers) + (dice.choice(["文件", ""]) if notice.number else "文件"),
        *lines,
    ]


def doubled(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """The bodies once more right before the title that names them."""
    again = "".join(notice.issuers)
    names = "".join(notice.title.split()).startswith(again)
    return [again + line if line == notice.title and names else line for line in lines]


def blankless(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """Every blank lost."""
    return ["".join(line.split()) for line in lines]


def drafting_paper(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """The printed head of the paper on which the draft was written."""
    paper = dice.choice(["公文稿纸", "发文稿纸", "文件稿纸"])
    return [notice.issuers[0] + paper, *lines]


def site(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """What a website prints around a notice."""
    above = ["首页 > 政务公开 > 通知公告", "发布时间：2024-12-05 浏览次数：128 字号：[大 中 小]"]
    below = ["扫一扫在手机打开当前页", "上一篇：关于2024年元旦放假的通知", "版权所有：示例网站"]
    return [*above[: dice.randint(1, 2)], *lines, *below[dice.randint(0, 1) :]]


def page_numbers(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """Numbers of pages between the lines of the body."""
    at = dice.randint(len(notice.head()), len(notice.head()) + len(notice.body) - 1)
    return [*lines[:at], dice.choice(["— 2 —", "-2-", "2"]), *lines[at:]]


def glued_signature(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """The names that sign behind the line above, the date behind the names."""
    at = lines.index(notice.day)
    count = len(notice.signed or notice.issuers) + 1
    return [*lines[: at - count], "".join(lines[at - count : at + 1]), *lines[at + 1 :]]


def widths(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    return [swapped(line) for line in lines]


def brackets(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """Another kind of brackets around the year of the number."""
    left, right = dice.choice(["[]", "（）", "()", "﹝﹞", "【】"])
    number = notice.number or "-"
    other = number.replace("〔", left).replace("〕", right)
    return [line.replace(number, other) for line in lines]


def masked(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """Telephone numbers made unreadable."""
    mask = dice.choice(["XXXX", "****", "xxxx"])
    for phone in notice.phones:
        lines = [line.replace(phone, phone[:-4] + mask) for line in lines]
    return lines


def misread_date(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """Signs of the date that recognition takes for others."""
    day = dice.choice([notice.day.replace("日", "曰"), notice.day.replace("年", " 年 ")])
    return [day if line == notice.day else line for line in lines]


def wrapped(notice: Invented, lines: list[str], dice: random.Random) -> list[str]:
    """Long lines of the body broken as on paper."""
    out = []
    for line in lines:
        if line in notice.body:
            out += [line[i : i + 28] for i in range(0, len(line), 28)]
        else:
            out.append(line)
    return out


HEADS: tuple[Noise, ...] = (red_head, doubled, drafting_paper, site)
INNER: tuple[Noise, ...] = (
    *(page_numbers, glued_signature, widths, brackets, masked, misread_date, wrapped, blankless),
)
LAYOUTS: tuple[Noise, ...] = (joined, half_joined, spaced)


def rearranged(text: str, seed: int) -> str:
    """Any text with noise that needs not know its parts."""
    dice = random.Random(seed)  # noqa: S311 - no secret depends on it
    nobody = Invented("", (), "", (), "", "")
    lines = [line for line in text.split("\n") if line.strip()]
    for kind in (dice.choice([widths, blankless]), dice.choice(LAYOUTS)):
        lines = kind(nobody, lines, dice)
    return "\n".join(lines)


def noisy(notice: Invented, seed: int) -> tuple[str, list[str]]:
    """A text of the notice with two or three kinds of noise, and their names."""
    dice = random.Random(f"{seed} {notice.title}")  # noqa: S311 - no secret depends on it
    kinds = [dice.choice(INNER)]
    if dice.random() < 0.6:
        kinds.append(dice.choice(HEADS))
    if dice.random() < 0.7 or len(kinds) < 2:
        kinds.append(dice.choice(LAYOUTS))
    kinds.sort(key=[*INNER, *HEADS, *LAYOUTS].index)
    lines = notice.text().split("\n")
    for kind in kinds:
        if kind is page_numbers and joined in kinds:
            continue
        lines = kind(notice, lines, dice)
    return "\n".join(lines), [kind.__name__ for kind in kinds]
