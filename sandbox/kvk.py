"""The sandbox's KVK APIs, as a Starlette app: Zoeken 2, Basisprofiel 1, Vestigingsprofiel 1;
operation phase.

As the real ones: header `apikey`, an unknown parameter is refused, nothing found is 404 with
`fout`, no more than a thousand results are shown. Links are those of the profiles since 1.5.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.kvk_companies import YES, Company, companies
from sandbox.kvk_search import Entry, entries, result
from sandbox.wire import Wire
from sandbox.world import World

API_KEY = "sandbox-kvk"
HAL = "application/hal+json"
SHOWN = 1_000
PATTERNS: Mapping[str, str] = {
    "kvkNummer": "[0-9]{8}",
    "rsin": "[0-9]{9}",
    "vestigingsnummer": "[0-9]{12}",
    "naam": ".{1,200}",
    "straatnaam": ".{1,200}",
    "plaats": ".{1,200}",
    "postcode": "[0-9]{4}[a-zA-Z]{2}",
    "huisnummer": "[0-9]{1,5}",
    "huisletter": "[a-zA-Z]",
    "postbusnummer": "[0-9]{1,5}",
    "type": "hoofdvestiging|nevenvestiging|rechtspersoon",
    "inclusiefInactieveRegistraties": "true|false",
    "pagina": "[1-9][0-9]{0,2}|1000",
    "resultatenPerPagina": "[1-9][0-9]?|100",
}
SETTINGS = ("type", "inclusiefInactieveRegistraties", "pagina", "resultatenPerPagina")
TEXTS = {
    "IPD0004": "Het KVK-nummer is niet valide.",
    "IPD0005": "Het product is niet leverbaar voor dit KVK-nummer.",
    "IPD0006": "Het vestigingsnummer is niet valide.",
    "IPD0007": "Het product is niet leverbaar voor dit vestigingsnummer.",
    "IPD1998": "De opgegeven parameters kunnen zo niet worden gebruikt.",
    "IPD1999": "Een of meer parameters zijn ongeldig.",
    "IPD5200": "Er zijn geen gegevens gevonden.",
    "IPD9999": "Geen toegang.",
}


class Refused(Exception):  # noqa: N818  an answer, not an error of ours
    """The request is answered with `fout`."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


Answer = Callable[[Request], Wire]


@dataclass(slots=True)
class Counter:
    """Answers requests about the companies of a world."""

    world: World
    api_key: str
    companies: dict[str, Company] = field(init=False)
    branches: dict[str, Wire] = field(init=False)
    entries: Sequence[Entry] = field(init=False)

    def __post_init__(self) -> None:
        made = companies(self.world)
        self.companies = {company.number: company for company in made}
        self.branches = {b["vestigingsnummer"]: b for company in made for b in company.branches}
        self.entries = entries(made)

    def endpoint(self, answer: Answer, known: Sequence[str]) -> Callable[[Request], Response]:
        """An endpoint that checks key, media type and the names of the parameters."""

        def respond(request: Request) -> Response:
            try:
                self._admit(request, known)
                return JSONResponse(answer(request), media_type=HAL)
            except Refused as refused:
                fout = [{"code": refused.code, "omschrijving": TEXTS[refused.code]}]
                return JSONResponse({"fout": fout}, refused.status)

        return respond

    def search(self, request: Request) -> Wire:
        """A page of what is found."""
        asked = _asked(request)
        found = [entry for entry in self.entries if entry.fits(asked)]
        page, size = int(asked.get("pagina", 1)), int(asked.get("resultatenPerPagina", 10))
        root = _root(request)
        part = found[:SHOWN][(page - 1) * size : page * size]
        if not part:
            raise Refused(404, "IPD5200")
        made: Wire = {
            "pagina": page,
            "resultatenPerPagina": size,
            "totaal": len(found),
            "resultaten": [result(entry, asked, root) for entry in part],
        }
        if page > 1:
            made["vorige"] = str(request.url.include_query_params(pagina=page - 1))
        if page * size < min(len(found), SHOWN):
            made["volgende"] = str(request.url.include_query_params(pagina=page + 1))
        return made

    def profile(self, request: Request) -> Wire:
        """The basisprofiel of a company."""
        company, geo = self._company(request), _geo(request)
        embedded: Wire = {"eigenaar": _shown(company.owner, geo)}
        if company.branches:
            embedded["hoofdvestiging"] = _shown(company.branches[0], geo)
        return {**company.profile, "_embedded": embedded, **_self(request)}

    def owner(self, request: Request) -> Wire:
        """Who owns a company."""
        return _shown(self._company(request).owner, _geo(request)) | _self(request)

    def main(self, request: Request) -> Wire:
        """The hoofdvestiging of a company."""
        branches = self._company(request).branches
        if not branches:
            raise Refused(404, "IPD0005")
        return _shown(branches[0], _geo(request)) | _self(request)

    def list(self, request: Request) -> Wire:
        """The vestigingen of a company, counted."""
        company = self._company(request)
        commercial = sum(b["indCommercieleVestiging"] == YES for b in company.branches)
        return {
            "kvkNummer": company.number,
            "aantalCommercieleVestigingen": commercial,
            "aantalNietCommercieleVestigingen": len(company.branches) - commercial,
            "totaalAantalVestigingen": len(company.branches),
            "vestigingen": [_basics(branch) for branch in company.branches],
            **_self(request),
        }

    def branch(self, request: Request) -> Wire:
        """The profile of a vestiging."""
        number = request.path_params["nummer"]
        if re.fullmatch(PATTERNS["vestigingsnummer"], number) is None:
            raise Refused(400, "IPD0006")
        if number not in self.branches:
            raise Refused(404, "IPD0007")
        return _shown(self.branches[number], _geo(request)) | _self(request)

    def _company(self, request: Request) -> Company:
        number = request.path_params["nummer"]
        if re.fullmatch(PATTERNS["kvkNummer"], number) is None:
            raise Refused(400, "IPD0004")
        if number not in self.companies:
            raise Refused(404, "IPD0005")
        return self.companies[number]

    def _admit(self, request: Request, known: Sequence[str]) -> None:
        if request.headers.get("apikey") != self.api_key:
            raise Refused(401, "IPD9999")
        accepted = [part.split(";")[0].strip() for part in request.headers["accept"].split(",")]
        if not {"*/*", HAL}.intersection(accepted):
            raise Refused(406, "IPD9999")
        if not set(request.query_params) <= set(known):
            raise Refused(400, "IPD1999")


