"""Objects of the types that a municipality publishes, asked at the Objects API."""

from collections.abc import Mapping, Sequence

from gateway.mistakes import ConfigurationError, Mistake
from resolvers.objecten import probe
from resolvers.objecten.definitions import FOLDER
from resolvers.objecten.links import ELSEWHERE, extensions_for, mijn_names, question_names
from resolvers.objecten.notifications import NOTIFICATIONS
from resolvers.objecten.reads import reads_of, uuid_flag
from schema.language.declare import declaration_of
from schema.language.links import Extension, Mijn, Query, Registry
from schema.objecten import Objecttype
from schema.objecten_namen import camel_name
from schema.objecten_typen import Made, made_of, own_names
from schema.zaakobjecten import ZaakobjectOverige

Names = Mapping[str, frozenset[str]]
"""What others publish: of every type the names of its fields."""


def registry(objecttypes: Sequence[Objecttype] = (), others: Names | None = None) -> Registry:
    """The registry with these objecttypes, beside what the other registries publish.

    Raises ConfigurationError for a name in a definition that is taken; names in a JSON Schema give
    way by themselves.
    """
    return Registry(
        "objecten",
        "Objecten van de gemeente, van de soorten die zij publiceert.",
        _extensions(objecttypes, others or {}),
        dialects={
            "objecten": {
                "objecttypen_url": str,
                "veldselectie": bool,
                **{uuid_flag(each.name): str for each in objecttypes},
            },
            "objecttypen": {},
        },
        probes={"objecten": probe.objecten(objecttypes), "objecttypen": probe.objecttypen},
        notifications=NOTIFICATIONS,
    )


def _extensions(objecttypes: Sequence[Objecttype], others: Names) -> list[Extension]:
    taken = dict(others)
    mistakes = []
    for each in objecttypes:
        mistakes += _taken_types(each, taken)
        taken |= dict.fromkeys(own_names(each), frozenset())
    names = set(taken)
    every = [made_of(each, names) for each in objecttypes]
    mistakes += _taken_fields(every, others)
    if mistakes:
        raise ConfigurationError(sorted(mistakes))
    return [found for made in every for found in extensions_for(reads_of(made))]


def _taken_types(objecttype: Objecttype, taken: Names) -> list[Mistake]:
    clashing = [name for name in own_names(objecttype) if name in taken]
    return [_mistake(objecttype, "naam", clashing[0])] if clashing else []


def _taken_fields(every: Sequence[Made], others: Names) -> list[Mistake]:
    """The fields that objecttypes add to the types of others, and to the questions."""
    fields = {name: set(of_type) for name, of_type in others.items()}
    mistakes = []
    for made in every:
        added: list[tuple[type, str, str]] = [
            (Query, "meervoud", name) for name in question_names(made)
        ]
        added += [(Mijn, "meervoud", name) for name in mijn_names(made)]
        links = [link for link in made.objecttype.links if link.back is not None]
        added += [(ELSEWHERE[link.kind].gives, "terug", link.back or "") for link in links]
        if made.objecttype.zaken is not None:
            added.append((ZaakobjectOverige, "naam", camel_name(made.objecttype.name)))
        for holder, key, name in added:
            known = [fields.setdefault(each, set()) for each in _kinds_of(holder)]
            if any(name in names for names in known):
                mistakes.append(_mistake(made.objecttype, key, name))
            for names in known:
                names.add(name)
    return mistakes


def _kinds_of(holder: type) -> list[str]:
    """The name of a published type and of the kinds that there are of it: they have its fields."""
    declared = [declaration_of(each) for each in (holder, *holder.__subclasses__())]
    return [each.name for each in declared if each is not None]


def _mistake(objecttype: Objecttype, key: str, name: str) -> Mistake:
    reason = f"de naam {name} is al in gebruik; kies een andere"
    return Mistake(f"{FOLDER}/{objecttype.name}.toml", 0, key, reason)


REGISTRY = registry()
