"""Who may import whom: the design's rule, stated once, and held for every module."""

from collections.abc import Iterator
from functools import cache

import grimp
import pytest

PACKAGES = ("gateway", "resolvers", "schema", "sandbox")
MEASURING = "bench"
INSIDE = ("bench.hits", "bench.completion", "bench.posts", "bench.upstream", "bench.documents",
          "bench.registry")  # fmt: skip
"""What measures within its own process, since it takes less than any call from outside; and the
register that is served to be measured with, which is declared as the gateway's own are.
"""

# A composition root may know everything; nothing may know a composition root.
ROOTS = frozenset(
    {
        "gateway.app",
        "gateway.cli",
        "gateway.demo",
        "gateway.checking",
        "gateway.explaining",
        "gateway.objecttypen",
    }
    | {"gateway.__main__", "gateway.serving", "gateway.workers", "gateway.sandbox_process"}
    | {"gateway.gathering"}
    | {"gateway.reloading", "gateway.recording", "gateway.kept"}
    | {"gateway.notifying", "gateway.abonneren", "gateway.upkeep"}
)
# From the top to the ground; a module imports only from its own layer and those below it.
MACHINE = (
    ("gateway.edge",),
    ("gateway.register", "gateway.doelbindingen", "gateway.tabular"),
    (
        "gateway.account",
        "gateway.configuration",
        "gateway.rights",
        "gateway.standing",
        "gateway.advice",
        "gateway.deciding",
        "gateway.telling",
    ),
    ("gateway.auth",),
    ("gateway.questions", "gateway.question_file"),
    ("gateway.tenants",),
    ("gateway.inzage",),
    ("gateway.settings", "gateway.mistakes", "gateway.toml_file"),
    ("gateway.operation",),
    ("gateway.assurance",),
    ("gateway.source",),
    ("gateway.observe",),
)
# Each upper layer may use everything below, with these exceptions: the operation is handed values.
NEVER = {
    "gateway.operation": ("gateway.auth", "gateway.tenants", "gateway.settings"),
    "gateway.source": ("gateway.operation", "gateway.auth", "gateway.tenants"),
}
REGISTRIES = ("bag", "brp", "brk", "hr", "woz", "zgw", "klant", "objecten", "producten", "pdok",
              "verwerkingen")  # fmt: skip
SCHEMA = {
    "bag": ("schema.bag",),
    "brp": ("schema.brp",),
    "brk": ("schema.brk",),
    "woz": ("schema.woz",),
    "hr": ("schema.hr",),
    "zgw": ("schema.zgw", "schema.zaken", "schema.zaakobjecten", "schema.catalogi",
            "schema.betrokkenen", "schema.documenten", "schema.besluiten"),
    "klant": ("schema.klant",),
    "objecten": ("schema.objecten",),
    "producten": ("schema.producten", "schema.producttypen"),
    "pdok": ("schema.pdok",),
    "verwerkingen": ("schema.verwerkingen",),
}  # fmt: skip
# What is published of objecten follows from files, which are read as those of a municipality are.
CONFIGURED = {"objecten": ("gateway.mistakes", "gateway.toml_file")}
HOMES = {
    "httpx": (
        "gateway.account",
        "gateway.source",
        "gateway.auth.fetch",
        "gateway.auth.issuers",
        "gateway.app",
        "gateway.observe.collector",
        "gateway.recording",
    ),
    "sqlite3": ("gateway.observe.verwerkingen",),
    "starlette": ("gateway.edge", "gateway.app", "gateway.serving", "sandbox"),
    "uvicorn": ("gateway.serving", "gateway.gathering", "sandbox"),
    "aiocache": ("gateway.source.connection", "gateway.source.memory"),
    "redis": ("gateway.source", "gateway.upkeep"),
    "cachetools": (
        "gateway.source",
        "gateway.operation.prepare",
        "gateway.operation.prepared",
        "gateway.operation.shapes",
        "gateway.auth.memo",
        "gateway.deciding",
    ),
    "strawberry": ("schema", "resolvers"),
    "joserfc": ("gateway.auth", "gateway.source.credentials", "sandbox"),
    "cryptography": (
        "gateway.auth.seal",
        "gateway.auth.person_ref",
        "gateway.auth.veil",
        "gateway.observe.betrokkene",
        "gateway.source.envelope",
    ),
    "opentelemetry": ("gateway.observe.otlp",),
    "watchfiles": ("gateway.reloading",),
    "pyrdnap": ("schema.language.coordinates",),
    "typer": ("gateway.cli", "gateway.demo"),
    "structlog": ("gateway.observe", "gateway.app", "gateway.reloading", "gateway.workers"),
}


