"""The measurement of the writer runs, with hardly anything to measure."""

from bench.completion import COMPILED, CORE, SMALL, WORK, document, results


def test_the_measurement_of_the_writer_runs_and_tells_what_it_found() -> None:
    """All contenders give one and the same answer, or there is nothing to compare."""
    found = results(SMALL)
    told = document(found, SMALL, "Gemeten in een toets.")

    assert found.keys() == WORK.keys()
    assert all(one.ratios[CORE].middle == 1.0 for one in found.values())
    assert all(one.times[COMPILED].least > 0 for one in found.values())
    assert "## Wat één keer kost" in told
    assert all(len(line) <= 120 or line.startswith("|") for line in told.splitlines())
