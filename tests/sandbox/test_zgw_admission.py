"""Who gets in, with which headers, and how a refusal looks: the order and codes of Open Zaak."""

import httpx
import pytest

from sandbox.zgw_problem import Param, invalid
from tests.app import cases
from tests.sandbox.zgw_client import BASE, NOW, ZAKEN, app, client, get, token

pytestmark = pytest.mark.anyio


async def refused(authorization: str | None) -> tuple[int, str]:
    headers = {"Accept-Crs": "EPSG:4326"}
    if authorization is not None:
        headers["Authorization"] = authorization
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app())) as http:
        answer = await http.get(f"{ZAKEN}/zaken", headers=headers)
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        (None, "permission_denied"),
        ("Token abc", "permission_denied"),
        ("Bearer abc", "jwt-decode-error"),
        ("Bearer a.b.c", "jwt-decode-error"),
        ("Bearer w6k.b.c", "jwt-decode-error"),
        (f"Bearer {token(alg='none')}", "jwt-decode-error"),
        (f"Bearer {token(client_id=None)}", "missing-client-identifier"),
        (f"Bearer {token(client_id='ander')}", "invalid-client-identifier"),
        (f"Bearer {token(secret='ander')}", "invalid-jwt-signature"),
        (f"Bearer {token(iat=None)}", "jwt-missing-iat"),
        (f"Bearer {token(iat=NOW - 3601)}", "jwt-expired"),
        (f"Bearer {token(iat=NOW + 61)}", "jwt-not-yet-valid"),
        (f"Bearer {token(user_id=None)}", "jwt-missing-user-id"),
    ],
)
async def test_every_refusal_is_403_and_differs_in_code(
    authorization: str | None, code: str
) -> None:
    assert await refused(authorization) == (403, code)


@pytest.mark.parametrize("iat", [NOW - 3600, NOW + 60])
async def test_a_token_may_be_an_hour_old_and_a_minute_ahead(iat: float) -> None:
    assert (await refused(f"Bearer {token(iat=iat)}"))[0] == 200


async def test_a_token_is_asked_for_before_the_crs() -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app())) as http:
        answer = await http.get(f"{ZAKEN}/zaken")

    assert answer.status_code == 403


@pytest.mark.parametrize("crs", ["epsg:4326", "EPSG:28992", ""])
async def test_another_coordinate_system_is_406(crs: str) -> None:
    assert (await get("zaken/zaken", Accept_Crs=crs)).status_code == 406


@pytest.mark.parametrize(
    ("method", "missing", "status"),
    [
        ("GET", "Accept-Crs", 412),
        ("POST", "Accept-Crs", 412),
        ("POST", "Content-Crs", 412),
        ("GET", "Content-Crs", 200),
    ],
)
async def test_a_missing_coordinate_system_is_412(method: str, missing: str, status: int) -> None:
    async with client() as http:
        del http.headers[missing]
        path = "/zaken/_zoek" if method == "POST" else "/zaken"
        answer = await http.request(method, ZAKEN + path, json={"identificatie": "x"})

    assert answer.status_code == status


async def test_only_zaken_ask_for_a_coordinate_system() -> None:
    async with client() as http:
        del http.headers["Accept-Crs"]
        answer = await http.get(f"{ZAKEN}/rollen")

    assert answer.status_code == 200


async def test_problem_json_alone_is_not_acceptable() -> None:
    answer = await get("zaken/rollen", Accept="application/problem+json")

    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/json"


async def test_an_error_has_the_keys_of_a_fout() -> None:
    answer = await get("zaken/rollen/00000000-0000-4000-8000-000000000000")

    assert answer.status_code == 404
    assert answer.json() == {
        "type": f"{BASE}/ref/fouten/NotFound/",
        "code": "not_found",
        "title": "Niet gevonden.",
        "status": 404,
        "detail": "Niet gevonden.",
        "instance": answer.json()["instance"],
    }
    assert answer.json()["instance"].startswith("urn:uuid:")


async def test_the_standard_writes_errors_as_problem_json() -> None:
    answer = await get("zaken/rollen", {"onzin": "1"}, dialect="standard")

    assert answer.headers["content-type"] == "application/problem+json"


def test_wrong_input_names_what_is_wrong() -> None:
    body = invalid([Param("page", "invalid", "Onjuist.")]).body(BASE, "GET /")

    assert body["invalidParams"] == [{"name": "page", "code": "invalid", "reason": "Onjuist."}]


async def test_a_malformed_uuid_breaks_the_source() -> None:
    for path in ("zaken/zaken/nee", "zaken/rollen/nee", "catalogi/zaaktypen/nee"):
        answer = await get(path)
        assert answer.status_code == 500
        assert answer.json()["code"] == "error"


@pytest.mark.parametrize("path", ["zaken/onzin", "zaken/zaken/", "catalogi/onzin"])
async def test_an_unknown_path_is_404_json(path: str) -> None:
    answer = await get(path)

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


async def test_writing_is_forbidden() -> None:
    async with client() as http:
        made = await http.post(f"{ZAKEN}/zaken", json={})
        searched = await http.get(f"{ZAKEN}/zaken/_zoek")

    assert made.status_code == 403
    assert made.json()["code"] == "permission_denied"
    assert searched.status_code == 405


async def test_answers_name_version_and_coordinate_system() -> None:
    zaken = await get("zaken/zaken")
    zaaktypen = await get("catalogi/zaaktypen")

    assert zaken.headers["api-version"] == "1.5.1"
    assert zaken.headers["content-crs"] == "EPSG:4326"
    assert zaaktypen.headers["api-version"] == "1.3.1"


async def test_urls_echo_scheme_and_host_of_the_request() -> None:
    uuid = next(iter(cases().zaken))
    async with client(base="http://127.0.0.1:8000") as http:
        answer = await http.get(
            f"/zaken/api/v1/zaken/{uuid}", headers={"X-Forwarded-Proto": "https"}
        )

    assert answer.json()["url"] == f"https://127.0.0.1:8000/zaken/api/v1/zaken/{uuid}"
    assert answer.json()["zaaktype"].startswith("https://127.0.0.1:8000/catalogi/api/v1/")


@pytest.mark.parametrize(
    ("resource", "tagged"),
    [
        ("zaken", True),
        ("statussen", True),
        ("resultaten", True),
        ("rollen", True),
        ("zaakobjecten", False),
    ],
)
async def test_details_have_an_etag_but_zaakobjecten_do_not(resource: str, tagged: bool) -> None:
    uuid = next(iter(getattr(cases(), resource)))
    answer = await get(f"zaken/{resource}/{uuid}")

    assert ("etag" in answer.headers) is tagged


async def test_an_etag_gives_304_also_with_expand_and_another_host() -> None:
    uuid = next(iter(cases().zaken))
    tag = (await get(f"zaken/zaken/{uuid}")).headers["etag"]
    same = await get(f"zaken/zaken/{uuid}", {"expand": "status"}, If_None_Match=f'"x", {tag}')
    async with client(base="http://elders.example") as http:
        elsewhere = await http.get(f"/zaken/api/v1/zaken/{uuid}", headers={"If-None-Match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == tag
    assert elsewhere.status_code == 304


async def test_lists_have_no_etag() -> None:
    assert "etag" not in (await get("zaken/zaken")).headers
