"""The explorer in a real browser: it loads, switches persona, and answers an example."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    expect,
)

pytestmark = pytest.mark.slow

PATIENCE = 20_000  # milliseconds; Monaco starts slowly on a busy machine


@dataclass  # without slots: Playwright marks the object whose methods it calls
class Visit:
    """One page of the explorer, and everything it complained about or asked for."""

    page: Page
    demo_url: str
    config: dict[str, Any]
    complaints: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def note_request(self, request: Request) -> None:
        self.requests.append(request)

    def note_error(self, error: Error) -> None:
        self.complaints.append(f"error: {error}")

    def note_message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def outside_requests(self) -> list[str]:
        here = urlsplit(self.demo_url).netloc
        urls = [urlsplit(request.url) for request in self.requests]
        return [url.geturl() for url in urls if url.scheme != "data" and url.netloc != here]

    def questions(self) -> list[Request]:
        """The GraphQL requests that a user asked, so without introspection."""
        sent = [each for each in self.requests if each.url.endswith(self.config["endpoint"])]
        return [each for each in sent if "IntrospectionQuery" not in (each.post_data or "")]

    def choose_persona(self, code: str) -> None:
        with self.page.expect_response("**/graphiql/token"):
            self.page.get_by_label("Vraag als").select_option(code)

    def choose_example(self, name: str) -> None:
        self.page.locator("button.example", has=self.page.get_by_text(name, exact=True)).click()

    def run(self) -> None:
        self.page.get_by_role("button", name="Execute query").click()

    def answer(self) -> str:
        """What the answer pane shows, once it shows something."""
        pane = self.page.locator(".graphiql-response .view-lines")
        expect(pane).to_contain_text(re.compile(r"\S"), timeout=PATIENCE)
        return pane.inner_text().replace("\xa0", " ")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1440, "height": 860}, locale="nl-NL") as context:
        yield context


@pytest.fixture
def visit(context: BrowserContext, demo_url: str) -> Iterator[Visit]:
    """The explorer, opened and ready; whatever it complains of fails the test at its end."""
    page = context.new_page()
    config = context.request.get(f"{demo_url}/graphiql/config.json").json()
    visit = Visit(page, demo_url, config)
    page.add_init_script(
        "addEventListener('securitypolicyviolation',"
        " event => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))"
    )
    page.on("request", visit.note_request)
    page.on("pageerror", visit.note_error)
    page.on("console", visit.note_message)
    page.goto(f"{demo_url}/graphiql/")
    expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text(
        re.compile(r"\S"), timeout=PATIENCE
    )
    yield visit

    assert visit.complaints == []
    assert visit.outside_requests() == []


def test_the_page_names_the_municipality_and_offers_every_persona_and_example(
    visit: Visit,
) -> None:
    page, config = visit.page, visit.config
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bronpoort")
    expect(page.get_by_role("heading", level=1)).to_contain_text(config.get("titel", ""))
    options = page.get_by_label("Vraag als").locator("option")
    offered = page.locator("button.example strong")

    assert [each["naam"] for each in config["personas"]] == options.all_inner_texts()
    assert [each["naam"] for each in config["voorbeelden"]] == offered.all_inner_texts()


def test_the_first_example_stands_ready_and_answers(visit: Visit) -> None:
    visit.run()
    answer = visit.answer()

    assert '"data"' in answer
    assert '"errors"' not in answer


def test_every_example_runs_as_its_persona(visit: Visit) -> None:
    for example in visit.config["voorbeelden"]:
        visit.choose_example(example["naam"])
        if example["persona"]:
            expect(visit.page.get_by_label("Vraag als")).to_have_value(example["persona"])
        with visit.page.expect_response("**/graphql") as answered:
            visit.run()

        assert answered.value.status == 200, example["naam"]
        assert answered.value.json()["data"], example["naam"]
        assert visit.answer()


def test_another_persona_asks_with_another_token(visit: Visit) -> None:
    first, second, *_ = [each["code"] for each in visit.config["personas"]]
    for code in (first, second):
        visit.choose_persona(code)
        visit.run()
        visit.answer()
    tokens = [each.all_headers()["authorization"] for each in visit.questions()]

    assert len(set(tokens)) == 2
    assert all(token.startswith("Bearer ") for token in tokens)


def test_a_token_is_asked_for_by_our_own_origin(visit: Visit) -> None:
    asked = [each for each in visit.requests if each.url.endswith("/graphiql/token")]
    origins = {each.all_headers().get("origin") for each in asked}

    assert origins == {visit.demo_url}


def test_a_switch_of_persona_takes_the_answer_away(visit: Visit) -> None:
    visit.run()
    visit.answer()
    current = visit.page.get_by_label("Vraag als").input_value()
    codes = [each["code"] for each in visit.config["personas"]]
    visit.choose_persona(next(code for code in codes if code != current))

    expect(visit.page.locator(".graphiql-response .view-lines")).to_have_text("")


def test_an_option_is_sent_as_a_header_and_never_with_introspection(visit: Visit) -> None:
    visit.page.get_by_label("Herkomst").check()
    visit.run()
    visit.answer()
    with_option = [each for each in visit.requests if "bronpoort-herkomst" in each.all_headers()]

    assert with_option == visit.questions()


def test_a_question_prefers_the_graphql_media_type(visit: Visit) -> None:
    visit.run()
    visit.answer()
    (question,) = visit.questions()
    body = json.loads(question.post_data or "")

    assert question.headers["accept"].startswith("application/graphql-response+json")
    assert body["query"] == visit.config["voorbeelden"][0]["query"]


def test_nothing_of_questions_or_answers_stays_in_the_browser(visit: Visit) -> None:
    visit.run()
    visit.answer()
    kept = visit.page.evaluate("localStorage.length + sessionStorage.length")

    assert kept == 0
    assert visit.page.context.cookies() == []


def test_documentation_and_explorer_open_and_show_the_schema(visit: Visit) -> None:
    for button, selector in (
        ("Show Documentation Explorer", ".graphiql-doc-explorer"),
        ("Show GraphiQL Explorer", ".docExplorerWrap"),
    ):
        visit.page.get_by_role("button", name=button).click()

        expect(visit.page.locator(selector)).to_contain_text(re.compile("query", re.I))


def test_the_page_is_usable_with_the_keyboard(visit: Visit) -> None:
    page = visit.page
    visit.choose_persona(visit.config["personas"][0]["code"])
    page.get_by_label("Vraag als").focus()
    page.keyboard.press("ArrowDown")
    second = visit.config["personas"][1]["code"]
    expect(page.get_by_label("Vraag als")).to_have_value(second)
    example = page.locator("button.example").first
    example.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")

    assert '"data"' in visit.answer()


def test_a_subscription_shows_answers_until_it_is_stopped(visit: Visit) -> None:
    """The first is there at once; what runs on is stopped by who asked, without a complaint."""
    page = visit.page
    detail = next(each for each in visit.config["voorbeelden"] if "zaak" in each["variabelen"])
    query = "subscription($zaak: Uuid!){zaakGewijzigd(uuid: $zaak){identificatie}}"
    config = {**visit.config, "voorbeelden": [{**detail, "query": query}]}
    page.route("**/graphiql/config.json", lambda route: route.fulfill(json=config))
    page.reload()
    expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text(
        "zaakGewijzigd", timeout=PATIENCE
    )
    visit.run()
    answer = visit.answer()
    page.get_by_role("button", name="Stop query").click()
    expect(page.get_by_role("button", name="Execute query")).to_be_visible()

    assert '"identificatie": "' in answer
    assert visit.questions()[-1].headers["accept"] == "text/event-stream"
