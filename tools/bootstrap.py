"""What `make` calls: sets the project up and runs it, its tests and its chores.

Needs nothing but Python's standard library, and writes only below the project's own folder.
Call it from the project's root: python3 -m tools.bootstrap demo
"""

import sys

# Before anything that an older Python could not read.
if sys.version_info < (3, 11):  # noqa: UP036 - it is this block that tells
    sys.exit(
        "Trygghetsdialog needs Python 3.11 or newer; this is Python {}.{}.\n"
        "With a newer one installed, name it: make demo PYTHON=python3.12".format(*sys.version_info)
    )

import re
import signal
from collections.abc import Callable

from tools.assets import build_assets
from tools.checks import run_checks
from tools.demo import reset_demo, run_demo
from tools.environment import ROOT, SetupFailed, run_module, step
from tools.packages import install_development, install_runtime, write_locks


def show_help() -> None:
    """List the Makefile's targets with what each does."""
    print("make TARGET\n")
    for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines():
        target = re.match(r"([a-z-]+):\s+##\s+(.+)", line)
        if target:
            print(f"  {target[1]:<12} {target[2]}")


def install() -> None:
    """Set up packages, styles, scripts and translations, and leave the database alone."""
    install_runtime()
    build_assets()
    print("\nInstalled. docs/operate.md tells how to run it.")


def build() -> None:
    """Bring styles, scripts and translations up to date."""
    install_runtime()
    build_assets()


def run_benchmarks() -> None:
    """Run the timings in benchmarks/."""
    install_development()
    build_assets()
    run_module("benchmarks")


def format_code() -> None:
    """Format the code and mend what the linter can mend by itself."""
    install_development()
    run_module("ruff", "check", "--fix-only", "--quiet", ".")
    run_module("ruff", "format", ".")


def gather_messages() -> None:
    """Bring the texts of code and templates into every catalogue."""
    install_development()
    with step("gathering the texts"):
        run_module("tools.catalogues", "gather")


COMMANDS: dict[str, Callable[[], int | None]] = {
    "help": show_help,
    "install": install,
    "demo": run_demo,
    "demo-reset": reset_demo,
    "test": run_checks,
    "assets": build,
    "lock": write_locks,
    "bench": run_benchmarks,
    "format": format_code,
    "messages": gather_messages,
}


def main(arguments: list[str]) -> int:
    """Run one command; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Consoles that cannot show a letter get a question mark instead of a crash.
        stream.reconfigure(errors="replace", line_buffering=True)  # type: ignore[union-attr]
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"One of these is needed: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    for name in ("SIGTERM", "SIGHUP"):
        # However we are asked to end, what we wait for ends with us.
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        return COMMANDS[arguments[0]]() or 0
    except SetupFailed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Nothing is left running; the same command goes on from here.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
