"""A strict reader of text/calendar: what RFC 5545 forbids raises; nothing is mended.

It shares nothing with the library that writes the calendars.
"""

import re
from dataclasses import dataclass, field

LINE = re.compile(r'(?P<name>[A-Z0-9-]+)(?P<options>(?:;[A-Z0-9-]+=[^";:,]+)*):(?P<value>.*)')
ESCAPES = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n", "\\N": "\n"}
OF_TEXT = {"UID", "SUMMARY", "DESCRIPTION", "CATEGORIES", "NAME", "X-WR-CALNAME", "X-WR-CALDESC"}
# what stands once in every calendar and every event (3.6, 3.6.1; METHOD asks for DTSTAMP)
NEEDED = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
}
INSIDE = {"VEVENT": "VCALENDAR", "VALARM": "VEVENT"}
FORMS = {
    "DTSTAMP": r"\d{8}T\d{6}Z",
    "LAST-MODIFIED": r"\d{8}T\d{6}Z",
    "DTSTART": r"\d{8}T\d{6}Z",
    "DTSTART;VALUE=DATE": r"\d{8}",
    "DTEND;VALUE=DATE": r"\d{8}",
    "SEQUENCE": r"\d+",
    "STATUS": r"TENTATIVE|CONFIRMED|CANCELLED",
    "TRANSP": r"OPAQUE|TRANSPARENT",
    "URL": r"https?://[!-~]+",
    "ACTION": r"DISPLAY",
    "TRIGGER": r"-P(?=[\dT])(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?",
    "REFRESH-INTERVAL;VALUE=DURATION": r"PT\d+H",
    "VERSION": r"2\.0",
}


@dataclass
class Component:
    """Properties by name, with their options where they have some; values unescaped.

    ``parts``: the events of a calendar, the alarms of an event.
    """

    kind: str
    properties: dict[str, str] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.properties[name]

    @property
    def events(self) -> list["Component"]:
        return self.parts

    @property
    def alarms(self) -> list[str]:
        """How long before its beginning each alarm of an event rings."""
        return [part["TRIGGER"] for part in self.parts]


def read(data: bytes) -> Component:
    """The one calendar in ``data``."""
    open_ones: list[Component] = []
    done = None
    for line in unfolded(data):
        found = LINE.fullmatch(line)
        assert found, f"not a content line: {line!r}"
        assert done is None, "something follows the end"
        name, value = found["name"] + found["options"], found["value"]
        if name == "BEGIN":
            assert INSIDE.get(value) == (open_ones[-1].kind if open_ones else None), value
            open_ones.append(Component(value))
        elif name == "END":
            done = _closed(open_ones, value)
        else:
            # Outlook takes no event with a property after an alarm
            assert not open_ones[-1].parts or open_ones[-1].kind == "VCALENDAR", line
            _add(open_ones[-1], name, value)
    assert done, "no end"
    return done


def unfolded(data: bytes) -> list[str]:
    """Content lines (3.1): CRLF everywhere, at most 75 octets, every piece whole UTF-8."""
    assert data.endswith(b"\r\n")
    pieces = data[:-2].split(b"\r\n")
    lines: list[str] = []
    for piece in pieces:
        assert len(piece) <= 75, f"{len(piece)} octets"
        text = piece.decode("utf-8")  # a cut character raises
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", text), f"control character: {text!r}"
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            assert text, "empty line"
            lines.append(text)
    return lines


def _closed(open_ones: list[Component], kind: str) -> Component | None:
    closed = open_ones.pop()
    assert closed.kind == kind
    assert NEEDED[kind] <= {name.partition(";")[0] for name in closed.properties}
    if not open_ones:
        return closed
    open_ones[-1].parts.append(closed)
    return None


def _add(component: Component, name: str, value: str) -> None:
    assert name not in component.properties, f"{name} twice"
    if name in FORMS:
        assert re.fullmatch(FORMS[name], value), f"{name}:{value}"
    component.properties[name] = _text(value) if name in OF_TEXT else value


def _text(value: str) -> str:
    """A value of type TEXT (3.3.11): bare commas, semicolons and stray backslashes are refused."""
    parts = re.findall(r"\\[\\;,nN]|[^\\;,]", value)
    assert "".join(parts) == value, f"not escaped: {value!r}"
    return "".join(ESCAPES.get(part, part) for part in parts)
