"""The comparison as a command (process): measure and write the page, or write it anew."""

import argparse
import tempfile
from pathlib import Path

from bench.gateways.contenders import contenders
from bench.gateways.measure import measured
from bench.gateways.page import written
from bench.gateways.plans import FULL, MEDIUM, QUICK, Plan
from bench.gateways.results import Results

PAGE = Path("docs/performance.md")


def main() -> None:
    """Measure and write the page; with `--quick` elsewhere, since it says nothing."""
    parser = argparse.ArgumentParser(prog="python -m bench.gateways", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="hardly anything, to see that it runs")
    size.add_argument("--medium", action="store_true", help="some twenty minutes")
    parser.add_argument("--render", action="store_true", help="only write the page anew")
    parser.add_argument("--fresh", action="store_true", help="do not go on with a run that stopped")
    parser.add_argument("--only", nargs="+", default=[], choices=[e.name for e in contenders()])
    parser.add_argument("--output", type=Path, help=f"the page; {PAGE} but for --quick")
    given = parser.parse_args()
    plan: Plan = QUICK if given.quick else MEDIUM if given.medium else FULL
    page = given.output or (_elsewhere() if given.quick else PAGE)
    page.parent.mkdir(parents=True, exist_ok=True)
    kept = page.with_suffix(".json")
    if given.render:
        found = Results.read(kept)
    else:
        found = measured(plan, kept, given.only, anew=given.fresh or given.quick)
    written(found, page)
    print(f"{page} written")


def _elsewhere() -> Path:
    return Path(tempfile.mkdtemp(prefix="bronpoort-bench-")) / PAGE.name


if __name__ == "__main__":
    main()
