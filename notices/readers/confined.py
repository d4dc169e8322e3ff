"""Runs the parsing of a hostile format in a process of its own, bounded in time and memory.

A few bytes of a PDF can unpack to gigabytes or keep a parser busy for hours, inside libraries that
know no limit. The child gets the file on its standard input and nothing else: no secrets in its
environment, no terminal. A child that hangs or swells is ended, and the caller gets the one error.
"""

import json
import logging
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from notices.readers.base import UnreadableDocument
from notices.readers.scanned import ScannedDocument
from notices.text.page.secrecy import ClassifiedDocument

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_BROKEN = "文件已损坏或不完整，无法读取。请重新下载或向发文单位索取完整文件后上传。"
_TOO_HEAVY = (
    "文件内容过于复杂，读取超出了时间或内存限制。"
    "请在原程序中另存一份，或拆分为较小的文件后重新上传。"
)


_LIMITS = (signal.SIGALRM, signal.SIGKILL, signal.SIGXCPU)
"""Signals that end a child for what it uses; others are crashes."""


def run(module: str, data: bytes, *, seconds: float, words: Sequence[str] = ()) -> str:
    """The text that the program `module` makes of `data`; `module` ends in a call of `serve`.

    `words` are its arguments, our own and never a part of the file.

    Raises UnreadableDocument when the program does, when it fails, and after `seconds`;
    ClassifiedDocument when the program does.
    """
    command = [sys.executable, "-P", "-W", "ignore", "-m", module, *words]
    places = os.pathsep.join((str(_ROOT), *sys.path))  # what the caller can import, and no more
    environment = {"PYTHONPATH": places, "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own module
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # would hold pieces of the document
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        logger.warning("%s ran longer than %s s", module, seconds)
        raise UnreadableDocument(_TOO_HEAVY) from None
    if done.returncode < 0:
        logger.warning("%s was ended by signal %s", module, -done.returncode)
        raise UnreadableDocument(_TOO_HEAVY if -done.returncode in _LIMITS else _BROKEN)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        logger.warning("%s ended with status %s and no answer", module, done.returncode)
        raise UnreadableDocument(_BROKEN) from None
    if "fault" in answer:
        logger.warning("%s failed: %s", module, answer["fault"])
    if "mark" in answer:
        raise ClassifiedDocument(answer["mark"], answer["place"])
    if "refused" in answer:
        raise (ScannedDocument if "scanned" in answer else UnreadableDocument)(answer["refused"])
    return str(answer["text"])


def serve(
    parse: Callable[[bytes, Callable[[], None]], str],
    *,
    megabytes: int,
    pace: float,
    per_page: float | None = None,
) -> None:
    """The child's side: parses standard input, writes the answer as JSON to standard output.

    `parse` gets the bytes and a function to call at each page. The process ends itself `pace`
    seconds after its start or the last page, or, where `per_page` is given, `pace` seconds and
    that many for each page after its start; and when its own data grow beyond `megabytes`.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # libraries may print what they like
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    until = time.monotonic() + pace

    def breathe() -> None:
        nonlocal until
        until = time.monotonic() + pace if per_page is None else until + per_page
        # The default action of SIGALRM ends the process even inside a C library that never returns.
        signal.setitimer(signal.ITIMER_REAL, max(until - time.monotonic(), 0.001))

    breathe()
    answer = _answer(parse, breathe)
    signal.setitimer(signal.ITIMER_REAL, 0)
    with answers:
        json.dump(answer, answers)


def _answer(
    parse: Callable[[bytes, Callable[[], None]], str], breathe: Callable[[], None]
) -> dict[str, str]:
    try:
        return {"text": parse(sys.stdin.buffer.read(), breathe)}
    except ClassifiedDocument as refusal:
        return {"mark": refusal.mark, "place": refusal.place}
    except ScannedDocument as refusal:
        return {"refused": refusal.message_zh, "scanned": "yes"}
    except UnreadableDocument as refusal:
        return {"refused": refusal.message_zh}
    except Exception as fault:
        # The edge: pdfminer and its kin raise whatever the damaged bytes lead them to (TypeError,
        # KeyError, AssertionError, struct.error, ...); no list of them would be complete. The
        # parent logs the place, without the message, which may hold words of the document.
        place = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{type(fault).__name__} at {place.filename}:{place.lineno}"
        return {"refused": _TOO_HEAVY if _is_too_heavy(fault) else _BROKEN, "fault": where}


def _is_too_heavy(fault: BaseException | None) -> bool:
    """Whether memory or the stack ran out, at once or below an error of a library."""
    while fault is not None:
        if isinstance(fault, MemoryError | RecursionError):
            return True
        fault = fault.__cause__ or fault.__context__
    return False