@cache
def graph() -> grimp.ImportGraph:
    """Every import between our modules, and to third parties."""
    return grimp.build_graph(*PACKAGES, MEASURING, include_external_packages=True, cache_dir=None)


def under(module: str, *packages: str) -> bool:
    """Whether a module is one of these, or inside one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def imports(*packages: str) -> Iterator[tuple[str, str]]:
    """(importer, imported) for every import by a module of these packages."""
    for module in sorted(graph().modules):
        if under(module, *packages):
            for imported in sorted(graph().find_modules_directly_imported_by(module)):
                yield module, imported


def ours(module: str) -> bool:
    """Whether a module is of this project."""
    return under(module, *PACKAGES)


def test_the_language_knows_nothing_of_ours() -> None:
    """What declares types is the ground that all else stands on."""
    wrong = [
        pair
        for pair in imports("schema.language")
        if ours(pair[1]) and not under(pair[1], "schema.language")
    ]

    assert wrong == []


@pytest.mark.parametrize("registry", REGISTRIES)
def test_a_published_registry_knows_the_language_only(registry: str) -> None:
    """And its own other files, which begin with the same name or are listed above."""
    own = [m for m in graph().modules if any(m.startswith(start) for start in SCHEMA[registry])]

    wrong = [
        (module, imported)
        for module, imported in imports(*own)
        if ours(imported) and not under(imported, "schema.language", *own)
    ]

    assert wrong == []


@pytest.mark.parametrize("registry", REGISTRIES)
def test_a_registry_builds_only_on_those_before_it(registry: str) -> None:
    """Its reads know the sources' client; its links know earlier registries."""
    before = REGISTRIES[: REGISTRIES.index(registry) + 1]
    allowed = (*(f"resolvers.{name}" for name in before), "schema.language", "gateway.source")
    allowed += CONFIGURED.get(registry, ())
    schemas = tuple(start for name in before for start in SCHEMA[name])

    wrong = [
        (module, imported)
        for module, imported in imports(f"resolvers.{registry}")
        if ours(imported) and not under(imported, *allowed) and not imported.startswith(schemas)
    ]

    assert wrong == []


def test_the_machine_knows_no_registry() -> None:
    """Only composition roots know resolvers, published types or the sandbox."""
    wrong = [
        (module, imported)
        for module, imported in imports("gateway")
        if module not in ROOTS
        and ours(imported)
        and not under(imported, "gateway", "schema.language")
    ]

    assert wrong == []


def test_nothing_knows_a_composition_root() -> None:
    """Except another one."""
    wrong = [p for p in imports(*PACKAGES) if p[1] in ROOTS and p[0] not in ROOTS]

    assert wrong == []


def test_the_layers_of_the_machine() -> None:
    """Imports go down: edge, auth, tenants, settings, operation, source, observe."""
    level = {name: at for at, names in enumerate(MACHINE) for name in names}

    def of(module: str) -> int | None:
        return next((at for name, at in level.items() if under(module, name)), None)

    wrong = [
        (module, imported)
        for module, imported in imports("gateway")
        if module not in ROOTS
        and under(imported, "gateway")
        and ((above := of(module)) is None or (below := of(imported)) is None or below < above)
        and imported != "gateway"
        and module != "gateway"
    ]
    wrong += [
        pair for name, others in NEVER.items() for pair in imports(name) if under(pair[1], *others)
    ]

    assert wrong == []


@pytest.mark.parametrize("package", sorted(HOMES))
def test_a_third_party_has_one_home(package: str) -> None:
    """So that it can be replaced, and its traps are guarded in one place."""
    importers = [module for module, imported in imports(*PACKAGES) if imported == package]

    assert importers != []
    assert [module for module in importers if not under(module, *HOMES[package])] == []


def test_what_measures_stands_outside() -> None:
    """It starts the gateway as a user does, and knows of ours no more than the sandbox; but for
    what cannot be seen from outside (what a hit, a call and a document cost), and for what is
    served.
    """
    inward = [pair for pair in imports(*PACKAGES) if under(pair[1], MEASURING)]
    known = {imported for module, imported in imports(MEASURING) if not under(module, *INSIDE)}
    known = {each for each in known if ours(each)}
    served = [pair for pair in imports(MEASURING) if under(pair[1], "bench.registry")]

    assert [pair for pair in served if not under(pair[0], "bench.registry")] == []
    assert inward == []
    assert {each for each in known if not under(each, "sandbox")} == set()


def test_the_sandbox_is_known_to_the_demo_only() -> None:
    """What serves municipalities never depends on the invented one."""
    importers = {m for m, imported in imports("gateway", "resolvers", "schema") if
                 under(imported, "sandbox")}  # fmt: skip

    assert importers <= {"gateway.demo", "gateway.cli"}
