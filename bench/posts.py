"""A registry of posts, users and wide objects, to measure without a source (startup)."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from gateway.source.keep import DataClass, Keep
from gateway.source.read import Fields, read
from gateway.source.source import Source
from schema.language.assemble import assemble
from schema.language.declare import copied, published
from schema.language.facts import Facts
from schema.language.links import Query, Registry, extend, link

OPEN = "open"
COUNT, USERS = 100, 10
WIDE = 20


@published(label=OPEN)
class User:
    """Een gebruiker."""

    id: int
    """Het nummer."""
    name: str | None
    """De naam."""
    email: str | None
    """Het adres."""


@published(label=OPEN, wire=("userId",))
class Post:
    """Een bericht."""

    id: int
    """Het nummer."""
    title: str | None
    """De titel."""
    body: str | None
    """De tekst."""


def _wide(name: str, inner: Mapping[str, Any]) -> type:
    """A type of as many fields as there are in `WIDE`: texts, numbers and yes or no in turn."""
    kinds = (str | None, int | None, str | None, float | None, str | None, bool | None)
    fields = {f"veld{each}": kinds[each % len(kinds)] for each in range(WIDE)}
    marks = {field: copied(description="Een veld.") for field in [*fields, *inner]}
    about = {"__doc__": "Een breed ding.", "__annotations__": {**fields, **inner}}
    return published(label=OPEN)(type(name, (), {**marks, **about, "__module__": __name__}))


Inner = _wide("Inner", {})
Outer = _wide("Outer", {"binnen": Inner | None})


@read("posts", keep=Keep.request(DataClass.OPEN), gives=Post)
async def posts(source: Source, fields: Fields) -> list[Any]:
    """All of them."""
    return []


@read("posts", keep=Keep.request(DataClass.OPEN), batch=100, gives=User)
async def users(source: Source, ids: Sequence[int], fields: Fields) -> Mapping[int, Any]:
    """By number."""
    return {}


@read("posts", keep=Keep.request(DataClass.OPEN), gives=Outer)
async def wide(source: Source, fields: Fields) -> list[Any]:
    """All of them."""
    return []


@extend(Query)
class PostsQuery:
    """What can be asked."""

    @link(posts, label=OPEN)
    def posts(self) -> list[Post] | None:
        """De berichten."""

    @link(wide, label=OPEN)
    def breed(self) -> list[Outer] | None:  # type: ignore[valid-type]  # made above
        """De brede dingen."""


@extend(Post)
class PostLinks:
    """To users."""

    @link(users, key="userId", label=OPEN)
    def user(self) -> User | None:
        """De schrijver."""


def facts() -> Facts:
    """The schema of these, and nothing else."""
    from bench import posts as declared

    return assemble([Registry("posts", "Berichten.", declared, {"posts": {}})])


# ---- the objects ------------------------------------------------------------------------------


def posted() -> list[dict[str, Any]]:
    """Posts as a source gives them, ten by each user."""
    return [
        {"userId": 1 + each * USERS // COUNT, "id": 1 + each, "title": f"Bericht {each} " * 3,
         "body": f"De tekst van bericht {each}. " * 6}
        for each in range(COUNT)
    ]  # fmt: skip


def known() -> dict[int, dict[str, Any]]:
    """Users by their number."""
    return {
        each: {"id": each, "name": f"Gebruiker {each}", "email": f"g{each}@example.org"}
        for each in range(1, USERS + 1)
    }


def things() -> list[dict[str, Any]]:
    """Wide objects, each with one inside; now and then a value is not there."""
    rng = Random(1)  # noqa: S311  # to be the same every time
    return [{**_values(rng), "binnen": _values(rng)} for _ in range(COUNT)]


def _values(rng: Random) -> dict[str, Any]:
    values: Sequence[Any] = ("een waarde", 41, "nog een waarde", 0.5, "1984-03-12", True)
    return {
        f"veld{each}": None if rng.random() < 0.05 else values[each % len(values)]
        for each in range(WIDE)
    }
