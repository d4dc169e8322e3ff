"""`make lock`: requirements/*.in to *.txt, for every platform, with hashes, naming no registry."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
OPTIONS += ["--no-emit-find-links", "--no-header", "--quiet"]


def main() -> int:
    for name in ("base", "dev", "ocr"):
        source, lock = f"requirements/{name}.in", f"requirements/{name}.txt"
        # The others must agree with base about what both hold: base is compiled first and
        # constrains them.
        constraint = [] if name == "base" else ["--constraint", "requirements/base.txt"]
        done = subprocess.run(
            [
                ROOT / ".venv/bin/uv",
                "pip",
                "compile",
                *OPTIONS,
                *constraint,
                *sys.argv[1:],
                source,
                "-o",
                lock,
            ],
            cwd=ROOT,
        )
        if done.returncode:
            return done.returncode
        text = (ROOT / lock).read_text(encoding="utf-8")
        print(f"{lock}: {text.count('==')} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
