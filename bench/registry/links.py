"""What can be asked of the register of posts, and how posts lead to users (startup)."""

from __future__ import annotations

from typing import Annotated

from bench.registry.published import POST, USER, Greeting, Post, User
from bench.registry.reads import greeting, posts, user
from schema.language.links import Query, Range, extend, link

Start = Annotated[int, "Hoeveel er worden overgeslagen.", Range(0, 2_147_483_647)]
Limit = Annotated[int, "Hoeveel er hoogstens gegeven worden.", Range(1, 10_000)]


@extend(Query)
class PostsVragen:
    """The root questions."""

    @link(posts, label=POST, expected=100)
    def posts(self, start: Start = 0, limit: Limit = 100) -> list[Post] | None:
        """Een stuk van de lijst van berichten."""

    @link(greeting, label=POST)
    def greet(self) -> Greeting | None:
        """Een groet."""


@extend(Post)
class PostLinks:
    """From a post to what belongs to it."""

    @link(user, key="userId", label=USER)
    def user(self) -> User | None:
        """Wie het bericht schreef."""
