"""Names of the entries of a zip, as their writer meant them."""

import posixpath
import zipfile

_UTF8 = 0x800
"""Flag of an entry whose name is said to be UTF-8; without it the name is whatever the maker's
system used: GBK on Chinese Windows, often unmarked UTF-8 elsewhere."""


def name_of(entry: zipfile.ZipInfo) -> str:
    """The entry's name, decoded, with `/` between folders and without `.` and `..`."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        name = _decoded(name)
    return normal(name)


def normal(path: str) -> str:
    """One spelling of a path inside an archive; it never leads out of it."""
    return posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/")


def entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of the archive by name; of several with one name the last, as zip tools do."""
    return {
        name_of(entry): entry
        for entry in archive.infolist()
        if entry.filename and not entry.filename.endswith("/")
    }


def _decoded(name: str) -> str:
    try:
        raw = name.encode("cp437")  # how zipfile decoded the bytes
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
