"""Runs the parsing of a hostile format in a process of its own, bounded in time and memory.

A few bytes of a PDF can unpack to gigabytes or keep a parser busy for hours, inside libraries that
know no limit. The child gets the file on its standard input and nothing else: no secrets in its
environment, no terminal. A child that hangs or swells is ended, and the caller gets the one error.
"""

import json
import logging
import resource
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from notices.readers.base import UnreadableDocument

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_BROKEN = "文件已损坏或不完整，无法读取。请重新下载或向发文单位索取完整文件后上传。"
_TOO_HEAVY = (
    "文件内容过于复杂，读取超出了时间或内存限制。"
    "请在原程序中另存一份，或拆分为较小的文件后重新上传。"
)


def run(module: str, data: bytes, *, seconds: float) -> str:
    """The text that the program `module` makes of `data`; `module` ends in a call of `serve`.

    Raises UnreadableDocument when the program does, when it fails, and after `seconds`.
    """
    command = [sys.executable, "-P", "-W", "ignore", "-m", module]
    environment = {"PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
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
        raise UnreadableDocument(_TOO_HEAVY)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        logger.warning("%s ended with status %s and no answer", module, done.returncode)
        raise UnreadableDocument(_BROKEN) from None
    if "fault" in answer:
        logger.warning("%s failed: %s", module, answer["fault"])
    if "refused" in answer:
        raise UnreadableDocument(answer["refused"])
    return str(answer["text"])


def serve(
    parse: Callable[[bytes, Callable[[], None]], str], *, megabytes: int, pace: float
) -> None:
    """The child's side: parses standard input, writes the answer as JSON to standard output.

    `parse` gets the bytes and a function to call at each page; the process ends itself when it was
    not called for `pace` seconds, or when its own data grow beyond `megabytes`.
    """
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    def breathe() -> None:
        # The default action of SIGALRM ends the process even inside a C library that never returns.
        signal.setitimer(signal.ITIMER_REAL, pace)

    breathe()
    try:
        answer = {"text": parse(sys.stdin.buffer.read(), breathe)}
    except UnreadableDocument as refusal:
        answer = {"refused": refusal.message_zh}
    except (MemoryError, RecursionError):
        answer = {"refused": _TOO_HEAVY}
    except Exception as fault:
        # The edge: pdfminer and its kin raise whatever the damaged bytes lead them to (TypeError,
        # KeyError, AssertionError, struct.error, ...); no list of them would be complete. The
        # parent logs the place, without the message, which may hold words of the document.
        place = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{type(fault).__name__} at {place.filename}:{place.lineno}"
        answer = {"refused": _BROKEN, "fault": where}
    signal.setitimer(signal.ITIMER_REAL, 0)
    sys.stdout.write(json.dumps(answer))
