"""`make lighthouse`: the main pages of the running demonstration office, judged by Lighthouse.

Start `make run` in another terminal first. Each page is measured three times (--runs) in the
desktop preset with an empty cache; its figure is the median. Fails below 98 of performance or 100
of accessibility. What takes points away is told below the table, of the other categories too.
On a machine that is busy with something else the figures of performance say nothing.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import BrowserContext, sync_playwright

from config import environment as env
from scripts import install
from scripts.screenshots import CHROMIUM, PAGES, demo_accounts, log_in, open_page

FOLDER = Path(__file__).resolve().parent
STAMP = FOLDER / "node_modules" / ".installed"
AT_LEAST = {"performance": 98, "accessibility": 100}
OFFICE, FILLER = "zongju.shouwen", "zhejiang.tianbao"
# name of the page in `make screenshots`: as whom it is opened
JUDGED = {
    "desk": OFFICE,
    "ledger": OFFICE,
    "notice": OFFICE,
    "check": OFFICE,
    "roll-up": OFFICE,
    "form": FILLER,
}


@dataclass(frozen=True)
class Judged:
    """What Lighthouse says of one page."""

    name: str
    scores: dict[str, int]
    said: dict[str, list[str]]

    @property
    def is_good(self) -> bool:
        return all(self.scores[one] >= least for one, least in AT_LEAST.items())


def main() -> int:
    words = argparse.ArgumentParser(prog="make lighthouse", description=__doc__)
    default = f"http://127.0.0.1:{env.whole_number('PORT', 8000, at_least=1)}"
    words.add_argument("--url", default=default, help="of the running office")
    words.add_argument("--runs", type=int, default=3, help="of each page")
    words.add_argument("--only", nargs="*", default=list(JUDGED), choices=JUDGED, metavar="PAGE")
    asked = words.parse_args()
    try:
        install_lighthouse()
    except install.CannotInstall as problem:
        print(problem, file=sys.stderr)
        return 1
    pages = list(opened(asked.url, asked.only))
    judged = measure(pages, asked.runs)
    print(table(judged))
    return 0 if len(judged) == len(pages) and all(one.is_good for one in judged) else 1


def install_lighthouse() -> None:
    """Beside the script and only for it: nothing that the product or its tests need."""
    wanted = install.digest(FOLDER / "package-lock.json")
    if install.stamped(STAMP) == wanted:
        return
    print("== npm ci (scripts/lighthouse)", flush=True)
    failure = "Lighthouse 安装失败，原因见上。Installing Lighthouse failed, see above."
    install.run([*install.NPM_INSTALL, "--prefix", FOLDER], failure)
    STAMP.write_text(wanted, encoding="ascii")


def opened(url: str, names: list[str]) -> list[dict[str, str]]:
    """The address of each page and the cookie that opens it."""
    _, password = demo_accounts("make lighthouse")
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for account in dict.fromkeys(JUDGED[name] for name in names):
            context = browser.new_context(locale="zh-CN")
            page = context.new_page()
            log_in(page, url, account, password)
            for name in (one for one in names if JUDGED[one] == account):
                if not open_page(page, url, PAGES[name]):
                    sys.exit(f"打不开 {name}。{account} is not shown a page {name}.")
                found.append({"name": name, "url": page.url, "cookie": cookies(context, url)})
            context.close()
        browser.close()
    return found


def chromium() -> str:
    return os.environ.get("CHROMIUM", CHROMIUM)


def cookies(context: BrowserContext, url: str) -> str:
    kept = context.cookies(urljoin(url, "/"))
    return "; ".join(f"{one.get('name')}={one.get('value')}" for one in kept)


def measure(pages: list[dict[str, str]], runs: int) -> list[Judged]:
    """One page after the other in a browser of Lighthouse's own; each is told as it is done."""
    asked = {
        "chromium": chromium(),
        "flags": ["--headless=new", "--no-sandbox", "--disable-gpu"],
        "runs": runs,
        "pages": pages,
    }
    program = ["node", str(FOLDER / "measure.mjs")]
    done = subprocess.run(program, input=json.dumps(asked), stdout=subprocess.PIPE, text=True)
    return [judged_of(json.loads(line)) for line in done.stdout.splitlines()]


def judged_of(answer: dict[str, Any]) -> Judged:
    scores = {one: int(median(figures)) for one, figures in answer["scores"].items()}
    return Judged(answer["name"], scores, answer["below"])


def table(judged: list[Judged]) -> str:
    categories = list(judged[0].scores) if judged else []
    lines = ["  ".join([f"{'':10}", *categories])]
    for one in judged:
        figures = [f"{one.scores[name]:{len(name)}}" for name in categories]
        lines.append("  ".join([f"{one.name:10}", *figures, "" if one.is_good else "  低于要求"]))
    lines += [
        f"{one.name} {category}: {'; '.join(said)}"
        for one in judged
        for category, said in one.said.items()
        if said
    ]
    return "\n".join(line.rstrip() for line in lines)


if __name__ == "__main__":
    sys.exit(main())
