"""The store on a real folder: whole files or none, for this system only."""

import errno
import hashlib
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from notices.files import store


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.FILES_DIR = tmp_path / "var" / "files"
    return settings.FILES_DIR


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def test_put_counts_and_hashes_what_open_gives_back():
    stored = store.put([b"ab", b"", b"c"])

    assert read(stored.name) == b"abc"
    assert (stored.size, stored.digest) == (3, hashlib.sha256(b"abc").hexdigest())


def test_file_lies_two_folders_deep_under_a_random_name(folder):
    first, second = store.put([b"same"]).name, store.put([b"same"]).name

    assert first != second
    assert files_in(folder) == sorted(f"{name[:2]}/{name[2:4]}/{name}" for name in (first, second))


def test_only_this_system_reads_files_and_folders(folder):
    store.put([b"x"])

    modes = {
        path.is_dir(): {stat.S_IMODE(path.stat().st_mode)} for path in [folder, *folder.rglob("*")]
    }

    assert modes == {True: {0o700}, False: {0o600}}


def test_writing_shows_nothing_before_it_is_whole(folder):
    with store.writing() as out:
        out.write(b"half")
        with pytest.raises(FileNotFoundError):
            store.open(out.name)

    assert read(out.name) == b"half"


def test_fault_while_writing_leaves_nothing(folder):
    with pytest.raises(OSError, match="No space left"):
        store.put(half_and_no_more())

    assert files_in(folder) == []


def half_and_no_more():
    yield b"half"
    raise OSError(errno.ENOSPC, "No space left on device")


def test_name_chosen_beforehand_is_the_name():
    name = store.new_name()

    with store.writing(name) as out:
        out.write(b"x")

    assert out.stored.name == name
    assert read(name) == b"x"


def test_removing_twice_is_no_fault(folder):
    name = store.put([b"x"]).name

    store.remove(name)
    store.remove(name)

    assert files_in(folder) == []


def test_removing_takes_what_a_dead_worker_left(folder):
    name = left_behind(folder)

    store.remove(name)

    assert files_in(folder) == []


def test_unfinished_files_go_after_their_time(folder):
    left_behind(folder)
    whole = store.put([b"whole"]).name
    now = datetime.now(UTC)

    assert store.remove_unfinished(now - timedelta(hours=1)) == 0
    assert store.remove_unfinished(now + timedelta(seconds=1)) == 1

    assert files_in(folder) == [f"{whole[:2]}/{whole[2:4]}/{whole}"]


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 32 + "/"])
def test_name_that_the_store_did_not_give_is_no_path(name):
    for ask in (store.open, store.remove):
        with pytest.raises(ValueError, match="not a name"):
            ask(name)


def test_zip_is_written_forwards():
    with store.writing() as out, ZipFile(out, "w") as archive:
        archive.writestr("原表/01.txt", "内容")

    with store.open(out.name) as file, ZipFile(file) as archive:
        assert archive.read("原表/01.txt").decode() == "内容"
    assert hashlib.sha256(read(out.name)).hexdigest() == out.stored.digest


KILLED = """
import os, signal, sys
from django.conf import settings
settings.configure(FILES_DIR=sys.argv[1])
from notices.files import store
with store.writing(sys.argv[2]) as out:
    out.write(b"half")
    out.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def left_behind(folder: Path) -> str:
    """The name of a file whose writer was killed half way."""
    name = store.new_name()
    subprocess.run([sys.executable, "-c", KILLED, folder, name])
    assert len(files_in(folder)) == 1
    return name


def read(name: str) -> bytes:
    with store.open(name) as file:
        return file.read()
