"""What can go wrong between us and a source (operation): one tree, drawn here.

    SourceError
    ├── SourceUnreachable        BRON_ONBEREIKBAAR  ask again later
    ├── SourceTimeout            BRON_TIMEOUT       ask again later
    ├── SourceQuota              QUOTA              ask again later
    ├── SourceFault              BRON_FOUT          asking again will not help
    │   ├── ForeignAddress
    │   └── SourceTooLarge       LIMIET
    ├── SourceMissing            NIET_GEVONDEN
    ├── SourceRefusedQuestion    INVOER
    ├── PurposeLacking           NIET_GEAUTORISEERD
    ├── ConfigurationMissing     CONFIGURATIE
    └── NotRecorded              VERWERKING_NIET_VASTGELEGD  ask again later

`code` and `message` are safe to show to a caller. `str()` of any of these holds the code and the
name of the source and nothing else: no host, no value, no text of the source. `detail` is for our
own log and is written by us alone.
"""

# ruff: noqa: N818 - the code and the tree say that these are errors; their names say what is wrong.

import re
from collections.abc import Sequence
from typing import ClassVar

_PROBLEM = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_PARAMETER = re.compile(r"[A-Za-z][A-Za-z0-9_.\[\]-]{0,63}")
_MOST_PARAMETERS = 20


class SourceError(Exception):
    """A source could not answer; `source` is its name ("brp")."""

    code: ClassVar[str] = "BRON_FOUT"
    retry: ClassVar[bool] = False
    message: str = "De bron gaf geen bruikbaar antwoord."

    def __init__(self, source: str, detail: str = "") -> None:
        super().__init__(self.code, source)
        self.source = source
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code}: {self.source}"


class SourceUnreachable(SourceError):
    """No connection (name, TLS, protocol), 502 or 503, or the breaker is open."""

    code = "BRON_ONBEREIKBAAR"
    retry = True
    message = "De bron is niet bereikbaar. Probeer het later opnieuw."


class SourceTimeout(SourceError):
    """No whole answer within the time there was, or 504."""

    code = "BRON_TIMEOUT"
    retry = True
    message = "De bron antwoordde niet op tijd. Probeer het later opnieuw."


class SourceFault(SourceError):
    """An answer we cannot use: refused credentials, a status or a body that should not be.

    `status` is the HTTP status. `problem` is the machine code and `params` are the names of the
    invalid parameters of a problem body (RFC 9457 and the Dutch API design rules), each kept only
    if it looks like a name: a value is not let through.
    """

    code = "BRON_FOUT"
    message = "De bron gaf geen bruikbaar antwoord."

    def __init__(
        self,
        source: str,
        detail: str = "",
        *,
        status: int | None = None,
        problem: str | None = None,
        params: Sequence[str] = (),
    ) -> None:
        super().__init__(source, detail)
        self.status = status
        self.problem = _machine_code(problem)
        names = (name for name in params if _PARAMETER.fullmatch(name))
        self.params = tuple(names)[:_MOST_PARAMETERS]


class ForeignAddress(SourceFault):
    """An address from outside that lies under no base registered for this source."""

    message = "De bron verwees naar een adres dat hier niet bekend is."


class SourceTooLarge(SourceFault):
    """Bytes that were to be passed on, and are more than we pass on."""

    code = "LIMIET"
    message = "Dit bestand is groter dan de gateway doorgeeft."


class SourceQuota(SourceError):
    """429, more calls waiting than we let wait, or more than we may ask: refused by us, unasked."""

    code = "QUOTA"
    retry = True
    message = "De bron krijgt te veel vragen. Probeer het later opnieuw."

    def __init__(self, source: str, detail: str = "", *, message: str | None = None) -> None:
        super().__init__(source, detail)
        if message is not None:
            self.message = message


class SourceMissing(SourceError):
    """404 or 410 for one thing; `problem` is the machine code of the body, as of a SourceFault."""

    code = "NIET_GEVONDEN"
    message = "Niet gevonden."

    def __init__(self, source: str, detail: str = "", *, problem: str | None = None) -> None:
        super().__init__(source, detail)
        self.problem = _machine_code(problem)


class SourceRefusedQuestion(SourceError):
    """The question itself cannot be put: too wide, or not a value this source can be asked for.

    `message` says in Dutch what the asker can do; it names no value.
    """

    code = "INVOER"
    message = "Deze vraag kan niet aan de bron worden gesteld."

    def __init__(self, source: str, detail: str = "", *, message: str | None = None) -> None:
        super().__init__(source, detail)
        if message is not None:
            self.message = message


class PurposeLacking(SourceError):
    """The source wants to hear more of what for than this purpose says: so it is not asked."""

    code = "NIET_GEAUTORISEERD"
    message = "Deze doelbinding zegt niet wat deze bron wil horen; zij is daarom niet gevraagd."


class ConfigurationMissing(SourceError):
    """This municipality has no such source, or it is not what the file says.

    `message` says in Dutch what is the matter, if it is not that there is none.
    """

    code = "CONFIGURATIE"
    message = "Deze bron is voor deze gemeente niet ingesteld."

    def __init__(self, source: str, detail: str = "", *, message: str | None = None) -> None:
        super().__init__(source, detail)
        if message is not None:
            self.message = message


class NotRecorded(SourceError):
    """What is asked of a source, or was, cannot be written down: so it is not given."""

    code = "VERWERKING_NIET_VASTGELEGD"
    retry = True
    message = (
        "De gateway kan nu niet vastleggen dat deze gegevens worden gebruikt, en geeft ze daarom "
        "niet. Probeer het later opnieuw."
    )


def _machine_code(text: str | None) -> str | None:
    return text if text is not None and _PROBLEM.fullmatch(text) else None
