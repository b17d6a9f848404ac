"""How one ZGW source writes the address of an object of another (operation): to find by it, and to
know what is meant by it.

The APIs refer to each other by address. A flag of the source says where the other one stands
according to it; without the flag the two are taken to stand beside each other, as they do in Open
Zaak: `.../documenten/api/v1` and `.../zaken/api/v1`. The BAG stands where the Kadaster has it.
"""

from typing import Any

from gateway.source.addresses import Base, is_uuid
from gateway.source.errors import ConfigurationMissing, ForeignAddress
from gateway.source.source import Source

BAG_URL = "https://api.bag.kadaster.nl/lvbag/individuelebevragingen/v2"


def url_beside(source: Source, flag: str, api: str, other: str, resource: str, uuid: str) -> str:
    """The address of a resource of the API `other`, as this source, an `api`, writes it.

    Raises ConfigurationMissing where that follows neither from the flag nor from its own address.
    """
    base = source.flag(flag, "").removesuffix("/")
    if not base:
        own = source.url_of(resource, uuid).removesuffix(f"/{resource}/{uuid.lower()}")
        head, found, tail = own.rpartition(f"/{api}/api/")
        if not found:
            raise ConfigurationMissing(source.name, f"{flag} is not set")
        base = f"{head}/{other}/api/{tail}"
    return f"{base}/{resource}/{uuid.lower()}"


def zaaktype_url(zaken: Source, uuid: str) -> str:
    """The address of a zaaktype as zaken name it; flag `catalogi_url`."""
    return url_beside(zaken, "catalogi_url", "zaken", "catalogi", "zaaktypen", uuid)


def zaak_url(besluiten: Source, uuid: str) -> str:
    """The address of a zaak as besluiten name it; flag `zaken_url`."""
    return url_beside(besluiten, "zaken_url", "besluiten", "zaken", "zaken", uuid)


def uuid_of_elsewhere(source: Source, value: Any) -> str:
    """The uuid at the end of an address of another source, or a uuid itself.

    Only for what is put in a filter: whatever the address was, nothing is asked there.
    """
    found = str(value).rpartition("/")[2].lower()
    if not is_uuid(found):
        raise ForeignAddress(source.name, "an address without a uuid")
    return found


def bag_url(zaken: Source, resource: str, identificatie: str) -> str:
    """The address of an object of the BAG as zaken name it; flag `bag_url`."""
    return f"{_bag(zaken)}/{resource}/{identificatie}"


def identificatie_in(zaken: Source, value: Any, resource: str) -> str | None:
    """What stands at the end of an address that `bag_url` writes; None for any other.

    Only the place is proven here: what stands there is whatever somebody wrote.
    """
    try:
        below = Base.parse(_bag(zaken)).below(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return below[1] if below is not None and len(below) == 2 and below[0] == resource else None


def _bag(zaken: Source) -> str:
    written: str = zaken.flag("bag_url", BAG_URL)
    return written.removesuffix("/")
