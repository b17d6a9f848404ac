"""The command line, `bronpoort` (process): every command's way in; the work is done elsewhere.

A command imports what it needs when it runs: help, and the demo's sandbox, need not wait for all.

Exit codes: 0 well, 1 something is wrong with what was given (said on standard error), 2 the command
itself was not understood.
"""

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

if TYPE_CHECKING:
    from gateway.configuration import Configuration
    from gateway.settings import Settings
    from gateway.tabular import Form, Report
    from gateway.tenants import Purpose
    from schema.language.facts import Facts
    from schema.objecten import Objecttype

app = typer.Typer(
    name="bronpoort",
    help="Eén GraphQL-vraag over de registers van een gemeente; de gegevens blijven bij de bron.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

kept = typer.Typer(help="Wat de processen van een gateway samen bewaren, in Redis.")
app.add_typer(kept, name="cache", no_args_is_help=True)

objecttypen = typer.Typer(help="De soorten objecten die een gemeente publiceert.")
app.add_typer(objecttypen, name="objecttypen", no_args_is_help=True)

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="Map met een bestand per gemeente en issuers.toml (anders BRONPOORT_CONFIG).",
        show_default=False,
    ),
]

Written = Annotated[
    Literal["markdown", "csv"], typer.Option("--vorm", help="Om te lezen, of voor een rekenblad.")
]
OneTenant = Annotated[
    str | None, typer.Option("--gemeente", help="Alleen deze gemeentecode.", show_default=False)
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Schrijf naar dit bestand.", show_default=False),
]

_MADE = 50_000
"""New objects after which garbage is looked for: what a command loads makes many, and all stay."""

NO_CONFIG = "Geef met --config (of BRONPOORT_CONFIG) de map met de gemeentebestanden."


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line, by default with the arguments of the process; ends the process."""
    gc.set_threshold(_MADE)
    try:
        app(arguments)
    except Exception as error:
        _stop(_explained(error))


@app.command()
def demo(
    sandbox_port: Annotated[
        int, typer.Option(envvar="SANDBOX_PORT", help="Poort van de oefenregisters.")
    ] = 8100,
) -> None:
    """Start de oefenregisters en de gateway, met voorbeelden en persona's op /graphiql."""
    from gateway.sandbox_process import sandbox_process

    with sandbox_process(sandbox_port) as started:
        gc.disable()  # what is loaded and made now stays; `serve` freezes it and switches on again
        from gateway.demo import run_demo

        run_demo(os.environ, started)


@app.command()
def serve(
    config: Config = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            min=1,
            max=64,
            help="Hoeveel processen samen bedienen (anders BRONPOORT_WORKERS).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Start de gateway met de configuratie van een of meer gemeenten."""
    gc.disable()  # what is loaded and made now stays; `serve` freezes it and switches on again
    from gateway.settings import Settings, read_settings

    settings = read_settings(os.environ, Settings)
    _without("rich")  # typer brings it along: structlog would have it for a terminal
    _without("httpx._main")  # the command `httpx`, with what colours its text
    if settings.cache.redis_url is None:
        _without("redis")  # aiocache would have it for what nobody asks of it
    from gateway.app import Gateway, published
    from gateway.observe.log import configure_logging
    from gateway.reloading import changes_in, follow
    from gateway.serving import listening
    from gateway.serving import serve as run
    from gateway.workers import fork, with_secrets
    from schema.language import coordinates

    directory = config or settings.config
    objecttypes = _objecttypes(directory)
    configuration = _configuration(directory, objecttypes, settings)
    configure_logging(json=settings.log_format == "json", level=settings.log_level.upper())
    facts, sockets, count = published(objecttypes), None, workers or settings.workers
    worker = None
    if count > 1:
        settings, sockets = with_secrets(settings), listening(settings.host, settings.port)
        with suppress(Exception):  # who asks for a conversion is told what is wrong with it
            coordinates.prepare()  # once, in memory that the workers share
        worker = fork(count, sockets)
    gateway = Gateway(settings, configuration, facts)

    async def started(addresses: Sequence[str]) -> None:
        if worker is not None:
            worker.serves()
        gateway.listens(addresses)
        if directory is not None:
            changes = changes_in(directory)
            load = partial(_configuration, directory, objecttypes, settings)
            gateway.chore(follow(gateway, load, changes))

    run(gateway.asgi, settings, gateway.readiness, started, gateway.goodbye, sockets)


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(envvar="SANDBOX_PORT", help="Poort.")] = 8100,
    host: Annotated[str, typer.Option(help="Adres.")] = "127.0.0.1",
) -> None:
    """Start alleen de oefenregisters: alle bronnen van een verzonnen gemeente."""
    from sandbox.__main__ import main as run
    from sandbox.access import announcement

    def started(base: str) -> None:
        typer.echo(announcement(base))

    run(["--port", str(port), "--host", host], started)


