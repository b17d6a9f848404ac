"""What sources without TLS files of their own share."""

import ssl

from gateway.source import tls


def test_what_the_system_trusts_is_read_once_and_proves_whom_we_ask() -> None:
    """To read it takes time in which nothing else runs, and memory, for each of hundreds."""
    shared = tls.of_system()

    assert shared is tls.of_system()
    assert shared.verify_mode is ssl.CERT_REQUIRED
    assert shared.check_hostname
    assert shared.minimum_version is ssl.TLSVersion.TLSv1_2


def test_a_source_with_files_of_its_own_shares_nothing() -> None:
    """What it trusts or shows would be trusted or shown for all."""
    assert tls.context() is not tls.of_system()
