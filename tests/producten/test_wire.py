"""What the reads make of products."""

from typing import Any

import pytest

from gateway.source.errors import ForeignAddress, SourceFault
from resolvers.producten.wire import (
    EMBEDDED,
    about_zaak,
    asked_in_zaak,
    names,
    owned_by,
    product_of,
    producttypen_in,
    uuid_of_address,
)
from tests.bag.asking import asked
from tests.contract.described import description

UUID = "4bf35628-d6fd-4815-9a76-e55c275986b9"
TYPE = "00000000-0000-4000-8000-000000000002"


def source() -> Any:
    """A source that is asked nothing."""
    return asked("producten", lambda _: {}).source


@pytest.mark.parametrize("producttype", [None, {}, {"uuid": "x"}, "https://elders.test/1"])
def test_a_product_without_a_type_is_a_fault(producttype: Any) -> None:
    """The type is always there."""
    with pytest.raises(SourceFault):
        product_of(source(), {"uuid": UUID, "producttype": producttype})


@pytest.mark.parametrize(
    ("owners", "owned"),
    [
        ([{"bsn": "999900018"}], True),
        ([{"bsn": ""}, {"bsn": "999900018"}], True),
        ([{"bsn": "999900031"}], False),
        ([{"kvk_nummer": "999900018"}], False),
        ([None], False),
        (None, False),
    ],
)
def test_whose_a_product_is(owners: Any, owned: bool) -> None:
    """One of the owners must have that very number."""
    assert owned_by({"eigenaren": owners}, "bsn", "999900018") is owned


@pytest.mark.parametrize(
    ("url", "about"),
    [
        (f"https://zaken.test/zaken/api/v1/zaken/{UUID}", True),
        (f"https://zaken.test/zaken/{UUID.upper()}", True),
        (f"https://zaken.test/zaken/{UUID}/rollen", False),
        (UUID, False),
        (None, False),
    ],
)
def test_which_zaak_a_product_is_about(url: Any, about: bool) -> None:
    """By the end of the address."""
    assert about_zaak({"zaken": [{"url": url}]}, UUID) is about


@pytest.mark.parametrize(
    ("wanted", "brought"),
    [
        (("naam", "themas.naam", "uuid"), True),
        ((), True),
        (("naam", "samenvatting"), False),
        (("zaaktypen.url",), False),
    ],
)
def test_a_type_that_came_along_is_used_when_it_is_enough(
    wanted: tuple[str, ...], brought: bool
) -> None:
    """Else it is asked, and the part is not taken for the whole."""
    products = [{"producttype": {"uuid": TYPE, "naam": "Vergunning"}}]

    assert set(producttypen_in(products, wanted)) == ({TYPE} if brought else set())


def test_what_comes_along_is_what_the_description_says() -> None:
    """No property more, or it would be null where it is asked for."""
    schemas = description("openproduct-producten/1.7.0.yaml")["components"]["schemas"]

    assert set(schemas["NestedProductType"]["properties"]) == EMBEDDED


@pytest.mark.parametrize(
    ("url", "named"),
    [
        (f"https://documenten.test/enkelvoudiginformatieobjecten/{UUID}?versie=2", True),
        (f"https://documenten.test/enkelvoudiginformatieobjecten/{TYPE}?of={UUID}", False),
        (None, False),
    ],
)
def test_which_document_a_product_names(url: str | None, named: bool) -> None:
    """Whatever version of it."""
    assert names({"documenten": [{"url": url}]}, "documenten", UUID) is named


def test_in_which_zaak_a_product_was_asked_for() -> None:
    url = f"https://zaken.test/zaken/api/v1/zaken/{UUID}"

    assert asked_in_zaak({"aanvraag_zaak_url": url}, UUID)
    assert not asked_in_zaak({"aanvraag_zaak_url": None}, UUID)
    assert not asked_in_zaak({"aanvraag_zaak_url": url}, TYPE)


def test_only_a_uuid_of_an_address_is_put_in_a_filter() -> None:
    assert uuid_of_address(source(), f"https://a.test/b/{UUID.upper()}?versie=1") == UUID
    with pytest.raises(ForeignAddress):
        uuid_of_address(source(), "https://a.test/b/alles")
