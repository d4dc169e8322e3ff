# -*- coding: utf-8 -*-  (Python 2 would stop at the Chinese otherwise)
"""The first look, in a syntax that old Pythons read too: can this Python carry the project at all?

Only the standard library, no f-strings, no annotations: a Python 3.4 must be able to say that it is
too old.
"""

import sys

OLDEST = (3, 11)


def problems(version, modules):
    """What is wrong with a Python of this ``version`` that can import ``modules``, a line each."""
    found = []
    if tuple(version[:2]) < OLDEST:
        found.append(
            "Python %d.%d 太旧，需要 3.11 或更高版本。Python %d.%d is too old: "
            "install 3.11 or newer, then  make run PYTHON=python3.11"
            % (version[0], version[1], version[0], version[1])
        )
    elif not {"venv", "ensurepip"} <= set(modules):
        found.append(
            "缺少 venv 模块。This Python has no venv module: install it "
            "(Debian: apt-get install python3-venv), then run make again"
        )
    return found


def importable(names):
    found = []
    for name in names:
        try:
            __import__(name)
        except ImportError:
            continue
        found.append(name)
    return found


def main():
    found = problems(sys.version_info, importable(["venv", "ensurepip"]))
    for problem in found:
        sys.stderr.write(problem + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
