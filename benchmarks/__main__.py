"""Every timing of the project: `make bench`."""

from benchmarks import findings, hotspots, intake, marks, masking, scan, scores, themes, weight
from benchmarks.site import running_site
from tools.postgres import find_postgres


def main() -> None:
    """Run all of them, one after the other."""
    hotspots.report()
    scan.report()
    marks.report()
    if find_postgres() is not None:
        marks.report("postgresql")
    masking.report()
    themes.report()
    findings.report()
    with running_site() as url:
        weight.report(url)
        scores.report(url)
        intake.report(url)


if __name__ == "__main__":
    main()
