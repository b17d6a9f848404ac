"""The measurements of calls and of documents run, with hardly anything to measure."""

import pytest

from bench import documents, upstream

pytestmark = pytest.mark.slow


def test_the_measurement_of_calls_runs_and_tells_what_it_found() -> None:
    found = upstream.results(upstream.SMALL)
    told = upstream.document(found, upstream.SMALL, "Gemeten in een toets.")

    assert len(found) == 8
    assert {name for by in found.values() for name in by} == set(upstream.CONTENDERS)
    assert all(each.told in told for each in found)


def test_the_measurement_of_documents_runs_and_tells_what_it_found() -> None:
    found = documents.results(documents.SMALL)
    told = documents.document(found, documents.SMALL, "Gemeten in een toets.")

    ways = {documents.CORE, documents.OURS, documents.SHAPED}
    assert all(set(by) == ways for by in found.values())
    assert all(name in told for name in documents.texts())
