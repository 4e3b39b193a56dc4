"""Every timing of the project: `make bench`."""

from benchmarks import findings, hotspots, intake, marks, masking, scan, scores, themes, weight
from benchmarks.site import running_site


def main() -> None:
    """Run all of them, one after the other."""
    hotspots.report()
    scan.report()
    marks.report()
    masking.report()
    themes.report()
    findings.report()
    with running_site() as url:
        weight.report(url)
        scores.report(url)
        intake.report(url)


if __name__ == "__main__":
    main()
