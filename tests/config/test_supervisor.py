import io
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.supervisor import Supervisor, waits_in_vain
from tests.folders import ROOT

pytestmark = pytest.mark.once

# Starts a child that ignores every polite signal, says its number, and waits.
STUBBORN_TREE = """
import signal, subprocess, sys, time
grandchild = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(300)"
process = subprocess.Popen([sys.executable, "-c", grandchild])
print(process.pid, flush=True)
time.sleep(300)
"""


@pytest.fixture
def supervisor(tmp_path):
    before = {
        each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    logs = tmp_path / "log"
    supervisor = Supervisor(ROOT, dict(os.environ), logs, verbose=True, out=io.StringIO())
    yield supervisor
    supervisor.stop(seconds=1)
    for each, handler in before.items():
        signal.signal(each, handler)


def wait_until(condition, seconds: float = 20):
    end = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return answer


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_lines_carry_the_name_of_the_child(supervisor):
    supervisor.start("web", [sys.executable, "-c", "print('one'); print('两')"])

    wait_until(lambda: supervisor.out.getvalue().count("\n") == 2)

    assert supervisor.out.getvalue() == "    web | one\n    web | 两\n"


def test_lines_go_to_a_log_begun_anew_at_each_start(supervisor):
    supervisor.verbose = False
    log = supervisor.logs / "web.log"
    for said in ("first", "second", "两\nthird"):
        supervisor.start("web", [sys.executable, "-c", f"print({said!r})"])
        wait_until(lambda said=said: log.read_text(encoding="utf-8") == f"{said}\n")

    assert (supervisor.logs / "web.log.1").read_text(encoding="utf-8") == "second\n"
    assert supervisor.last_lines("web") == ["两", "third"]
    assert supervisor.last_lines("web", count=1) == ["third"]
    assert supervisor.out.getvalue() == ""


def test_ended_child_is_noticed_with_its_status(supervisor):
    supervisor.start("web", [sys.executable, "-c", "import time; time.sleep(300)"])
    assert supervisor.ended() is None

    supervisor.start("beat", [sys.executable, "-c", "raise SystemExit(3)"])
    child = wait_until(supervisor.ended)

    assert (child.name, child.process.returncode) == ("beat", 3)


def test_stop_leaves_nothing_of_the_tree(supervisor):
    child = supervisor.start("web", [sys.executable, "-c", STUBBORN_TREE])
    wait_until(lambda: "\n" in supervisor.out.getvalue())
    grandchild = int(supervisor.out.getvalue().split("|")[1])
    assert is_running(child.pid)
    assert is_running(grandchild)

    supervisor.stop(seconds=5)

    assert not is_running(child.pid)
    wait_until(lambda: not is_running(grandchild))
    assert supervisor.children == []


@pytest.mark.skipif(not shutil.which("setpriv"), reason="no setpriv (util-linux) here")
def test_children_end_when_the_supervisor_is_killed(tmp_path):
    program = (
        "import os, sys, time; from pathlib import Path; from scripts.supervisor import Supervisor;"
        f"s = Supervisor(Path('.'), dict(os.environ), Path({str(tmp_path)!r}));"
        "p = s.start('web', [sys.executable, '-c', 'import time; time.sleep(300)']);"
        "print(p.pid, flush=True); time.sleep(300)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE
    ) as parent:
        child = int(parent.stdout.readline())
        command = Path(f"/proc/{child}/cmdline")
        wait_until(
            lambda: b"sleep(300)" in command.read_bytes() and b"setpriv" not in command.read_bytes()
        )

        parent.kill()

        wait_until(lambda: not is_running(child))


def _as_in_a_terminal() -> None:
    """Where the tests themselves run in the background, SIGINT and SIGHUP are ignored."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.skipif(not shutil.which("make"), reason="no make here")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_make_that_was_told_to_stop_is_noticed(number):
    """It passes nothing on to the program it waits for."""
    recipe = "run:\n\t@exec sleep 300\n"
    with subprocess.Popen(
        ["make", "-f", "-"], stdin=subprocess.PIPE, text=True, preexec_fn=_as_in_a_terminal
    ) as make:
        make.stdin.write(recipe)
        make.stdin.close()
        children = Path(f"/proc/{make.pid}/task/{make.pid}/children")
        child = int(wait_until(children.read_text).split()[0])
        assert not waits_in_vain(make.pid)

        make.send_signal(number)

        wait_until(lambda: waits_in_vain(make.pid))
        os.kill(child, signal.SIGTERM)
