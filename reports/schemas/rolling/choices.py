"""What a person decided about merging."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Take(StrEnum):
    """What becomes of what stands here already: of a text, and of a figure."""

    KEEP = "keep"
    APPEND = "append"  # a figure is one's own part and is added to those from below
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Choices:
    """``replace`` holds the codes of bureaus whose rows give way to their new ones even where they
    were worked on here; ``takes`` what to do by the path of a text or a figure (sums.ALL for every
    figure without a word of its own); ``picks`` the code of the bureau whose day or choice is to
    stand, by its path; ``dropped`` the codes of bureaus whose figures count no more.

    Without a word what is blank is filled in and what is written is kept.
    """

    replace: frozenset[str] = frozenset()
    takes: Mapping[str, Take] = field(default_factory=dict)
    picks: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
