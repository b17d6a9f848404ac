"""The issuers of a folder alone, without the municipalities beside them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from gateway.auth.issuers import IssuerSettings, read_issuers
from gateway.mistakes import ConfigurationError


def load_issuers(directory: Path, tenants: Iterable[str]) -> Sequence[IssuerSettings]:
    """All issuers of `directory`/issuers.toml; ConfigurationError with every mistake in it."""
    issuers, mistakes = read_issuers(directory, tenants)
    if mistakes:
        raise ConfigurationError(mistakes)
    return issuers
