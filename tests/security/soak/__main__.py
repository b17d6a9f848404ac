"""`make soak`: the isolation run, in several processes that keep what they know in one Redis."""

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from contextlib import nullcontext

from tests.security.soak.run import Plan, Tally, soaked
from tests.valkey import valkey


def main() -> int:
    """Runs, prints what was done, and gives 1 if anybody heard what is another's."""
    chosen = _arguments()
    began = time.monotonic()
    share = -(-chosen.requests // chosen.processes)
    with nullcontext() if chosen.alone else valkey("256mb") as server:
        redis = server.url if server else None
        plans = [Plan(share, seed=chosen.seed + number, tenants=chosen.tenants, redis=redis)
                 for number in range(chosen.processes)]  # fmt: skip
        total = Tally()
        with multiprocessing.get_context("spawn").Pool(chosen.processes) as pool:
            for each in pool.imap_unordered(soaked, plans):
                total.add(each)
    _print(total, time.monotonic() - began, chosen)
    return 1 if total.wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.security.soak", description=__doc__)
    parser.add_argument("--requests", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=min(4, os.cpu_count() or 1))
    parser.add_argument("--tenants", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="no Redis: each its own memory")
    return parser.parse_args()


def _print(total: Tally, seconds: float, chosen: argparse.Namespace) -> None:
    done = sum(total.done.values())
    shared = "a memory each" if chosen.alone else "one Valkey"
    print(f"{done:,} requests in {seconds:,.0f} s: {done / seconds:,.0f} a second, by "
          f"{chosen.processes} processes with {shared}, {chosen.tenants} municipalities, "
          f"seed {chosen.seed}")  # fmt: skip
    print(f"answered from what is kept: {total.hits:,}; asked of sources: {_listed(total.asked)}")
    for name, count in sorted(total.done.items()):
        print(f"{count:>10,}  {name}")
    for each in total.wrong:
        print(f"WRONG  {each}", file=sys.stderr)
    print(f"{len(total.wrong)} wrong")


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.most_common())


if __name__ == "__main__":
    sys.exit(main())
