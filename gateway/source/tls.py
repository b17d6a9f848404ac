"""The TLS context of a source (startup): made once to prove the files, and once per transport.

Sources without files of their own share one, with the issuers: to read what the system trusts takes
some 20 ms, in which nothing else runs, and 0.8 MB; 39 municipalities have hundreds of sources.
"""

import ssl
from functools import cache
from pathlib import Path


@cache
def of_system() -> ssl.SSLContext:
    """TLS 1.2 or later; trusts what the system trusted when it was first asked for, and shows
    nothing. Nobody may change it.
    """
    return context()


def context(
    ca: Path | None = None, certificate: Path | None = None, key: Path | None = None
) -> ssl.SSLContext:
    """TLS 1.2 or later; trusts `ca` alone if given, else what the system trusts; shows
    `certificate` if given (`key` may be in the same file, and may not ask for a password).

    OSError (ssl.SSLError is one) if a file is not what it should be.
    """
    made = ssl.create_default_context(cafile=ca)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    if certificate is not None:
        made.load_cert_chain(certificate, key, password="")
    return made