def kvk_app(world: World, api_key: str = API_KEY) -> Starlette:
    """The app over the companies of this world."""
    counter = Counter(world, api_key)
    company = "/v1/basisprofielen/{nummer}"
    geo = ("geoData",)
    endpoints: Sequence[tuple[str, Answer, Sequence[str]]] = (
        ("/v2/zoeken", counter.search, tuple(PATTERNS)),
        (company, counter.profile, geo),
        (f"{company}/eigenaar", counter.owner, geo),
        (f"{company}/hoofdvestiging", counter.main, geo),
        (f"{company}/vestigingen", counter.list, ()),
        ("/v1/vestigingsprofielen/{nummer}", counter.branch, geo),
    )
    return Starlette(
        routes=[Route(path, counter.endpoint(answer, known)) for path, answer, known in endpoints]
    )


def _asked(request: Request) -> dict[str, Any]:
    """The parameters of a search; `Refused` for a value or a combination that is not taken."""
    asked: dict[str, Any] = {}
    for name in dict.fromkeys(request.query_params):
        values = request.query_params.getlist(name)
        if any(re.fullmatch(PATTERNS[name], value) is None for value in values):
            raise Refused(400, "IPD1999")
        asked[name] = values if name == "type" else values[0]
    asked["inclusiefInactieveRegistraties"] = (
        asked.get("inclusiefInactieveRegistraties", "false") == "true"
    )
    keys = asked.keys() - set(SETTINGS)
    postal = "postcode" in keys and not keys & {"huisnummer", "postbusnummer"}
    number = bool(keys & {"huisnummer", "postbusnummer"}) and "postcode" not in keys
    letter = "huisletter" in keys and "huisnummer" not in keys
    if not keys or postal or number or letter:
        raise Refused(400, "IPD1998")
    return asked


def _geo(request: Request) -> bool:
    asked = request.query_params.get("geoData", "false")
    if asked not in ("true", "false"):
        raise Refused(400, "IPD1999")
    return asked == "true"


def _shown(holder: Wire, geo: bool) -> Wire:
    if geo or "adressen" not in holder:
        return holder
    plain = [{n: v for n, v in a.items() if n != "geoData"} for a in holder["adressen"]]
    return {**holder, "adressen": plain}


def _basics(branch: Wire) -> Wire:
    names = ("vestigingsnummer", "kvkNummer", "eersteHandelsnaam", "indHoofdvestiging")
    address = branch["adressen"][0]
    made = {name: branch[name] for name in names}
    made["indAdresAfgeschermd"] = address["indAfgeschermd"]
    made["indCommercieleVestiging"] = branch["indCommercieleVestiging"]
    if "volledigAdres" in address:
        made["volledigAdres"] = address["volledigAdres"]
    return made


def _root(request: Request) -> str:
    path = request.scope.get("root_path", "")
    return f"{request.url.scheme}://{request.url.netloc}{path}"


def _self(request: Request) -> Wire:
    return {"_links": {"self": {"href": str(request.url)}}}
