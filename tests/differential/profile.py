"""How many examples the differential tests try: a few hundred, or `BRONPOORT_SOAK` of them."""

import os
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings

T = TypeVar("T")
SOAK = int(os.environ.get("BRONPOORT_SOAK", "0"))


def examples(number: int) -> Callable[[T], T]:
    """Settings for this many examples, always the same ones; random ones when soaking.

    An example is one seed, which is told when it fails: there is nothing to shrink.
    """
    return settings(
        max_examples=SOAK or number,
        deadline=None,
        derandomize=not SOAK,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
