"""The sandbox's BRK bevragen 2.0, as a Starlette app; operation phase.

Searches take exactly one kind of key; more than twenty-five objects are refused. What is found by
person comes without the identifications of rights, and nothing of it can be expanded.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import brk_trees as trees
from sandbox.bag_parameters import entry
from sandbox.brk_owners import NATURAL_PERSONS, OTHER_PERSONS
from sandbox.brk_parameters import admit, read_parameters
from sandbox.brk_register import Kadaster, Register
from sandbox.brk_selection import Tree, project, read_expand, read_fields
from sandbox.problems import Invalid, Refused, problem
from sandbox.wire import Wire

API_KEY = "sandbox-brk"
VERSION = "2.0.0"
CRS = "epsg:28992"
MOST = 25
SPLIT = "inclusiefKadastraalOnroerendeZakenUitSplitsing"
PERSON = "persoon__identificatie"
ENTRIES = (
    entry("kadastraleAanduiding", SPLIT),
    entry("kadastraleAanduidingMetGemeentecode", SPLIT),
    entry(PERSON),
    entry("postcode", "huisnummer huisletter huisnummertoevoeging"),
    entry("nummeraanduidingIdentificatie"),
)
RIGHTS = "zakelijkGerechtigdeIdentificaties"
BASE = "/kadastraalonroerendezaken"

Answer = Callable[[Request], Wire]


@dataclass(frozen=True, slots=True)
class OfZaak:
    """What rests on a zaak: its path, the name of its collection, its records and their tree."""

    path: str
    collection: str
    records: Callable[[Register], Mapping[str, Sequence[Wire]]]
    tree: Tree


OF_ZAAK = (
    OfZaak("zakelijkgerechtigden", "zakelijkGerechtigden", lambda r: r.rights, trees.GERECHTIGDE),
    OfZaak("hypotheken", "hypotheken", lambda r: r.mortgages, trees.HYPOTHEEK),
    OfZaak("beslagen", "beslagen", lambda r: r.seizures, trees.BESLAG),
    OfZaak(
        "privaatrechtelijkebeperkingen",
        "privaatrechtelijkeBeperkingen",
        lambda r: r.private,
        trees.PRIVAAT,
    ),
)


@dataclass(frozen=True, slots=True)
class Counter:
    """Answers questions on a Kadaster."""

    kadaster: Kadaster
    api_key: str

    @property
    def register(self) -> Register:
        """All records."""
        return self.kadaster.register

    def endpoint(self, answer: Answer) -> Callable[[Request], Any]:
        """An endpoint that checks the key and the Accept header."""

        async def respond(request: Request) -> Response:
            headers = {"api-version": VERSION}
            try:
                admit(request, self.api_key)
                _check_crs(request)
                request.state.body = await request.body()
                body = answer(request)
            except Refused as refused:
                return problem(refused, request.url.path, headers=headers)
            headers["Content-Crs"] = CRS
            return JSONResponse(body, headers=headers, media_type="application/hal+json")

        return respond

    # ---- objects ----------------------------------------------------------------------------

    def zaken(self, request: Request) -> Wire:
        """The objects that are searched for, by question in the address or by BSN in the body."""
        if request.method == "POST":
            bsn, fields = _body(request)
            found = self.register.of_person.get(bsn, [])
            return self._many(request, found, fields, {}, by_person=True)
        asked = read_parameters(request, ENTRIES, "fields expand")
        by_person = PERSON in asked
        relations = {} if by_person else trees.RELATIONS
        expand = read_expand(asked.get("expand"), relations)
        return self._many(request, self._search(asked), asked.get("fields"), expand, by_person)

    def zaak(self, request: Request) -> Wire:
        """One object."""
        asked = read_parameters(request, (), "fields expand")
        expand = read_expand(asked.get("expand"), trees.RELATIONS)
        fields = read_fields(asked.get("fields"), trees.ZAAK, trees.ALWAYS)
        key = request.path_params["key"]
        self._exists(key)
        return self._zaak(key, fields, expand)

    def _search(self, asked: Mapping[str, Any]) -> Sequence[str]:
        register = self.register
        code = asked.get("kadastraleAanduiding", asked.get("kadastraleAanduidingMetGemeentecode"))
        if code is not None:
            found = [register.codes[code]] if code in register.codes else []
            parts = [
                part["identificatie"]
                for key in found
                for part in register.zaken[key].get("bijbehorendeAppartementsrechten", ())
            ]
            return found + (parts if asked.get(SPLIT) else [])
        if PERSON in asked:
            known = asked[PERSON] in NATURAL_PERSONS or asked[PERSON] in OTHER_PERSONS
            return register.of_person.get(asked[PERSON], []) if known else []
        if "nummeraanduidingIdentificatie" in asked:
            return register.at_number.get(asked["nummeraanduidingIdentificatie"], [])
        at_postcode = register.at_postcode.get(asked["postcode"], [])
        found = [key for key in at_postcode if _lies_at(register.zaken[key], asked)]
        return list(dict.fromkeys(found))

    def _many(
        self,
        request: Request,
        keys: Sequence[str],
        fields: str | None,
        expand: Mapping[str, Tree | None],
        by_person: bool,
    ) -> Wire:
        selected = read_fields(fields, trees.ZAAK, trees.ALWAYS)
        if len(keys) > MOST:
            title = "Teveel zoekresultaten."
            raise Refused(400, "tooManyResults", title, f"Meer dan {MOST} gevonden.")
        shown = [self._zaak(key, selected, expand, by_person) for key in keys]
        return _collection(request, "kadastraalOnroerendeZaken", shown)

    def _zaak(
        self,
        key: str,
        fields: Tree | None,
        expand: Mapping[str, Tree | None],
        by_person: bool = False,
    ) -> Wire:
        record = self.register.zaken[key]
        if by_person:
            record = {name: value for name, value in record.items() if name != RIGHTS}
        if fields is not None and "koopsom" in fields:
            along = ("aardCultuurBebouwd", "aardCultuurOnbebouwd", "koopsom")
            fields = {**fields, **{name: {} for name in along}}
        shown = project({**record, "_links": _links(record)}, fields)
        embedded = {
            of.collection: [self._resting(key, of, item, asked) for item in items]
            for of in OF_ZAAK
            if of.collection in expand and (items := of.records(self.register).get(key))
            for asked in (expand[of.collection],)
        }
        return {**shown, "_embedded": embedded} if embedded else shown

    def _exists(self, key: str) -> None:
        if key not in self.register.zaken:
            raise Refused(404, "notFound", "Opgevraagde resource bestaat niet.")

    # ---- what rests on them -----------------------------------------------------------------

    def resting(self, of: OfZaak) -> Answer:
        """All of one kind on an object."""

        def answer(request: Request) -> Wire:
            asked = read_parameters(request, (), "fields type")
            key = request.path_params["key"]
            fields = read_fields(asked.get("fields"), of.tree, trees.ALWAYS)
            self._exists(key)
            items = of.records(self.register).get(key, ())
            shown = [
                self._resting(key, of, item, fields)
                for item in items
                if asked.get("type") in (None, item.get("type"))
            ]
            made = _collection(request, of.collection, shown)
            split = self.register.zaken[key].get("gesplitstZakelijkRecht")
            if split is not None and of.collection == "zakelijkGerechtigden":
                made["gesplitstZakelijkRecht"] = split
            return made

        return answer

    def one_resting(self, of: OfZaak) -> Answer:
        """One on an object, by its own identification."""

        def answer(request: Request) -> Wire:
            asked = read_parameters(request, (), "fields")
            key, own = request.path_params["key"], request.path_params["own"]
            fields = read_fields(asked.get("fields"), of.tree, trees.ALWAYS)
            for item in of.records(self.register).get(key, ()):
                if item["identificatie"] == own:
                    return self._resting(key, of, item, fields)
            raise Refused(404, "notFound", "Opgevraagde resource bestaat niet.")

        return answer

    def public(self, request: Request) -> Wire:
        """The publiekrechtelijke beperkingen on an object."""
        name = "kadastraalOnroerendeZaakIdentificatie"
        asked = read_parameters(request, (entry(name),), "fields")
        fields = read_fields(asked.get("fields"), trees.PUBLIEK, trees.ALWAYS)
        items = self.register.public.get(asked[name], ())
        shown = [project({**item, "_links": {}}, fields) for item in items]
        return _collection(request, "publiekrechtelijkeBeperkingen", shown)

    def _resting(self, key: str, of: OfZaak, item: Wire, fields: Tree | None) -> Wire:
        links = {"self": {"href": f"{BASE}/{key}/{of.path}/{item['identificatie']}"}}
        return project({**item, "_links": links}, fields)

    # ---- deeds and persons of the Kadaster ----------------------------------------------------

    def record(
        self, path: str, records: Callable[[Register], Mapping[str, Wire]], tree: Tree
    ) -> Answer:
        """One record by its own identification."""

        def answer(request: Request) -> Wire:
            asked = read_parameters(request, (), "fields expand")
            fields = read_fields(asked.get("fields"), tree, trees.ALWAYS)
            expand = read_expand(asked.get("expand"), trees.OF_STUK if path == "stukken" else {})
            key = request.path_params["key"]
            found = records(self.register).get(key)
            if found is None:
                raise Refused(404, "notFound", "Opgevraagde resource bestaat niet.")
            shown = project({**found, "_links": {"self": {"href": f"/{path}/{key}"}}}, fields)
            if "stukdelen" not in expand:
                return shown
            parts = [self.register.parts[part] for part in found["stukdeelIdentificaties"]]
            inside = [project({**part, "_links": {}}, expand["stukdelen"]) for part in parts]
            return {**shown, "_embedded": {"stukdelen": inside}}

        return answer

    def organisations(self, request: Request) -> Wire:
        """Organisations by the beginning of their name."""
        asked = read_parameters(request, (entry("q"),), "fields")
        fields = read_fields(asked.get("fields"), trees.NIET_NATUURLIJK, trees.ALWAYS)
        wanted = asked["q"].casefold()
        shown = [
            project({**record, "_links": {}}, fields)
            for record in OTHER_PERSONS.values()
            if record["statutaireNaam"].casefold().startswith(wanted)
        ]
        return _collection(request, "kadasterNietNatuurlijkPersonen", shown)


def brk_app(kadaster: Kadaster, api_key: str = API_KEY) -> Starlette:
    """The app with every question of the BRK."""
    counter = Counter(kadaster, api_key)
    records: Mapping[str, tuple[Callable[[Register], Mapping[str, Wire]], Tree]] = {
        "stukken": (lambda register: register.deeds, trees.STUK),
        "stukdelen": (lambda register: register.parts, trees.STUKDEEL),
        "kadasternatuurlijkpersonen": (lambda _: NATURAL_PERSONS, trees.NATUURLIJK),
        "kadasternietnatuurlijkpersonen": (lambda _: OTHER_PERSONS, trees.NIET_NATUURLIJK),
    }
    routes = [
        Route(BASE, counter.endpoint(counter.zaken), methods=["GET", "POST"]),
        Route(f"{BASE}/{{key}}", counter.endpoint(counter.zaak)),
        Route("/publiekrechtelijkebeperkingen", counter.endpoint(counter.public)),
        Route("/kadasternietnatuurlijkpersonen", counter.endpoint(counter.organisations)),
    ]
    for of in OF_ZAAK:
        path = f"{BASE}/{{key}}/{of.path}"
        routes.append(Route(path, counter.endpoint(counter.resting(of))))
        routes.append(Route(f"{path}/{{own}}", counter.endpoint(counter.one_resting(of))))
    for name, (found, tree) in records.items():
        endpoint = counter.endpoint(counter.record(name, found, tree))
        routes.append(Route(f"/{name}/{{key}}", endpoint))
    return Starlette(routes=routes)


def _body(request: Request) -> tuple[str, str | None]:
    """The BSN and the fields in the body of a question by person."""
    try:
        body = json.loads(request.state.body)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused.parameters([Invalid("body", "json", "Body is geen JSON object.")])
    faults = [
        Invalid(name, "unknownParam", "Parameter is niet verwacht.")
        for name in body
        if name not in ("burgerservicenummer", "fields")
    ]
    bsn = body.get("burgerservicenummer")
    if bsn is None:
        faults.append(Invalid("burgerservicenummer", "required", "Parameter is verplicht."))
    elif not isinstance(bsn, str) or not re.fullmatch(r"[0-9]{9}", bsn):
        faults.append(Invalid("burgerservicenummer", "pattern", "Waarde voldoet niet aan patroon."))
    if faults:
        raise Refused.parameters(faults)
    return str(bsn), body.get("fields")


def _check_crs(request: Request) -> None:
    if request.headers.get("accept-crs", CRS) != CRS:
        raise Refused(406, "crsNotAcceptable", "Gevraagde CRS wordt niet ondersteund.")


def _lies_at(zaak: Wire, asked: Mapping[str, Any]) -> bool:
    wanted = {name: value for name, value in asked.items() if name.startswith(("post", "huis"))}
    return any(
        all(
            str(place.get(name, "")).lower() == str(value).lower() for name, value in wanted.items()
        )
        for place in zaak.get("adressen", ())
    )


def _collection(request: Request, name: str, shown: Sequence[Wire]) -> Wire:
    query = f"?{request.url.query}" if request.url.query else ""
    links = {"_links": {"self": {"href": f"{request.url.path}{query}"}}}
    return {"_embedded": {name: list(shown)}, **links} if shown else links


def _links(record: Wire) -> Wire:
    own = f"{BASE}/{record['identificatie']}"
    links: Wire = {"self": {"href": own}}
    if RIGHTS in record:
        href = f"{own}/zakelijkgerechtigden/{{{RIGHTS}}}"
        links["zakelijkGerechtigden"] = [{"href": href, "templated": True}]
    if "stukIdentificaties" in record:
        links["stukken"] = [{"href": "/stukken/{stukIdentificaties}", "templated": True}]
    return links
