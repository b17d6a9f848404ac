"""How the sandbox writes a ZGW URL before a request gives it a host; startup and operation.

Open Zaak writes absolute URLs that echo the request's scheme and host. Our objects are made once,
so they hold URLs that start with a placeholder; `Bases` turns those into what this request must
see, and back.
"""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

ZAKEN = "zgw://zaken"
CATALOGI = "zgw://catalogi"


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


@dataclass(frozen=True, slots=True)
class Bases:
    """The two API roots as one request sees them: absolute, without a slash at the end."""

    zaken: str
    catalogi: str

    def shown(self, text: str) -> str:
        """A text with its placeholders replaced by the URLs of this request."""
        return text.replace(ZAKEN, self.zaken).replace(CATALOGI, self.catalogi)

    def stored(self, url: str) -> str:
        """The placeholder form of a URL under these roots; any other URL as it is."""
        for root, placeholder in ((self.zaken, ZAKEN), (self.catalogi, CATALOGI)):
            if url.startswith(root + "/"):
                return placeholder + url.removeprefix(root)
        return "" if url.startswith("zgw:") else url
