"""What is kept of a caller from question to question."""

from typing import cast

from gateway.auth.principal import Kind, Principal
from gateway.observe.audit import Actor
from gateway.operation.answer import Caller
from gateway.source.credentials import EndUser
from gateway.standing import Standing, Standings
from gateway.tenants import Purpose, Tenant


def principal(purpose: str = "klantcontact") -> Principal:
    """A caller."""
    return Principal("https://issuer.test", "u-17", "T. Toetser", "0999", purpose, Kind.MEDEWERKER)


class Made:
    """Makes them, and notes for whom."""

    def __init__(self) -> None:
        self.of: list[tuple[Principal, str | None]] = []

    def __call__(self, principal: Principal, zaaktype: str | None) -> Standing:
        self.of.append((principal, zaaktype))
        tenant, purpose = cast(Tenant, None), cast(Purpose, None)
        return Standing(principal, tenant, purpose, EndUser("", ""), Actor, Caller)


def test_one_is_made_for_each_principal_and_zaaktype() -> None:
    """An equal principal is not taken for another: it is made anew."""
    standings, made = Standings(), Made()
    first, equal = principal(), principal()
    asked = [(first, None), (first, "bezwaar"), (equal, None), (first, None), (first, "bezwaar")]

    found = [standings.of(*each, made) for each in asked]

    assert [(first, None), (first, "bezwaar"), (equal, None)] == made.of
    assert [each.principal for each in found] == [who for who, _ in asked]
    assert found[0] is found[3]


def test_it_holds_no_more_than_a_thousand() -> None:
    standings, made = Standings(), Made()
    principals = [principal() for _ in range(1_001)]

    for each in principals:
        assert standings.of(each, None, made).principal is each
    last = standings.of(principals[-1], None, made)

    assert last.principal is principals[-1]
    assert len(made.of) == 1_001
    standings.of(principals[0], None, made)
    assert len(made.of) == 1_002


def test_nobody_is_kept_after_a_sweep() -> None:
    standings, made = Standings(), Made()
    one = principal()
    standings.of(one, None, made)

    standings.clear()
    standings.of(one, None, made)

    assert len(made.of) == 2
