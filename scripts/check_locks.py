"""Lock files name packages and hashes, never where to fetch them: every office has its mirror."""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"https?://|--(extra-)?index-url|--find-links|file://")


def problems_of_requirements(name: str, text: str) -> list[str]:
    """Lines that name an address, and packages without a hash."""
    found = [
        f"{name}:{number}: names an address"
        for number, line in enumerate(text.splitlines(), 1)
        if ADDRESS.search(line)
    ]
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        if "==" in block and "--hash=sha256:" not in block:
            found.append(f"{name}: {block.split()[0]} has no hash")
    return found


def problems_of_package_lock(name: str, text: str) -> list[str]:
    """Packages with a "resolved" address or without "integrity"."""
    found = []
    for path, package in json.loads(text).get("packages", {}).items():
        if not path:
            continue  # the project itself
        if "resolved" in package:
            found.append(f'{name}: {path} has "resolved"; see .npmrc')
        if "integrity" not in package:
            found.append(f"{name}: {path} has no integrity hash")
    return found


def main() -> int:
    found = []
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        found += problems_of_requirements(path.name, path.read_text(encoding="utf-8"))
    for name in ("package-lock.json", "scripts/lighthouse/package-lock.json"):
        found += problems_of_package_lock(name, (ROOT / name).read_text(encoding="utf-8"))
    print("\n".join(found) or "lock files: no addresses, every package with its hash")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
