"""The real notices beside this checkout, scored as their own tool scores them."""

import subprocess
import sys

import pytest

from tests.folders import ROOT

SHARED = ROOT.parent / "shared"
SCORE = SHARED / "reading" / "score.py"

pytestmark = pytest.mark.skipif(
    not SCORE.exists(), reason="the shared notices are not beside this checkout"
)


def score(folder: str, *limits: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "manage.py"), "read_notice", "--json"]
    return subprocess.run(
        [sys.executable, str(SCORE), str(SHARED / "notices" / folder), *limits, "--", *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def test_seeds_are_read_without_a_miss() -> None:
    run = score("seeds", "--min-f1", "1", "--min-strict", "1", "--min-meta", "1")

    assert run.returncode == 0, run.stdout + run.stderr


def test_real_notices_reach_the_agreed_figures() -> None:
    run = score("dev", "--min-f1", "0.95", "--min-strict", "0.94", "--min-meta", "0.96")

    assert run.returncode == 0, run.stdout + run.stderr
