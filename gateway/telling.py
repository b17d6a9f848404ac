"""What a source hears of whom and what it is asked for: purpose, zaaktype, end user (operation).

The names and values come from the municipality's file, but for the end user's, which is of the
token. What a source wants to hear and would not hear keeps it from being asked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import partial

from gateway.advice import Remark
from gateway.auth.principal import Principal
from gateway.source.errors import PurposeLacking, SourceError, SourceRefusedQuestion
from gateway.source.settings import LONGEST_USER, SourceSettings, user_value
from gateway.tenants import Purpose, Tenant, over

Asked = tuple[str, str]
"""A kind of source, and what is done with it (`Read.activity`)."""
ACTIVITIES = ("raadplegen", "zoeken")
"""What can be done with a source."""
KindOf = Callable[[str], str]
"""Gives the kind of a source."""

Said = dict[tuple[str, str, str | None, str, str], Mapping[str, str]]
"""Headers by municipality, purpose, zaaktype, source and activity."""
MOST_SAID = 4_096


def told(
    tenant: Tenant,
    principal: Principal,
    zaaktype: str | None,
    name: str,
    kind: str,
    activity: str,
    said: Said,
) -> Mapping[str, str]:
    """The headers for one source of one operation. Raises SourceError where it may not be asked.

    `said` remembers what they are but for the user: as long as the configuration is the same.
    """
    settings, purpose = tenant.sources[name], tenant.purposes[principal.purpose]
    asked = (tenant.code, purpose.code, zaaktype, name, activity)
    headers = said.get(asked)
    if headers is None:
        headers = purpose.headers_for(name, activity, kind, zaaktype)
        if lacking(settings, headers):
            raise PurposeLacking(name)
        if len(said) >= MOST_SAID:
            said.clear()
        said[asked] = headers
    header = settings.gebruikerheader
    if header is None or header.lower() in map(str.lower, headers):
        return headers
    return over(dict(headers), {header: _user(settings, principal, name)})


def untold(
    tenant: Tenant,
    principal: Principal,
    zaaktype: str | None,
    names: Iterable[str],
    kind: str,
    activity: str,
) -> SourceError | None:
    """Why none of these sources of a kind would be asked for this purpose; None if one would."""
    purpose = tenant.purposes[principal.purpose]
    there = [name for name in names if name in tenant.sources]
    for name in there:
        headers = purpose.headers_for(name, activity, kind, zaaktype)
        if not lacking(tenant.sources[name], headers):
            return None
    return PurposeLacking(there[0]) if there else None


def unheard(
    tenant: Tenant, purpose: Purpose, zaaktype: str | None, kind_of: KindOf
) -> frozenset[Asked]:
    """The sources, by name, that would not be asked for this purpose and zaaktype, each with what
    would be done there.
    """
    return frozenset(
        (name, activity)
        for name, settings in tenant.sources.items()
        if settings.vereiste_headers
        for activity in ACTIVITIES
        if lacking(settings, purpose.headers_for(name, activity, kind_of(name), zaaktype))
    )


def lacking(settings: SourceSettings, headers: Mapping[str, str]) -> list[str]:
    """The headers that the source wants to hear and does not."""
    given = {name.lower() for name in (*settings.headers, *headers)}
    if settings.gebruikerheader is not None:
        given.add(settings.gebruikerheader.lower())
    return [name for name in settings.vereiste_headers if name.lower() not in given]


def unsaid(
    tenants: Iterable[Tenant], kind_of: KindOf, asked: Callable[[Purpose], Set[Asked]]
) -> list[Remark]:
    """The purposes that lead to a source which they cannot ask, whatever zaaktype is named; `asked`
    tells which a purpose leads to.
    """
    return [
        Remark(tenant.code, name, text)
        for tenant in tenants
        if any(each.vereiste_headers for each in tenant.sources.values())
        for purpose in tenant.purposes.values()
        for name, text in _unsaid(tenant, purpose, kind_of, asked(purpose))
    ]


def _unsaid(
    tenant: Tenant, purpose: Purpose, kind_of: KindOf, asked: Set[Asked]
) -> Iterator[tuple[str, str]]:
    for name, settings in tenant.sources.items():
        kind = kind_of(name)
        for activity in sorted(done for source, done in asked if source == kind):
            ways = [
                _lack(settings, purpose, name, kind, activity, zaaktype)
                for zaaktype in (None, *purpose.zaaktypen)
            ]
            if all(ways):
                text = f"doelbinding {purpose.code} heeft bij {activity} geen {', '.join(ways[0])}"
                yield name, f"{text}; wat uit deze bron komt, wordt dan geweigerd"


def not_asked(
    tenant: Tenant, purpose: Purpose, kind_of: KindOf, asked: Set[Asked]
) -> Iterator[str]:
    """Sentences on the sources that this purpose leads to and may not ask, or not without a
    zaaktype; `asked` are the kinds of sources, each with what is done there.
    """
    for name, settings in tenant.sources.items():
        kind = kind_of(name)
        for activity in sorted(done for source, done in asked if source == kind):
            lack = partial(_lack, settings, purpose, name, kind, activity)
            if missing := lack(None):
                some = [code for code in sorted(purpose.zaaktypen) if not lack(code)]
                wel = f"; alleen voor zaaktype {', '.join(some)}" if some else ""
                yield (
                    f"Bron {name} wordt bij {activity} niet gevraagd, want zij hoort geen "
                    f"{', '.join(missing)}{wel}."
                )


def _lack(
    settings: SourceSettings,
    purpose: Purpose,
    name: str,
    kind: str,
    activity: str,
    zaaktype: str | None,
) -> list[str]:
    return lacking(settings, purpose.headers_for(name, activity, kind, zaaktype))


def _user(settings: SourceSettings, principal: Principal, name: str) -> str:
    """A pseudonym of who works for the municipality; a citizen is not told of."""
    try:
        return user_value(settings.burgergebruiker if principal.kind.closed else principal.subject)
    except ValueError:
        message = (
            "De gebruiker in het token past niet in wat deze bron wil horen: hoogstens "
            f"{LONGEST_USER} tekens ASCII."
        )
        raise SourceRefusedQuestion(name, message=message) from None
