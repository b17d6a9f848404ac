"""Filters as the body of a question: what is asked, by the names of the Zaken API."""

from typing import Any

import pytest

from gateway.source.errors import ConfigurationMissing, SourceRefusedQuestion
from gateway.source.source import Source
from resolvers.zgw.beside import zaaktype_url
from resolvers.zgw.zoeken import ordered, rol_filters, zaak_filters
from tests.bag.asking import asked

UUID = "00000000-0000-4000-8000-00000000000a"


def source(**dialect: Any) -> Source:
    """Zaken that nobody asks anything here."""
    return asked("zaken", lambda _: {}, dialect).source


@pytest.mark.parametrize(
    ("filters", "body"),
    [
        (None, {}),
        ({"open": None, "bronorganisatie": None}, {}),
        ({"open": True}, {"einddatum__isnull": True}),
        ({"open": False}, {"einddatum__isnull": False}),
        ({"startdatum_vanaf": "2026-01-01"}, {"startdatum__gte": "2026-01-01"}),
        ({"startdatum_tot_en_met": "2026-01-01"}, {"startdatum__lte": "2026-01-01"}),
        ({"einddatum_vanaf": "2026-03-01"}, {"einddatum__gt": "2026-02-28"}),
        ({"einddatum_tot_en_met": "2026-12-31"}, {"einddatum__lt": "2027-01-01"}),
        ({"registratiedatum_vanaf": "0001-01-01"}, {}),
        ({"registratiedatum_tot_en_met": "9999-12-31"}, {}),
        (
            {"uiterlijke_einddatum_afdoening_tot_en_met": "2026-05-01"},
            {"uiterlijkeEinddatumAfdoening__lt": "2026-05-02"},
        ),
        ({"archiefstatus": "overgedragen"}, {"archiefstatus": "overgedragen"}),
    ],
)
def test_filters_of_zaken(filters: dict[str, Any] | None, body: dict[str, Any]) -> None:
    """What is not given is not asked; a bound is included, as far as there are days."""
    assert zaak_filters(source(), filters) == body


def test_filters_of_rollen() -> None:
    """Each number has its own place in the API."""
    given = {"omschrijving_generiek": "initiator", "rsin": "888800006", "medewerker": None}

    assert rol_filters(source(), given) == {
        "rol__omschrijvingGeneriek": "initiator",
        "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__innNnpId": "888800006",
    }


def test_the_kvk_number_is_for_open_zaak() -> None:
    """The standard has no such filter, and an unknown filter is refused by some and ignored by
    others."""
    given = {"kvk_nummer": "99900100"}
    with pytest.raises(SourceRefusedQuestion):
        rol_filters(source(), given)

    assert rol_filters(source(variant="openzaak"), given) == {
        "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__kvkNummer": "99900100"
    }


def test_the_order() -> None:
    """The standard takes a text, Open Zaak a list."""
    assert ordered(source(), None) == {}
    assert ordered(source(), "-startdatum") == {"ordering": "-startdatum"}
    assert ordered(source(variant="openzaak"), "-startdatum") == {"ordering": ["-startdatum"]}


def test_the_address_of_a_zaaktype_without_knowing_where_the_catalogus_is() -> None:
    """These zaken do not stand at /zaken/api/v1, so it has to be configured."""
    with pytest.raises(ConfigurationMissing):
        zaaktype_url(source(), UUID)

    configured = source(catalogi_url="https://catalogi.test/v1/")
    assert zaaktype_url(configured, UUID) == f"https://catalogi.test/v1/zaaktypen/{UUID}"
