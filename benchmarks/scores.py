"""Lighthouse on an emulated phone and a slow line: the median of five runs beside the target."""

import json
import os
import shutil
import statistics
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field

from benchmarks.site import ROOT
from tools.npm import find_npm, install_packages

FOLDER = ROOT / "benchmarks" / "lighthouse"
RUNS = 5
TARGETS = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Scores:
    """What one page got in each run, and what took points in any of them."""

    runs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    lost: set[str] = field(default_factory=set)


def measure(url: str) -> dict[str, Scores]:
    """Each page's scores, 0 to 100 for every category that is asked of it."""
    npm = find_npm()
    install_packages(npm, FOLDER)
    command = [npm.node, str(FOLDER / "measure.mjs"), url, str(RUNS)]
    pages: dict[str, Scores] = defaultdict(Scores)
    with subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, encoding="utf-8") as process:
        for line in process.stdout or ():
            said = json.loads(line)
            page = pages[said["page"]]
            page.lost |= set(said["lost"])
            for category, score in said["scores"].items():
                page.runs[category].append(score)
    assert process.returncode == 0, "Lighthouse could not measure; its words are above"
    return pages


def report(url: str) -> None:
    """Print each page's medians and how they stand to the target."""
    print(
        f"\nLighthouse, mobile, median of {RUNS} runs (of 100; beside it the ratio to the target)"
    )
    browser = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if browser is None:
        print("left out: Chromium is not installed")
        return
    os.environ["CHROME_PATH"] = browser
    pages = measure(url)
    print(f"{'page':20}" + "".join(f"{category:>22}" for category in TARGETS))
    for name, page in pages.items():
        print(f"{name:20}" + "".join(_cell(page.runs.get(c), TARGETS[c]) for c in TARGETS))
        if page.lost:
            print(f"{'':20}lost points: {', '.join(sorted(page.lost))}")


def _cell(runs: list[int] | None, target: int) -> str:
    if runs is None:
        return f"{'not asked of it':>22}"
    middle = statistics.median(runs)
    spread = f"{min(runs)}-{max(runs)}"
    return f"{middle:>6.0f} {spread:>8} {middle / target:>5.2f}x"
