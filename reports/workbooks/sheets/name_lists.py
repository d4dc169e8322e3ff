"""Lists of names that are longer than a cell should be."""

_MOST_CHARS = 600  # some ten lines across the page


def pieces(text: str, most: int = _MOST_CHARS) -> list[str]:
    """A sentence with a list of names in parts that a row can show, none of the names torn."""
    found, piece = [], ""
    for part in text.replace("、", "、\0").split("\0"):
        if piece and len(piece) + len(part) > most:
            found.append(piece)
            piece = ""
        piece += part
    return [*found, piece]
