"""The sheets keep to the few sizes, to what old browsers of offices know, and to this machine."""

import re

import pytest

from tests.folders import ROOT

pytestmark = pytest.mark.once

SHEETS = {
    file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "static/css").glob("*.css")
}
ON_SCREEN = {name: text for name, text in SHEETS.items() if name != "print"}  # paper has points
TEMPLATES = {
    str(file.relative_to(ROOT)): file.read_text(encoding="utf-8")
    for file in (ROOT / "templates").rglob("*.html")
}
CARDS = re.compile(r'<table class="[^"]*ledger-cards[^"]*".*?</table>', re.DOTALL)
SAYS_ITSELF = re.compile(r"data-label|colspan|col-(act|seq|wide|first|check)")
SIZES = ["mark", "cell", "body", "section", "title", "figure"]
# Chromium 78 drops a rule with one of these; static/css/README.md.
NEWER = re.compile(
    r":has\(|:is\(|:where\(|@container|@layer|aspect-ratio|\binset:|[^-]gap:|\b(min|max|clamp)\("
)


@pytest.mark.parametrize("name", ON_SCREEN)
def test_text_has_one_of_six_sizes(name):
    sizes = re.findall(r"font-size: ([^;]+);", ON_SCREEN[name])

    assert {
        size for size in sizes if size not in {f"var(--text-{each})" for each in SIZES}
    } == set()


def test_the_six_sizes_are_12_13_14_16_20_and_28_pixels():
    rems = dict(re.findall(r"--text-(\w+): ([\d.]+)rem", SHEETS["tokens"]))

    assert {name: float(rem) * 16 for name, rem in rems.items()} == dict(
        zip(SIZES, (12, 13, 14, 16, 20, 28), strict=True)
    )


@pytest.mark.parametrize("name", ON_SCREEN)
def test_screens_use_what_chromium_78_knows(name):
    text = re.sub(r"/\*.*?\*/", "", ON_SCREEN[name], flags=re.DOTALL)

    assert NEWER.findall(text) == []


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_fetched_from_elsewhere(name):
    assert re.findall(r"@import|url\((?!#)", SHEETS[name]) == []


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink-faint", "ground"),
        ("soon", "soon-tint"),
        ("overdue", "overdue-tint"),
        ("fault", "fault-tint"),
        ("normal", "ground"),
        ("undated", "undated-tint"),
        ("done", "done-tint"),
        ("accent", "accent-tint"),
    ],
)
def test_words_stand_out_from_their_ground(ink, ground):
    assert _contrast(_colour(ink), _colour(ground)) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "ground", "sunken", "accent-tint", "fault-tint"])
def test_ring_and_edges_of_fields_can_be_seen_on_every_ground(ground):
    assert _contrast(_colour("ring"), _colour(ground)) >= 3
    assert _contrast(_colour("line-control"), _colour("paper")) >= 3


def _colour(name: str) -> list[float]:
    digits = re.search(rf"--{name}: #([0-9a-f]{{3,6}});", SHEETS["tokens"])[1]
    whole = "".join(2 * each for each in digits) if len(digits) == 3 else digits
    return [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def _contrast(one: list[float], other: list[float]) -> float:
    """WCAG 2.1, contrast ratio."""
    lighter, darker = sorted(map(_luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: list[float]) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("name", [name for name, text in TEMPLATES.items() if CARDS.search(text)])
def test_each_figure_of_a_card_is_named(name):
    """On a telephone the head of a table is not seen: a cell has its label, or needs none."""
    bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", "".join(CARDS.findall(TEMPLATES[name])))
    cells = re.findall(r"<td[^>]*>(?!</td>)", bare)

    assert [cell for cell in cells if not SAYS_ITSELF.search(cell)] == []
