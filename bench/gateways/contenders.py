"""Who is compared (process): how each is started, as its makers advise, over the same source.

A contender that is not installed is missing from the comparison, and the page says so.
"""

import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from bench.gateways.started import python
from bench.gateways.work import DISTINCT, DOCUMENT, EQUAL, LITERAL, MUNICIPAL, POSTS
from bench.tokens import Issuer
from bench.workers import CODE, OFF
from sandbox.access import DEFAULT, MUNICIPALITY, SECRETS
from sandbox.neighbour_files import KEY_FILE, issuers

PEERS = Path("bench/peers")
MODULES = PEERS / "node_modules"
TAILCALL = MODULES / "@tailcallhq" / "core-linux-x64-gnu" / "bin" / "tailcall"
OWN, OWN_CACHED, OWN_CALLERS = "bronpoort", "bronpoort-cache", "bronpoort-aanroepers"
CALLERS = 12
"""Who ask in turn, where not everything comes from one: what they ask at once is not shared."""
BASE = "apollo"
"""Against whom ratios are told."""
FLOOR = "vloer-asgi"
PARALLEL = 100
OPEN = "open-data-meting"
_PURPOSE = f"""
[bronnen.posts]
address = "{DEFAULT}"
parallel = {PARALLEL}

[doelbindingen.{OPEN}]
omschrijving = "Open gegevens, om mee te meten"
soorten = ["medewerker"]
labels = ["post.basis", "user.basis"]
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one process of a contender is to be: its port, its source, and a folder of its own."""

    port: int
    source: str
    folder: Path
    issuer: Issuer


