"""From the claims of a verified token to what it allows (operation).

Claims that are not of a caller's kind are not taken over: an employee's own BSN is nobody's
business. Those that contradict the kind are refused.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gateway.assurance import Level, reaches
from gateway.auth.claims import MISSING, Claim, digits, found, text, texts
from gateway.auth.errors import Reason, Unauthenticated
from gateway.auth.grant import Grant
from gateway.auth.issuer import Admission, ClaimNames, Issuer, Purposes
from gateway.auth.principal import Kind, Principal
from gateway.operation.identity import Identity
from schema.language.scalars import elfproef

_MOST_PURPOSES = 50
_MOST_ROLES = 200
_MOST_SERVICES = 100


def granted(claims: Mapping[str, Any], issuer: Issuer, purposes: Purposes) -> Grant:
    """What these claims allow; Unauthenticated if that is nothing, or if they make no sense."""
    return _Reading(claims, issuer).grant(purposes)


@dataclass(frozen=True, slots=True)
class _Reading:
    claims: Mapping[str, Any]
    issuer: Issuer

    def grant(self, purposes: Purposes) -> Grant:
        tenant = text(self._at(self.issuer.claims.tenant), Reason.TENANT)
        if tenant not in self.issuer.tenants or tenant not in purposes:
            raise Unauthenticated(Reason.TENANT)
        caller = self._caller(tenant)
        admissions = self._admissions(caller, purposes[tenant])
        if not admissions:
            raise Unauthenticated(Reason.PURPOSE)
        return Grant(
            {code: replace(caller, purpose=code) for code in admissions},
            {
                code: admission.level
                for code, admission in admissions.items()
                if admission.level and not reaches(caller.assurance, admission.level)
            },
        )

    def _caller(self, tenant: str) -> Principal:
        """The caller, as yet without a purpose."""
        names = self.issuer.claims
        subject = text(self._at(names.subject), Reason.SUBJECT)
        given = self._at(names.name)
        name = subject if given is MISSING else text(given, Reason.NAME)
        kind = self._kind()
        own, diensten = self._own(kind)
        if own is not None:
            self._check_pseudonym(subject, name, own)
        return Principal(
            issuer=self.issuer.name,
            subject=subject,
            name=name,
            tenant=tenant,
            purpose="",
            kind=kind,
            own=own,
            rollen=self._roles(kind),
            diensten=diensten,
            assurance=self._assurance(kind),
        )

    def _at(self, claim: Claim) -> Any:
        return found(self.claims, claim)

    def _kind(self) -> Kind:
        written = self._at(self.issuer.claims.kind)
        if written is MISSING and len(self.issuer.kinds) == 1:
            (kind,) = self.issuer.kinds
            return kind
        known = self.issuer.kind_values.get(text(written, Reason.KIND))
        if known is None or known not in self.issuer.kinds:
            raise Unauthenticated(Reason.KIND)
        return known

    def _own(self, kind: Kind) -> tuple[Identity | None, frozenset[str]]:
        """Whose data may be asked for, and for which services if somebody else's."""
        names = self.issuer.claims
        if kind is Kind.GEMACHTIGDE:
            return self._represented(), self._services()
        if not kind.closed:
            return None, frozenset()
        # Who says to be themself, while the token has them act for another, is neither.
        if any(self._at(claim) is not MISSING for claim in _of_mandate(names)):
            raise Unauthenticated(Reason.MANDATE)
        if kind is Kind.BURGER:
            return _person(self._at(names.bsn)), frozenset()
        return self._company(names.kvk, names.branch, names.rsin), frozenset()

    def _represented(self) -> Identity:
        names = self.issuer.claims
        bsn, kvk = self._at(names.mandate_bsn), self._at(names.mandate_kvk)
        if (bsn is MISSING) == (kvk is MISSING):
            raise Unauthenticated(Reason.MANDATE)
        if kvk is MISSING:
            return _person(bsn)
        return self._company(names.mandate_kvk, names.mandate_branch, names.mandate_rsin)

    def _company(self, kvk: Claim, branch: Claim, rsin: Claim) -> Identity:
        branch_number, fiscal = self._at(branch), self._at(rsin)
        why = Reason.COMPANY
        return Identity(
            kvk_nummer=digits(self._at(kvk), 8, why),
            vestigingsnummer=None if branch_number is MISSING else digits(branch_number, 12, why),
            rsin=None if fiscal is MISSING else digits(fiscal, 9, why, proven=True),
        )

    def _services(self) -> frozenset[str]:
        services = texts(self._at(self.issuer.claims.services), Reason.MANDATE, _MOST_SERVICES)
        if not services:
            raise Unauthenticated(Reason.MANDATE)
        return frozenset(services)

    def _check_pseudonym(self, subject: str, name: str, own: Identity) -> None:
        """Subject and name are logged and sent to sources' audit trails: no number may be in them,
        of whom it is about or of who acts. Nor may they be a number that could be a BSN.
        """
        names = self.issuer.claims
        acting = [self._at(claim) for claim in (names.bsn, names.kvk)]
        numbers = [*own.numbers, *(each for each in acting if isinstance(each, str) and each)]
        if _tells(subject, numbers):
            raise Unauthenticated(Reason.SUBJECT)
        if _tells(name, numbers):
            raise Unauthenticated(Reason.NAME)

    def _roles(self, kind: Kind) -> frozenset[str]:
        if kind is not Kind.MEDEWERKER:
            return frozenset()
        given = self._at(self.issuer.claims.roles)
        # Somebody without any role has an empty list, unlike somebody without any purpose.
        return frozenset() if given == [] else frozenset(texts(given, Reason.ROLES, _MOST_ROLES))

    def _assurance(self, kind: Kind) -> Level | None:
        """The level. A word for it that is not known would be taken for none, and is a mistake;
        but not of staff, whose issuers write other things in `acr`."""
        written = self._at(self.issuer.claims.assurance)
        if written is MISSING:
            return None
        level = self.issuer.levels.get(written) if isinstance(written, str) else None
        if level is None and kind.closed:
            raise Unauthenticated(Reason.ASSURANCE)
        return level

    def _admissions(
        self, caller: Principal, purposes: Mapping[str, Admission]
    ) -> Mapping[str, Admission]:
        """The purposes that the token allows, of those that there are.

        A token for an employee that names none has those that one of their roles gives.
        """
        written = self._at(self.issuer.claims.purpose)
        by_role = written is MISSING
        named = texts(written, Reason.PURPOSE, _MOST_PURPOSES)
        codes: Iterator[str] = iter(purposes if by_role else named)
        return {
            code: purposes[code]
            for code in codes
            if code in purposes and _admits(purposes[code], caller, by_role=by_role)
        }


def _of_mandate(names: ClaimNames) -> frozenset[Claim]:
    """The claims that only a gemachtigde can have; an issuer may write everybody's number alike."""
    every = {names.mandate, names.mandate_bsn, names.mandate_kvk, names.services}
    return frozenset(every - {names.bsn, names.kvk})


def _person(bsn: Any) -> Identity:
    return Identity(bsn=digits(bsn, 9, Reason.BSN, proven=True))


def _tells(written: str, numbers: Iterable[str]) -> bool:
    could_be_bsn = len(written) == 9 and written.isascii() and written.isdigit()
    return (could_be_bsn and elfproef(written)) or any(number in written for number in numbers)


def _admits(admission: Admission, caller: Principal, *, by_role: bool) -> bool:
    """Whether this caller may have a purpose; `by_role` if only a role can give it."""
    if caller.kind not in admission.kinds:
        return False
    if caller.kind is not Kind.MEDEWERKER:
        return not by_role
    if not admission.rollen:
        return not by_role
    return not admission.rollen.isdisjoint(caller.rollen)