@app.command()
def voorbeeld(
    directory: Annotated[
        Path, typer.Option("--map", help="Map die gemaakt wordt; zij is er nog niet, of is leeg.")
    ],
    count: Annotated[
        int, typer.Option("--gemeenten", min=1, max=99, help="Hoeveel gemeenten.")
    ] = 39,
    registries: Annotated[
        str | None,
        typer.Option(
            "--oefenregisters",
            help="Adres van de oefenregisters, waar dan alle bronnen staan.",
            show_default=False,
        ),
    ] = None,
    keys: Annotated[
        Path | None,
        typer.Option(
            "--uitgever",
            exists=True,
            dir_okay=False,
            help="JWKS-bestand met de openbare sleutels waarmee tokens worden nagekeken.",
            show_default=False,
        ),
    ] = None,
    private: Annotated[
        Path | None,
        typer.Option(
            "--oefensleutel",
            help="Maak een sleutelpaar voor bronpoort token; de geheime helft komt in dit bestand.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Maak een voorbeeld: de bestanden van vele verzonnen gemeenten, elk met eigen leveranciers."""
    from sandbox.neighbour_folder import NotWrittenError, Wanted, write_folder

    if keys is not None and private is not None:
        _stop("Geef --uitgever of --oefensleutel, niet beide.", 2)
    _check_example(registries, keys)
    try:
        write_folder(directory, Wanted(count, registries, keys, private))
    except NotWrittenError as error:
        _stop(str(error))
    way = "" if registries else "--offline "  # nobody answers at the addresses of invented vendors
    typer.echo(f"{count} gemeenten in {directory}; nu bronpoort check {way}--config {directory}")


@app.command()
def token(
    key: Annotated[
        Path, typer.Option("--sleutel", help="Bestand van bronpoort voorbeeld --oefensleutel.")
    ],
    tenant: Annotated[str, typer.Option("--gemeente", help="Gemeentecode uit het voorbeeld.")],
    purpose: Annotated[str, typer.Option("--doelbinding", help="Code van een doelbinding.")],
    kind: Annotated[
        Literal["medewerker", "systeem", "burger"],
        typer.Option("--soort", help="Wie er vraagt; een burger is de inwoner van de verkenner."),
    ] = "medewerker",
) -> None:
    """Maak een token van een kwartier om met een voorbeeld te oefenen, en alleen daarvoor."""
    from sandbox.practice_tokens import Caller, NoKeyError, signed

    try:
        typer.echo(signed(key, Caller(tenant, purpose, kind), time.time()))
    except NoKeyError as error:
        _stop(str(error))


@app.command()
def check(
    config: Config = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Alleen de bestanden nalezen, geen bron aanroepen.")
    ] = False,
    only: Annotated[
        str | None, typer.Option("--gemeente", help="Alleen deze gemeente; anders alle.")
    ] = None,
) -> None:
    """Lees de configuratie na, en probeer elke bron en elke uitgever van tokens."""
    from gateway.advice import remarks, unnamed
    from gateway.app import families, kind_of, known_inzage, published, several_sources
    from gateway.checking import Finding, check_issuers, check_sources, summary
    from gateway.doelbindingen import asked_of
    from gateway.kept import policy_of, told
    from gateway.recording import personal_sources
    from gateway.settings import Settings, read_settings
    from gateway.telling import unsaid
    from resolvers import registries

    settings = read_settings(os.environ, Settings)
    directory = config or settings.config
    objecttypes = _objecttypes(directory)
    configuration = _configuration(directory, objecttypes, settings)
    if only is not None:
        _check_tenant(configuration, only)
        configuration = replace(configuration, tenants={only: configuration.tenants[only]})
    policy = policy_of(settings.cache, configuration.tenants)
    for tenant in configuration.tenants.values():
        purposes, known = len(tenant.purposes), len(configuration.registrations[tenant.code])
        typer.echo(f"{tenant.code} {tenant.naam}: {len(tenant.sources)} bronnen, "
                   f"{purposes} doelbindingen, {known} geregistreerde vragen: in orde")  # fmt: skip
        for line in told(policy, tenant):
            typer.echo(f"{tenant.code} bewaard: {line}")
    tenants = configuration.tenants.values()
    advice = remarks(tenants, families(), several_sources(), known_inzage())
    advice += unsaid(tenants, kind_of, partial(asked_of, published(objecttypes)))
    personal = personal_sources(published(objecttypes))
    advice += unnamed(
        tenants,
        lambda each: any(kind in personal for kind, _ in asked_of(published(objecttypes), each)),
    )
    for remark in advice:
        typer.echo(remark.line())

    async def asked() -> list[Finding]:
        sources = await check_sources(configuration, registries=registries(objecttypes))
        return [*sources, *await check_issuers(configuration.issuers)]

    findings = [] if offline else asyncio.run(asked())
    for finding in findings:
        typer.echo(finding.line())
    typer.echo(summary(configuration, advice, findings))
    if any(not finding.good for finding in findings):
        raise typer.Exit(1)


@app.command()
def abonneren(
    config: Config = None,
    show: Annotated[
        bool, typer.Option("--tonen", help="Alleen tonen welke abonnementen er zijn.")
    ] = False,
    remove: Annotated[
        bool, typer.Option("--verwijderen", help="De abonnementen van deze gateway opzeggen.")
    ] = False,
    tenant: Annotated[
        str | None, typer.Option("--gemeente", help="Code van de gemeente; anders alle gemeenten.")
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            "--adres",
            help="Adres waarop de Notificaties API deze gateway bereikt (anders "
            "BRONPOORT_PUBLIC_URL).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Laat de Notificaties API van elke gemeente ons melden wat er wijzigt."""
    from gateway.abonneren import Work, subscribe
    from gateway.settings import Settings, read_settings

    if show and remove:
        _stop("Kies --tonen of --verwijderen.", 2)
    given = {"BRONPOORT_PUBLIC_URL": address} if address else {}
    settings = read_settings({**os.environ, **given}, Settings)
    if settings.public_url is None:
        _stop("Geef met --adres (of BRONPOORT_PUBLIC_URL) het adres van deze gateway.", 2)
    directory = config or settings.config
    configuration = _configuration(directory, _objecttypes(directory), settings)
    _known_tenant(configuration, tenant)
    work = Work.SHOW if show else Work.REMOVE if remove else Work.REGISTER
    outcome = asyncio.run(subscribe(configuration, work, settings.public_url, tenant))
    for line in outcome.lines:
        typer.echo(line)
    if not outcome.good:
        raise typer.Exit(1)


@app.command()
def schema(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Schrijf naar dit bestand.")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", help="Map met objecttypen; anders het schema zonder die typen."),
    ] = None,
) -> None:
    """Toon het gepubliceerde schema (SDL)."""
    from gateway.app import published

    sdl = published(_objecttypes(config)).sdl
    if output is None:
        typer.echo(sdl, nl=False)
    else:
        output.write_text(sdl, encoding="utf-8")


@app.command()
def explain(
    document: Annotated[
        Path, typer.Argument(help="Bestand met de GraphQL-vraag; - leest standaardinvoer.")
    ],
    purpose: Annotated[
        str | None, typer.Option("--doelbinding", help="Code van een doelbinding; anders alles.")
    ] = None,
    tenant: Annotated[
        str | None, typer.Option("--gemeente", help="Code van de gemeente; nodig bij meer dan een.")
    ] = None,
    variables: Annotated[
        Path | None, typer.Option("--variabelen", help="JSON-bestand met de variabelen.")
    ] = None,
    operation: Annotated[
        str | None, typer.Option("--operatie", help="Naam van de operatie.")
    ] = None,
    code: Annotated[
        bool, typer.Option("--code", help="Toon in plaats daarvan de code die antwoorden schrijft.")
    ] = False,
    config: Config = None,
) -> None:
    """Toon welke bronnen een vraag zou aanroepen, met welke velden, labels en kosten."""
    from gateway.app import published
    from gateway.explaining import code_of_document, explain_document
    from gateway.register import closed
    from gateway.settings import Settings, read_settings

    text = sys.stdin.read() if str(document) == "-" else _text(document)
    given = _variables(variables)
    settings = read_settings(os.environ, Settings)
    directory = config or settings.config
    objecttypes = _objecttypes(directory)
    facts = published(objecttypes)
    labels, own = facts.labels, False
    if purpose is not None:
        chosen = _purpose(_configuration(directory, objecttypes, settings), tenant, purpose)
        labels, own = chosen.labels, closed(chosen)
    asked = (text, given, operation, labels, settings, facts, own)
    body = code_of_document(*asked) if code else asyncio.run(explain_document(*asked))
    if isinstance(body, str):
        typer.echo(body, nl=False)
        return
    typer.echo(json.dumps(body, indent=2, ensure_ascii=False))
    if variables is None and any(map(_of_a_variable, body.get("errors", ()))):
        typer.echo("Geef variabelen met --variabelen bestand.json.", err=True)
    if "errors" in body:
        raise typer.Exit(1)


@app.command()
def register(
    form: Written = "markdown",
    tenant: OneTenant = None,
    output: Output = None,
    config: Config = None,
) -> None:
    """Schrijf het register van vragen: van wie, waarvoor, met welke labels en bronnen."""
    from gateway.register import register_of

    _report(register_of, form, tenant, output, config)


@app.command()
def doelbindingen(
    form: Written = "markdown",
    tenant: OneTenant = None,
    output: Output = None,
    config: Config = None,
) -> None:
    """Schrijf per doelbinding wat er gevraagd mag worden en welke velden te zien zijn, om na te
    kijken.
    """
    from gateway.app import kind_of, known_inzage
    from gateway.doelbindingen import rights_of

    report = partial(rights_of, known_inzage=known_inzage(), kind_of=kind_of)
    _report(report, form, tenant, output, config)


@objecttypen.command()
def ophalen(config: Config = None) -> None:
    """Haal het gepubliceerde JSON Schema van elk objecttype op, om na te kijken."""
    from gateway.objecttypen import fetch_schemas
    from gateway.settings import Settings, read_settings

    directory = config or read_settings(os.environ, Settings).config
    if directory is None:
        _stop(NO_CONFIG, 2)
    outcome = asyncio.run(fetch_schemas(directory, os.environ))
    for line in outcome.lines:
        typer.echo(line)
    if not outcome.good:
        raise typer.Exit(1)


def _report(
    made: Callable[["Configuration", "Facts", str | None], "Report"],
    form: "Form",
    tenant: str | None,
    output: Path | None,
    config: Path | None,
) -> None:
    """Write a report of the configuration, to a file or to standard output."""
    from gateway.app import published
    from gateway.settings import Settings, read_settings

    settings = read_settings(os.environ, Settings)
    directory = config or settings.config
    objecttypes = _objecttypes(directory)
    configuration = _configuration(directory, objecttypes, settings)
    if tenant is not None and tenant not in configuration.tenants:
        _stop(f"Kies met --gemeente uit: {', '.join(sorted(configuration.tenants))}.", 2)
    text = made(configuration, published(objecttypes), tenant).written(form)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="")


@kept.command("show")
def show_cache(
    config: Config = None,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON, voor programma's.")] = False,
) -> None:
    """Toon hoeveel er bewaard is en hoe oud het is; nooit wat erin staat."""
    from gateway.settings import Settings, read_settings
    from gateway.upkeep import as_table, as_wire, show

    settings = read_settings(os.environ, Settings)
    directory = config or settings.config
    configuration = _configuration(directory, _objecttypes(directory), settings)
    shown = asyncio.run(show(settings.cache, configuration))
    text = json.dumps(as_wire(shown), indent=2) if as_json else as_table(shown)
    typer.echo(text)


@kept.command("erase")
def erase_cache(
    config: Config = None,
    subject: Annotated[
        bool,
        typer.Option(
            "--onderwerp",
            help="Wat over één persoon gaat; het burgerservicenummer wordt van standaardinvoer "
            "gelezen.",
        ),
    ] = False,
    source: Annotated[
        str | None, typer.Option("--bron", help="Alleen wat van deze bron komt.")
    ] = None,
    tenant: Annotated[
        str | None, typer.Option("--gemeente", help="Code van de gemeente; anders alle gemeenten.")
    ] = None,
) -> None:
    """Wis wat bewaard is, in Redis en in elk proces; klaar als de opdracht klaar is."""
    from gateway.settings import Settings, read_settings
    from gateway.upkeep import Choice, erase

    if not (subject or source or tenant):
        _stop("Kies wat er gewist wordt: --onderwerp, --bron of --gemeente.", 2)
    bsn = sys.stdin.readline(100).strip() if subject else None
    settings = read_settings(os.environ, Settings)
    directory = config or settings.config
    configuration = _configuration(directory, _objecttypes(directory), settings)
    _known_tenant(configuration, tenant)
    dropped = asyncio.run(erase(settings.cache, configuration, Choice(tenant, source, bsn)))
    typer.echo(f"Gewist: {dropped} antwoorden uit Redis; geen enkel proces geeft ze nog.")


def _without(package: str) -> None:
    """Have it taken for absent, as Python does with what is None there: packages that could use it
    would load it, with 60 or 80 modules, for what this process never does.
    """
    sys.modules.setdefault(package, None)  # type: ignore[arg-type]


def _objecttypes(directory: Path | None) -> tuple["Objecttype", ...]:
    """The objecttypes of a configuration: read once, the schema lasts as long as the process."""
    from resolvers.objecten.definitions import load_objecttypes

    return () if directory is None else load_objecttypes(directory)


def _configuration(
    directory: Path | None, objecttypes: tuple["Objecttype", ...], settings: "Settings"
) -> "Configuration":
    from gateway.app import (
        known_dialects,
        known_inzage,
        known_sources,
        published,
        several_sources,
    )
    from gateway.configuration import load_configuration
    from gateway.operation.limits import Limits
    from gateway.questions import checked_by

    if directory is None:
        _stop(NO_CONFIG, 2)
    facts, dialects = published(objecttypes), known_dialects(objecttypes)
    return load_configuration(
        directory,
        facts.labels,
        known_sources(),
        dialects,
        os.environ,
        several_sources(),
        checked_by(facts, Limits(**settings.limits.model_dump())),
        known_inzage(),
    )


def _known_tenant(configuration: "Configuration", tenant: str | None) -> None:
    if tenant is not None and tenant not in configuration.tenants:
        _stop(f"Kies met --gemeente uit: {', '.join(sorted(configuration.tenants))}.", 2)


def _purpose(configuration: "Configuration", tenant: str | None, purpose: str) -> "Purpose":
    tenants = configuration.tenants
    code = tenant or (next(iter(tenants)) if len(tenants) == 1 else "")
    _check_tenant(configuration, code)
    purposes = tenants[code].purposes
    if purpose not in purposes:
        _stop(f"Kies met --doelbinding uit: {', '.join(sorted(purposes))}.", 2)
    return purposes[purpose]


def _check_tenant(configuration: "Configuration", code: str) -> None:
    if code not in configuration.tenants:
        _stop(f"Kies met --gemeente uit: {', '.join(sorted(configuration.tenants))}.", 2)


def _check_example(registries: str | None, keys: Path | None) -> None:
    """Stops at what would stand in the example's files and be refused there."""
    from gateway.auth.keys import UnusableKeysError, read_key_file
    from gateway.source.addresses import Base

    try:
        if registries is not None:
            Base.parse(registries)
    except ValueError as error:
        _stop(f"--oefenregisters: {error}.", 2)
    try:
        if keys is not None:
            read_key_file(keys.read_bytes(), "ES256")
    except OSError:
        _stop(f"--uitgever: {keys} is niet leesbaar.", 2)
    except UnusableKeysError as error:
        _stop(f"--uitgever: {error}.", 2)


def _variables(path: Path | None) -> Mapping[str, Any]:
    if path is None:
        return {}
    try:
        given = json.loads(_text(path))
    except ValueError:
        _stop(f"{path.name} is geen JSON.", 2)
    if not isinstance(given, dict):
        _stop(f"{path.name} moet een JSON-object zijn.", 2)
    return given


def _of_a_variable(error: Mapping[str, Any]) -> bool:
    return str(error["message"]).startswith("De variabele $")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        _stop(f"{path.name} is niet leesbaar.", 2)


def _explained(error: Exception) -> str:
    """What to say of an expected error; anything else is raised again, for whoever mends it."""
    from gateway.mistakes import ConfigurationError
    from gateway.upkeep import UpkeepError
    from schema.language.errors import DeclarationError

    match error:
        case ConfigurationError() | UpkeepError():
            return str(error)
        case DeclarationError():
            return f"Het gepubliceerde schema klopt niet:\n{error}"
        case _:
            raise error


def _stop(message: str, code: int = 1) -> NoReturn:
    typer.echo(message, err=True)
    raise SystemExit(code)