@dataclass(frozen=True, slots=True)
class Start:
    """A command, its variables, and by part of the work the headers of each question in turn."""

    command: Sequence[str]
    variables: Mapping[str, str]
    headers: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to answer. `parts` are those of the work that it can be given."""

    name: str
    told: str
    package: str
    """As its version is told."""
    start: Callable[[Place], Start]
    needs: Path | None = None
    cached: bool = False
    """Whether it keeps answers from one question to the next."""
    parts: Sequence[str] = (POSTS,)
    kinds: Sequence[str] = (EQUAL, DISTINCT, LITERAL, DOCUMENT)
    path: str = "/graphql"

    def missing(self) -> bool:
        """Whether it is not installed."""
        return self.needs is not None and not self.needs.exists()


# ---- ours -----------------------------------------------------------------------------------


def configured(place: Place, codes: Sequence[str]) -> Path:
    """So many times Weidevaart with the register of posts beside its own, all at this source."""
    directory = place.folder / "map"
    directory.mkdir(parents=True)
    shutil.copytree(MUNICIPALITY.parent / "objecttypen", directory / "objecttypen")
    text = re.sub(r"\nparallel = \d+", "", MUNICIPALITY.read_text(encoding="utf-8"))
    text = re.sub(r"(\naddress = .*)", rf"\1\nparallel = {PARALLEL}", text)
    text = (text + _PURPOSE).replace(DEFAULT, place.source)
    for each in codes:
        own = text.replace(f'code = "{CODE}"', f'code = "{each}"')
        (directory / f"{each}.toml").write_text(own, encoding="utf-8")
    (directory / "issuers.toml").write_text(issuers(list(codes)), encoding="utf-8")
    place.issuer.published(directory / KEY_FILE)
    return directory


def settings(folder: Path) -> Mapping[str, str]:
    """What our process is told: the account of personal data is written as the law wants it."""
    limits = {
        "PERSONS_PER_MINUTE": "1000000",
        "COST": "10000000",
        "CALLS": "100000",
        "PERSONS": "1000",
    }
    return {
        "BRONPOORT_PROCESSING__DIRECTORY": str(folder / "verwerkingen"),
        "BRONPOORT_PROCESSING__AUDIT": str(folder / "audit.jsonl"),
        "BRONPOORT_PROCESSING__KEYS": f"meting:{'A' * 43}=",
        "BRONPOORT_PROCESSING__INDEX_KEY": "x" * 32,
        "BRONPOORT_PROCESSING__MAX_BYTES": "100000000000",
        "BRONPOORT_LOG_LEVEL": "error",
        **{f"BRONPOORT_LIMITS__{name}": value for name, value in limits.items()},
    }


def own(
    more: Mapping[str, str] = OFF, codes: Sequence[str] = (CODE,), callers: int = 1
) -> Callable[[Place], Start]:
    """`bronpoort serve` for these municipalities, which are asked in turn by so many callers."""

    def start(place: Place) -> Start:
        directory = configured(place, codes)
        variables = {**SECRETS, **settings(place.folder), **more, "PORT": str(place.port)}
        headers = {
            part: [
                [f"authorization: {place.issuer.bearer(code, purpose, f'bench-{each}')}"]
                for code in codes
                for each in range(callers)
            ]
            for part, purpose in ((POSTS, OPEN), (MUNICIPAL, "klantcontact"))
        }
        command = python("bench.registry", "serve", "--config", str(directory))
        return Start(command, variables, headers)

    return start


def municipalities(count: int) -> Callable[[Place], Start]:
    """`bronpoort serve` for so many."""
    return own(codes=[f"{9_000 + each}" for each in range(count)])


# ---- the others -----------------------------------------------------------------------------


def _node(script: str, **more: str) -> Callable[[Place], Start]:
    def start(place: Place) -> Start:
        command = ["node", str(PEERS / "src" / f"{script}.mjs")]
        return Start(command, {**_variables(place), **more})

    return start


def _hive(**more: str) -> Callable[[Place], Start]:
    """Composed anew for this source, and served."""

    def start(place: Place) -> Start:
        graph = place.folder.resolve() / "supergraph.graphql"
        compose = f'node_modules/.bin/mesh-compose -c hive/mesh.config.mjs -o "{graph}"'
        serve = "exec node_modules/.bin/hive-gateway supergraph -c hive/gateway.config.mjs"
        variables = {**_variables(place), "SUPERGRAPH": str(graph), **more}
        return Start(["sh", "-c", f"cd {PEERS} && {compose} && {serve}"], variables)

    return start


def _variables(place: Place) -> Mapping[str, str]:
    return {"NODE_ENV": "production", "PORT": str(place.port), "UPSTREAM": place.source}


def _tailcall(dedupe: str) -> Callable[[Place], Start]:
    def start(place: Place) -> Start:
        text = (PEERS / "tailcall.graphql").read_text(encoding="utf-8")
        for name, value in (
            ("{port}", str(place.port)),
            ("{upstream}", place.source),
            ("{dedupe}", dedupe),
        ):
            text = text.replace(name, value)
        path = place.folder / "tailcall.graphql"
        path.write_text(text, encoding="utf-8")
        quiet = {"TAILCALL_TRACKER": "false", "TAILCALL_LOG_LEVEL": "error"}
        return Start([str(TAILCALL), "start", str(path)], quiet)

    return start


def _uvicorn(app: str) -> Callable[[Place], Start]:
    def start(place: Place) -> Start:
        given = ["--port", str(place.port), "--no-access-log", "--log-level", "warning"]
        fast = ["--loop", "uvloop", "--http", "httptools"]
        return Start(python("uvicorn", app, *given, *fast), {"UPSTREAM": place.source})

    return start


def contenders() -> list[Contender]:
    """All of them, those that are missing as well."""
    both = (POSTS, MUNICIPAL)
    apollo, yoga = MODULES / "@apollo" / "server", MODULES / "graphql-yoga"
    mercurius, hive = MODULES / "mercurius", MODULES / "@graphql-hive" / "gateway"
    cached = {"CACHE": "1"}
    return [
        Contender(OWN, "Bronpoort", "bronpoort", own(), parts=both),
        Contender(OWN_CACHED, "Bronpoort, cache aan", "bronpoort", own({}), cached=True,
                  parts=both),
        Contender(OWN_CALLERS, f"Bronpoort, {CALLERS} aanroepers", "bronpoort",
                  own(callers=CALLERS), parts=both, kinds=(EQUAL,)),
        Contender("tailcall", "Tailcall", "tailcall", _tailcall("false"), TAILCALL),
        Contender("tailcall-dedupe", "Tailcall, deduplicatie", "tailcall", _tailcall("true"),
                  TAILCALL),
        Contender("mercurius", "Mercurius, JIT en loaders", "mercurius", _node("mercurius"),
                  mercurius, parts=both),
        Contender("mercurius-cache", "Mercurius, mercurius-cache", "mercurius-cache",
                  _node("mercurius", **cached), mercurius, cached=True, parts=both),
        Contender("yoga", "GraphQL Yoga, JIT", "graphql-yoga", _node("yoga"), yoga, parts=both),
        Contender("yoga-cache", "GraphQL Yoga, response cache", "graphql-yoga",
                  _node("yoga", **cached), yoga, cached=True, parts=both),
        Contender(BASE, "Apollo Server, DataLoader", "@apollo/server", _node("apollo"), apollo,
                  parts=both),
        Contender("apollo-cache", "Apollo Server, response cache", "@apollo/server",
                  _node("apollo", **cached), apollo, cached=True, parts=both),
        Contender("hive", "Hive Gateway, Mesh", "@graphql-hive/gateway", _hive(), hive),
        Contender("hive-cache", "Hive Gateway, response cache", "@graphql-hive/gateway",
                  _hive(**cached), hive, cached=True),
        Contender("strawberry", "Strawberry, DataLoader", "strawberry-graphql",
                  _uvicorn("bench.gateways.plain:app")),
        Contender(FLOOR, "vaste bytes over ASGI", "uvicorn", _uvicorn("bench.gateways.floor:app")),
    ]  # fmt: skip


def versions(chosen: Sequence[Contender]) -> Mapping[str, str]:
    """Of the packages that they are made of."""
    return {each.package: _version(each.package) for each in chosen if not each.missing()}


def _version(package: str) -> str:
    if package == "tailcall":
        lock = json.loads((PEERS / "package.json").read_text(encoding="utf-8"))
        return str(lock["optionalDependencies"]["@tailcallhq/core-linux-x64-gnu"])
    there = MODULES / package / "package.json"
    if there.is_file():
        return str(json.loads(there.read_text(encoding="utf-8"))["version"])
    return version(package)
