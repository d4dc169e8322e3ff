"""Which characters, and how many, a stored text may have if it is to reach Excel whole."""

import unicodedata

# "Total number of characters that a cell can contain: 32,767" (Excel specifications and limits).
EXCEL_CELL_CHARS = 32767


def is_control(char: str) -> bool:
    """Characters XML (and so Excel) cannot hold, and other invisible controls; not \\n and \\t."""
    if char in "\n\t":
        return False
    return unicodedata.category(char) in {"Cc", "Cs"} or ord(char) & 0xFFFE == 0xFFFE


def excel_length(text: str) -> int:
    """Length as Excel counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
