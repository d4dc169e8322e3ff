import io
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.supervisor import Supervisor
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
def supervisor():
    before = {
        each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    supervisor = Supervisor(ROOT, dict(os.environ), out=io.StringIO())
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
def test_children_end_when_the_supervisor_is_killed():
    program = (
        "import os, sys, time; from pathlib import Path; from scripts.supervisor import Supervisor;"
        "s = Supervisor(Path('.'), dict(os.environ));"
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
