"""One call to an API of KVK, and what its faults mean (operation).

KVK says what is wrong as `{"fout": [{"code": "IPD5200", "omschrijving": ...}]}`. "Nothing there" is
a 404 with such a code; a 404 without one comes from something that is no API of KVK.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NoReturn

from gateway.source.addresses import Parameters
from gateway.source.errors import (
    SourceFault,
    SourceMissing,
    SourceRefusedQuestion,
    SourceUnreachable,
)
from gateway.source.source import Source

Wire = Mapping[str, Any]

HAL = MappingProxyType({"accept": "application/hal+json"})
"""What all of these APIs speak; the profiles nothing else."""
OWN_CODE = "IPD"
FOR_THE_MOMENT = frozenset({"IPD1002", "IPD1003"})
NO_NUMBER = "Het Handelsregister aanvaardt dit nummer niet. Kijk het na."
NO_SEARCH = "Het Handelsregister aanvaardt deze zoekvraag niet. Vraag met andere gegevens."
REFUSALS = MappingProxyType(
    {
        "IPD0004": NO_NUMBER,
        "IPD0006": NO_NUMBER,
        "IPD1998": NO_SEARCH,
        "IPD1999": NO_SEARCH,
    }
)


async def asked(kvk: Source, *segments: str, params: Parameters | None = None) -> Wire | None:
    """The object that KVK answers with, None where it has nothing. Raises SourceError."""
    try:
        answer = await kvk.get(*segments, params=params, headers=HAL)
    except SourceMissing as missing:
        if not is_own(missing.problem):
            raise SourceFault(kvk.name, "status 404, but not of KVK", status=404) from None
        _unless_passing(kvk, missing.problem)
        return None
    except SourceFault as fault:
        _refused(kvk, fault)
    if not isinstance(answer, Mapping):
        raise SourceFault(kvk.name, "not an object")
    return answer


def is_own(code: str | None) -> bool:
    """Whether an error code is one of KVK's own."""
    return code is not None and code.startswith(OWN_CODE)


async def profile(kvk: Source, *segments: str, geo: bool = False) -> Wire | None:
    """A profile, which is paid for; with the BAG's identifications where `geo` wants them."""
    return await asked(kvk, "v1", *segments, params={"geoData": "true"} if geo else None)


def _refused(kvk: Source, fault: SourceFault) -> NoReturn:
    code = fault.problem
    _unless_passing(kvk, code)
    if code is not None and code in REFUSALS:
        raise SourceRefusedQuestion(kvk.name, code, message=REFUSALS[code]) from None
    raise fault


def _unless_passing(kvk: Source, code: str | None) -> None:
    """KVK's own "not at this moment", with whatever status it comes."""
    if code in FOR_THE_MOMENT:
        raise SourceUnreachable(kvk.name, code) from None
