"""The one stream of an .xls that holds its sheets, out of its compound file ([MS-CFB])."""

import struct

_HEADER = 512
_END = 0xFFFFFFF0
"""From here on numbers of sectors have other meanings."""
_MINI = 4096
"""Bytes below which a stream lies in the stream of small ones."""
_MINI_SECTOR = 64
_NAMES = ("Workbook", "Book")
_MOST = 64 * 1024 * 1024


def workbook_stream(data: bytes) -> bytes:
    """The stream Workbook; empty where the file is damaged or has none."""
    try:
        return _Compound(data).workbook()
    except (struct.error, IndexError):
        return b""


class _Compound:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = 1 << struct.unpack_from("<H", data, 30)[0] % 20
        self.fat = self._numbers(self._fat_sectors())
        first_mini = struct.unpack_from("<I", data, 60)[0]
        self.mini_fat = self._numbers(self._chain(first_mini, self.fat))

    def _fat_sectors(self) -> list[int]:
        found = list(struct.unpack_from("<109I", self.data, 76))
        at, left = struct.unpack_from("<2I", self.data, 68)
        for _ in range(min(left, 1_000)):
            if at >= _END:
                break
            *more, at = struct.unpack(f"<{self.size // 4}I", self._sector(at))
            found += more
        return [number for number in found if number < _END]

    def _numbers(self, sectors: list[int]) -> list[int]:
        joined = b"".join(map(self._sector, sectors))
        return list(struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4]))

    def _sector(self, number: int) -> bytes:
        at = max(_HEADER, self.size) + number * self.size
        return self.data[at : at + self.size]

    def _chain(self, number: int, table: list[int]) -> list[int]:
        """The sectors from one on, each once at most."""
        found: dict[int, None] = {}
        while number < len(table) and number not in found:
            found[number] = None
            number = table[number]
        return list(found)

    def _stream(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._chain(first, self.fat)))

    def workbook(self) -> bytes:
        directory = self._stream(struct.unpack_from("<I", self.data, 48)[0])
        root = struct.unpack_from("<I", directory, 116)[0]
        for at in range(0, len(directory) - 127, 128):
            length = struct.unpack_from("<H", directory, at + 64)[0]
            name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            if name in _NAMES:
                first, size = struct.unpack_from("<2I", directory, at + 116)
                return self._of_size(first, min(size, _MOST), root)
        return b""

    def _of_size(self, first: int, size: int, root: int) -> bytes:
        if size >= _MINI:
            return self._stream(first)[:size]
        small = self._stream(root)
        pieces = (
            small[n * _MINI_SECTOR : (n + 1) * _MINI_SECTOR]
            for n in self._chain(first, self.mini_fat)
        )
        return b"".join(pieces)[:size]
