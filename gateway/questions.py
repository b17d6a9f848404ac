"""The registered questions of a configuration, from its folder `operaties` (startup).

`operaties/<naam>.graphql` is for every municipality of the process that has such a doelbinding,
`operaties/<gemeentecode>/<naam>.graphql` for one. Read as the municipalities' files are, without
mercy: whatever is wrong in one document, and nothing of the configuration is taken.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from graphql import OperationType

from gateway.mistakes import Mistake, nearest
from gateway.operation.errors import Code, RequestError
from gateway.operation.limits import Limits
from gateway.operation.prepare import Documents, RequestErrors
from gateway.operation.registered import Askable
from gateway.question_file import PURPOSE, Check, QuestionFile, Registration
from gateway.tenants import Tenant
from schema.language.facts import Facts

FOLDER: Final = "operaties"

Tenants = Mapping[str, Tenant]
Registrations = Mapping[str, tuple[Registration, ...]]
"""By code of the municipality: what is registered there, by name."""


def read_questions(
    directory: Path, tenants: Tenants, named: frozenset[str], check: Check
) -> tuple[Registrations, list[Mistake]]:
    """What is registered for each of the tenants, and every mistake.

    `named` are the codes of all municipalities of the folder, also of those whose own file is
    wrong: of those nothing is said here. `check` looks at a document itself.
    """
    folder = directory / FOLDER
    found: list[Registration] = []
    mistakes: list[Mistake] = []
    for path, code in _documents(folder):
        file = QuestionFile(path, path.relative_to(directory).as_posix(), code)
        if code is not None and code not in named:
            file.wrong(0, "er is geen gemeente met deze code")
        elif registration := file.registration(check):
            _check_purposes(file, registration, tenants, named)
            found.append(registration)
        mistakes += file.mistakes
    mistakes += _strays(folder, directory)
    made = {code: tuple(_of(found, tenant)) for code, tenant in tenants.items()}
    mistakes += _twice(made)
    return MappingProxyType(made), sorted(set(mistakes))


def askable(registered: Sequence[Registration], purpose: str, *, open_questions: bool) -> Askable:
    """What may be asked for a purpose."""
    mine = [each for each in registered if purpose in each.purposes]
    return Askable(
        MappingProxyType({each.name: each.text for each in mine}),
        MappingProxyType({hashed: each.text for each in mine for hashed in each.hashes}),
        open_questions,
    )


def checked_by(facts: Facts, limits: Limits) -> Check:
    """Looks at a document as if it were asked: bounds, syntax, schema, no person named in it. One
    that is no question may be a subscription.
    """
    documents = Documents(facts, limits, introspection=True)
    subscriptions = Documents(facts, limits, introspection=True, kind=OperationType.SUBSCRIPTION)

    def check(text: str) -> list[tuple[int, str]]:
        wrong = _refused(documents, text)
        if [error.code for error in wrong] == [Code.ALLEEN_LEZEN]:
            wrong = _refused(subscriptions, text)
        return [_reason(error) for error in wrong]

    return check


def _refused(documents: Documents, text: str) -> Sequence[RequestError]:
    try:
        documents.prepare(text)
    except RequestErrors as errors:
        return errors.errors
    except RequestError as error:
        return [error]
    return ()


def _reason(error: RequestError) -> tuple[int, str]:
    line = error.locations[0].line if error.locations else 0
    return line, f"{error.message.removesuffix('.')} ({error.code.value})"


def _documents(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """Every document, with the municipality that it is of."""
    yield from ((path, None) for path in sorted(folder.glob("*.graphql")) if _ours(path))
    for inner in sorted(folder.glob("*/")):
        if _ours(inner):
            documents = sorted(inner.glob("*.graphql"))
            yield from ((path, inner.name) for path in documents if _ours(path))


def _ours(path: Path) -> bool:
    # Names with a leading dot are how Kubernetes keeps a mounted ConfigMap.
    return not path.name.startswith(".")


def _strays(folder: Path, directory: Path) -> Iterator[Mistake]:
    """Files that would not be read: a wrong name or place must not go unseen."""
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder).parts
        if any(part.startswith(".") for part in inner) or path.is_dir():
            continue
        if path.suffix != ".graphql" or len(inner) > 2:
            name = path.relative_to(directory).as_posix()
            yield Mistake(name, 0, "", "hier horen alleen <naam>.graphql en <gemeentecode>/")


def _check_purposes(
    file: QuestionFile, registration: Registration, tenants: Tenants, named: frozenset[str]
) -> None:
    """Notes purposes that nobody has for whom the document is, and one that stands there twice."""
    codes = {registration.tenant} if registration.tenant else named
    known = {purpose for code in codes & tenants.keys() for purpose in tenants[code].purposes}
    if tenants.keys() >= codes:  # of a municipality whose file is wrong nobody knows its purposes
        for purpose in registration.purposes:
            if purpose not in known:
                file.wrong_key(PURPOSE, f"onbekende doelbinding{nearest(purpose, known)}")
    if len(set(registration.purposes)) < len(registration.purposes):
        file.wrong_key(PURPOSE, "een doelbinding staat er twee keer")


def _of(found: Sequence[Registration], tenant: Tenant) -> Iterator[Registration]:
    """What is registered for a tenant: its own, and what is for all and fits its purposes."""
    for each in sorted(found, key=lambda registration: registration.name):
        own = each.tenant in (None, tenant.code)
        if own and not tenant.purposes.keys().isdisjoint(each.purposes):
            yield each


def _twice(made: Registrations) -> Iterator[Mistake]:
    """A name, or a document, may be registered once for a municipality."""
    for code, registered in made.items():
        names: dict[str, Registration] = {}
        hashes: dict[str, Registration] = {}
        for each in registered:
            other = names.setdefault(each.name, each)
            same = next((hashes[h] for h in sorted(each.hashes) if h in hashes), each)
            hashes |= dict.fromkeys(each.hashes, each)
            if other is not each:
                reason = f"deze naam is er ook voor alle gemeenten, en zo voor {code}"
                yield Mistake(_path(each), 0, "", reason)
            elif same is not each:
                yield Mistake(_path(each), 0, "", f"dit is hetzelfde document als {_path(same)}")


def _path(registration: Registration) -> str:
    folder = f"{FOLDER}/{registration.tenant}" if registration.tenant else FOLDER
    return f"{folder}/{registration.name}.graphql"
