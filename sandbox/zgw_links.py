"""How the sandbox writes a ZGW URL before a request gives it a host; startup and operation.

Open Zaak writes absolute URLs that echo the request's scheme and host. Our objects are made once,
so they hold URLs that start with a placeholder; `Bases` turns those into what this request must
see, and back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

ZAKEN = "zgw://zaken"
CATALOGI = "zgw://catalogi"
DOCUMENTEN = "zgw://documenten"
BESLUITEN = "zgw://besluiten"
OBJECTEN = "zgw://objecten"
PLACEHOLDERS = {
    "zaken": ZAKEN,
    "catalogi": CATALOGI,
    "documenten": DOCUMENTEN,
    "besluiten": BESLUITEN,
    "objecten": OBJECTEN,
}


def uuid_for(*parts: object) -> str:
    """The UUID of the thing these parts name: always the same one, in the form of version 4."""
    name = uuid5(NAMESPACE_URL, "zgw:" + "|".join(map(str, parts)))
    return str(UUID(bytes=name.bytes, version=4))


def zaken_url(resource: str, uuid: str) -> str:
    """The placeholder URL of one object of the Zaken API."""
    return f"{ZAKEN}/{resource}/{uuid}"


def catalogi_url(resource: str, uuid: str) -> str:
    """The placeholder URL of one object of the Catalogi API."""
    return f"{CATALOGI}/{resource}/{uuid}"


def documenten_url(resource: str, uuid: str) -> str:
    """The placeholder URL of one object of the Documenten API."""
    return f"{DOCUMENTEN}/{resource}/{uuid}"


def besluiten_url(resource: str, uuid: str) -> str:
    """The placeholder URL of one object of the Besluiten API."""
    return f"{BESLUITEN}/{resource}/{uuid}"


def object_url(uuid: str) -> str:
    """The placeholder URL of one object of the Objects API, which a zaak can be about."""
    return f"{OBJECTEN}/objects/{uuid}"


@dataclass(frozen=True, slots=True)
class Bases:
    """The API roots as one request sees them: absolute, without a slash at the end; "" for one
    that whoever answers does not refer to.
    """

    zaken: str
    catalogi: str
    documenten: str = ""
    besluiten: str = ""
    objecten: str = ""

    @classmethod
    def under(cls, root: str) -> "Bases":
        """All four side by side, as in Open Zaak, and the Objects API beside them."""
        paths = ("zaken/api/v1", "catalogi/api/v1", "documenten/api/v1", "besluiten/api/v1")
        return cls(*(f"{root}/{path}" for path in (*paths, "objecten/api/v2")))

    def shown(self, text: str) -> str:
        """A text with its placeholders replaced by the URLs of this request."""
        for root, placeholder in self._known():
            text = text.replace(placeholder, root)
        return text

    def stored(self, url: str) -> str:
        """The placeholder form of a URL under these roots; any other URL as it is."""
        for root, placeholder in self._known():
            if url.startswith(root + "/"):
                return placeholder + url.removeprefix(root)
        return "" if url.startswith("zgw:") else url

    def _known(self) -> Iterator[tuple[str, str]]:
        for name, placeholder in PLACEHOLDERS.items():
            if root := getattr(self, name):
                yield root, placeholder
