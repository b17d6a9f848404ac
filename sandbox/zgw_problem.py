"""What went wrong, in the form of an Open Zaak error body; raised and written in operation.

Every error has type, code, title, status, detail and instance; a 400 for wrong input also
invalidParams (Zaken API 1.5.1, schemas Fout and ValidatieFout).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.wire import Wire
from sandbox.zgw_links import uuid_for


@dataclass(frozen=True, slots=True)
class Param:
    """One wrong parameter or property: its name, a machine code and a reason in Dutch."""

    name: str
    code: str
    reason: str


class Problem(Exception):  # noqa: N818  named after problem details, RFC 9457
    """An answer that is not the one asked for: HTTP status, machine code, name at the source."""

    def __init__(self, status: int, code: str, kind: str, title: str, detail: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.kind = kind
        self.title = title
        self.detail = detail or title
        self.params: tuple[Param, ...] = ()

    def body(self, root: str, where: str) -> Wire:
        """The error body; `root` is scheme and host of the request, `where` its method and path."""
        body: Wire = {
            "type": f"{root}/ref/fouten/{self.kind}/",
            "code": self.code,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": f"urn:uuid:{uuid_for('instance', where, self.code)}",
        }
        if self.params:
            body["invalidParams"] = [
                {"name": p.name, "code": p.code, "reason": p.reason} for p in self.params
            ]
        return body


def invalid(params: Sequence[Param]) -> Problem:
    """400 for these parameters or properties."""
    problem = Problem(400, "invalid", "ValidationError", "Ongeldige invoer.")
    problem.params = tuple(params)
    return problem


def unreadable() -> Problem:
    """400 for a body that is not JSON."""
    return Problem(400, "parse_error", "ParseError", "De inhoud is geen geldige JSON.")


def forbidden(code: str = "permission_denied", detail: str = "") -> Problem:
    """403: Open Zaak refuses with this status only, and tells the reasons apart by code."""
    return Problem(403, code, "PermissionDenied", "U mag deze actie niet uitvoeren.", detail)


def not_found(detail: str = "") -> Problem:
    """404 for an object, a path or a page."""
    return Problem(404, "not_found", "NotFound", "Niet gevonden.", detail)


def method_not_allowed() -> Problem:
    """405."""
    return Problem(405, "method_not_allowed", "MethodNotAllowed", "Methode niet toegestaan.")


def not_acceptable(detail: str = "") -> Problem:
    """406 for a media type or a coordinate system that is not offered."""
    return Problem(406, "not_acceptable", "NotAcceptable", "Kan niet aan Accept voldoen.", detail)


def precondition_failed(header: str) -> Problem:
    """412 for a missing coordinate system header."""
    detail = f"De header {header} ontbreekt."
    return Problem(412, "precondition_failed", "PreconditionFailed", "Voorwaarde faalt.", detail)


def unsupported_media_type() -> Problem:
    """415 for a body that does not call itself JSON."""
    return Problem(415, "unsupported_media_type", "UnsupportedMediaType", "Geen JSON ontvangen.")


def broken() -> Problem:
    """500 for the questions on which Open Zaak itself fails."""
    return Problem(500, "error", "APIException", "Er is een serverfout opgetreden.")
