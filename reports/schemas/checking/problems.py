"""What is wrong with a filled-in form, and where."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at a path such as unit.c2, rows.0.c4, items.r3.c2, foot.f1, sections.s3 or sections
    (the whole).

    An empty path is the form as a whole. An error forbids handing in, a warning does not.
    """

    path: str
    label: str
    level: Level
    message_zh: str
