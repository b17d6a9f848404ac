"""Error answers of the Haal Centraal family (problem+json); object phase of the registry apps.

The shape is that of RFC 7807 with a machine readable ``code`` and the faulty parameters. The BAG
spells the list ``invalid-params``, the BRP ``invalidParams``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import JSONResponse

from sandbox.wire import Wire

SECTIONS = {
    400: "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.1",
    401: "https://datatracker.ietf.org/doc/html/rfc7235#section-3.1",
    403: "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.3",
    404: "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.4",
    405: "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.5",
    406: "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.6",
    412: "https://datatracker.ietf.org/doc/html/rfc7232#section-4.2",
    415: "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.13",
    429: "https://datatracker.ietf.org/doc/html/rfc6585#section-4",
    500: "https://datatracker.ietf.org/doc/html/rfc7231#section-6.6.1",
}
NOT_CORRECT = "Een of meerdere parameters zijn niet correct."


@dataclass(frozen=True, slots=True)
class Invalid:
    """One faulty parameter: its name (arrays indexed), a machine code and what is wrong."""

    name: str
    code: str
    reason: str

    def wire(self) -> Wire:
        return {"name": self.name, "code": self.code, "reason": self.reason}


class Refused(Exception):  # noqa: N818  an answer, not an error of ours
    """The request is answered with an error. `code` is the machine code, `invalid` the
    parameters.
    """

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        detail: str = "",
        invalid: Sequence[Invalid] = (),
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail or title
        self.invalid = tuple(invalid)

    @classmethod
    def parameters(cls, invalid: Sequence[Invalid]) -> "Refused":
        """400 for faulty parameters, all at once."""
        names = ", ".join(dict.fromkeys(fault.name for fault in invalid))
        detail = f"De foutieve parameter(s) zijn: {names}."
        if all(fault.code == "required" for fault in invalid):
            title = "Minimale combinatie van parameters moet worden opgegeven."
            return cls(400, "paramsCombination", title, detail, invalid)
        return cls(400, "paramsValidation", NOT_CORRECT, detail, invalid)


def problem(
    refused: Refused,
    instance: str,
    list_name: str = "invalidParams",
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The error answer; `instance` is the path of the request."""
    body: Wire = {
        "type": SECTIONS[refused.status],
        "title": refused.title,
        "status": refused.status,
        "detail": refused.detail,
        "instance": instance,
        "code": refused.code,
    }
    if refused.invalid:
        body[list_name] = [fault.wire() for fault in refused.invalid]
    return JSONResponse(
        body, refused.status, headers=headers, media_type="application/problem+json"
    )
