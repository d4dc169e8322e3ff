"""Writes sheets of print as an OFD package (GB/T 33190-2016), in the ways writers differ."""

import io
import zipfile
from html import escape

from tests.notices.printed import HEIGHT, WIDTH, Sheet

MM = 25.4 / 72
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
OFD_XML = (
    f'<ofd:OFD {NS} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo/>'
    "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
)


def text_object(x: float, y: float, size: float, text: str, *, ctm: bool = False) -> str:
    """A run of text with its distances run-length coded; with `ctm`, at a scale of 1/2."""
    scale = 2.0 if ctm else 1.0
    steps = [size * MM * scale * (0.5 if c.isascii() else 1.0) for c in text[:-1]]
    delta, i = [], 0
    while i < len(steps):
        n = next((k for k in range(i, len(steps)) if steps[k] != steps[i]), len(steps)) - i
        delta.append(f"g {n} {steps[i]:.4f}" if n > 1 else f"{steps[i]:.4f}")
        i += n
    matrix = ' CTM="0.5 0 0 0.5 0 0"' if ctm else ""
    spaced = f' DeltaX="{" ".join(delta)}"' if delta else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x * MM:.3f} {(y - size) * MM:.3f} 100 10"{matrix}'
        f' Font="1" Size="{size * MM * scale:.4f}"><ofd:TextCode X="0" Y="{size * MM * scale:.4f}"'
        f"{spaced}>{escape(text)}</ofd:TextCode></ofd:TextObject>"
    )


def rule_object(x0: float, y0: float, x1: float, y1: float) -> str:
    wide, tall = (x1 - x0) * MM, (y1 - y0) * MM
    return (
        f'<ofd:PathObject ID="2" Boundary="{x0 * MM:.3f} {y0 * MM:.3f} {wide:.3f} {tall:.3f}">'
        f"<ofd:AbbreviatedData>M 0 0 L {wide:.3f} {tall:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def page(objects: str, *, templates: tuple[str, ...] = ()) -> str:
    used = "".join(f'<ofd:Template TemplateID="{t}"/>' for t in templates)
    return (
        f"<ofd:Page {NS}>{used}<ofd:Content><ofd:Layer ID='3' Type='Body'><ofd:PageBlock ID='4'>"
        f"{objects}</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>"
    )


def document(pages: int, *, templates: tuple[str, ...] = ()) -> str:
    box = f"0 0 {WIDTH * MM:.2f} {HEIGHT * MM:.2f}"
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}.xml"/>' for i in range(pages))
    known = "".join(f'<ofd:TemplatePage ID="{t}" BaseLoc="Tpls/{t}.xml"/>' for t in templates)
    return (
        f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{box}"
        f"</ofd:PhysicalBox></ofd:PageArea>{known}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )


def package(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts(sheets: list[Sheet], *, ctm: bool = False) -> dict[str, str | bytes]:
    """The parts of a package with one page a sheet."""
    out: dict[str, str | bytes] = {
        "OFD.xml": OFD_XML,
        "Doc_0/Document.xml": document(len(sheets)),
    }
    for i, sheet in enumerate(sheets):
        # Objects come in no order of reading.
        objects = [text_object(*text, ctm=ctm) for text in reversed(sheet.texts)]
        objects += [rule_object(*rule) for rule in sheet.rules]
        out[f"Doc_0/Pages/Page_{i}.xml"] = page("".join(objects))
    return out


def ofd(sheets: list[Sheet], *, ctm: bool = False) -> bytes:
    return package(parts(sheets, ctm=ctm))
