"""The measurement of the cache runs, in real processes, with hardly anything to measure."""

from dataclasses import asdict

import pytest

from bench.cache import SMALL, document, results
from bench.workers import CONTENDERS, SHARED

pytestmark = pytest.mark.slow


def test_the_measurement_of_the_cache_runs_and_tells_what_it_found() -> None:
    """Open data are fetched once for all processes that share; nothing of a rush fails."""
    found = results(SMALL)
    told = document(found, SMALL, "Gemeten in een toets.")

    first, *_ = found.rushes.values()
    assert [stood.calls for stood in first[SHARED]] == [1]
    rushed = [stood for by in found.rushes.values() for each in by.values() for stood in each]
    assert {stood.failed for stood in rushed} == {0}
    assert {name: len(each) for name, each in found.traffics.items()} == dict.fromkeys(
        CONTENDERS, SMALL.traffic_rounds
    )
    assert all(len(costs) == 4 for costs in asdict(found.costs).values())
    assert "## Wat een treffer kost" in told
    assert all(len(line) <= 120 or line.startswith("|") for line in told.splitlines())
