"""A PDF page in the order of its drawing, with what pdfminer leaves out: clips, modes, opacity."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTItem, LTRect
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfplumber.page import Page as PdfPage
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from notices.readers.layout.unseen import Colour, Fill, rgb

_Box = tuple[float, float, float, float]
_UNSEEN_MODES = (3, 7)
"""Neither filled nor stroked (ISO 32000-1, table 106): the text that goes with a scan."""
_SEE_THROUGH = 0.9
_FAINT = 0.04


@dataclass(frozen=True, slots=True)
class _State:
    """How something was drawn; the clip is a box around it, in the page's points from below."""

    clip: _Box | None = None
    opacity: float = 1.0
    is_blended: bool = False


class _Device(PDFPageAggregatorWithMarkedContent):
    """Notes at each object how it was drawn."""

    state = _State()
    mode = 0

    def begin_page(self, *args: Any) -> None:
        self.state = _State()
        super().begin_page(*args)

    def render_string(self, textstate: Any, *args: Any) -> None:
        self.mode = textstate.render
        super().render_string(textstate, *args)

    def tag_cur_item(self) -> None:
        super().tag_cur_item()
        if self.cur_item._objs:
            drawn: Any = self.cur_item._objs[-1]
            drawn.state, drawn.mode = self.state, self.mode


class _Interpreter(PDFPageInterpreter):
    """Follows the clip and the opacity along with the graphics state."""

    device: Any

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self.states: list[_State] = []

    def do_q(self) -> None:
        self.states.append(self.device.state)
        super().do_q()

    def do_Q(self) -> None:
        if self.states:
            self.device.state = self.states.pop()
        super().do_Q()

    def do_W(self) -> None:
        self._clip()

    def do_W_a(self) -> None:
        self._clip()

    def do_gs(self, name: Any) -> None:
        states = resolve1(self.resources.get("ExtGState"))
        key = name.name if isinstance(name, PSLiteral) else name
        found = resolve1(states.get(key)) if isinstance(states, dict) else None
        if not isinstance(found, dict):
            return
        state: _State = self.device.state
        opacity, blend = resolve1(found.get("ca")), resolve1(found.get("BM"))
        self.device.state = _State(
            state.clip,
            float(opacity) if isinstance(opacity, int | float) else state.opacity,
            state.is_blended if blend is None else getattr(blend, "name", "") != "Normal",
        )

    def do_Do(self, name: Any) -> None:
        state = self.device.state
        super().do_Do(name)
        self.device.state = state

    def _clip(self) -> None:
        a, b, c, d, e, f = self.ctm
        segments = [[float(number) for number in segment[1:]] for segment in self.curpath]
        numbers = [seg[i : i + 2] for seg in segments for i in range(0, len(seg) - 1, 2)]
        points = [(a * x + c * y + e, b * x + d * y + f) for x, y in numbers]
        if not points:
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = min(xs), min(ys), max(xs), max(ys)
        state: _State = self.device.state
        old = state.clip or box
        clip = max(box[0], old[0]), max(box[1], old[1]), min(box[2], old[2]), min(box[3], old[3])
        self.device.state = _State(clip, state.opacity, state.is_blended)


def draw(page: PdfPage) -> None:
    """Has pdfplumber use this drawing of the page instead of its own. May raise anything."""
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()


@dataclass(frozen=True, slots=True)
class Seen:
    """A character as pdfplumber gives it, its ink as it comes out on white, whether it shows."""

    char: dict[str, Any]
    ink: Colour | None
    is_drawn: bool


def drawn(page: PdfPage) -> Iterator[Seen | Fill]:
    """Characters and filled areas in the order of drawing; `draw` was called before."""
    items = list(_flat(page.layout._objs))
    pictures = [item.bbox for item in items if isinstance(item, LTImage)]
    chars = iter(page.chars)
    for item in items:
        state: _State = getattr(item, "state", _State())
        if isinstance(item, LTChar):
            middle = (item.x0 + item.x1) / 2, (item.y0 + item.y1) / 2
            shows = _shows(item, state, middle, pictures)
            ink = _ink(item.graphicstate.ncolor, state.opacity)
            yield Seen(next(chars), ink if getattr(item, "mode", 0) in (0, 2) else None, shows)
        elif isinstance(item, LTImage):
            yield _fill(page, item.bbox, None)
        elif isinstance(item, LTCurve) and item.fill:
            is_solid = isinstance(item, LTRect) and state.opacity > _SEE_THROUGH
            is_solid = is_solid and not state.is_blended
            colour = _ink(item.non_stroking_color, 1.0) if is_solid else None
            yield _fill(page, _cut(item.bbox, state.clip), colour)


def _flat(items: Iterable[LTItem]) -> Iterator[LTItem]:
    for item in items:
        if isinstance(item, LTContainer):
            yield from _flat(item._objs)
        else:
            yield item


def _shows(item: LTChar, state: _State, middle: tuple[float, float], pictures: list[_Box]) -> bool:
    """Whether ink comes onto the page; what lies over a picture of it is its recognised text."""
    if state.clip is not None and not _has(state.clip, middle):
        return False
    over = any(_has(box, middle) for box in pictures)
    return over or (getattr(item, "mode", 0) not in _UNSEEN_MODES and state.opacity > _FAINT)


def _has(box: _Box, point: tuple[float, float]) -> bool:
    x, y = point
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _cut(box: _Box, clip: _Box | None) -> _Box:
    if clip is None:
        return box
    return max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])


def _ink(colour: Any, opacity: float) -> Colour | None:
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    numbers = [float(part) for part in parts if isinstance(part, int | float)]
    found = rgb(numbers) if len(numbers) == len(parts) else None
    if found is None:
        return None
    red, green, blue = (1 - opacity * (1 - part) for part in found)
    return red, green, blue


def _fill(page: PdfPage, box: _Box, colour: Colour | None) -> Fill:
    tall = float(page.height)
    return Fill(box[0], tall - box[3], box[2], tall - box[1], colour)
