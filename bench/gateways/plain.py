"""Plain Strawberry (process): the same schema with resolvers and DataLoader, as its makers show it.

With their caches of parsed and validated documents; httpx as the client, an instance for all.
"""

import os
from collections.abc import Sequence
from typing import Any

import httpx
import strawberry
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache

_client = httpx.AsyncClient(base_url=os.environ.get("UPSTREAM", "http://127.0.0.1"))


@strawberry.type
class User:
    """Who writes."""

    id: int
    name: str | None
    username: str | None
    email: str | None
    phone: str | None
    website: str | None


@strawberry.type
class Post:
    """What is written."""

    id: int
    user_id: int
    title: str | None
    body: str | None

    @strawberry.field
    async def user(self, info: strawberry.Info) -> User | None:
        """By whom."""
        found: User | None = await info.context["users"].load(self.user_id)
        return found


@strawberry.type
class Greeting:
    """What needs no source."""

    text: str


@strawberry.type
class Query:
    """What can be asked."""

    @strawberry.field
    async def posts(self, start: int = 0, limit: int = 100) -> list[Post]:
        """A stretch of the posts."""
        answer = await _client.get("/posts", params={"_start": start, "_limit": limit})
        return [
            Post(id=each["id"], user_id=each["userId"], title=each["title"], body=each["body"])
            for each in answer.json()
        ]

    @strawberry.field
    def greet(self) -> Greeting:
        """A greeting."""
        return Greeting(text="Hello World!")


async def _users(ids: list[int]) -> Sequence[User | None]:
    answer = await _client.get("/users", params={"id": ids})
    found = {each["id"]: User(**each) for each in answer.json()}
    return [found.get(each) for each in ids]


class _Server(GraphQL[Any, Any]):
    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> dict[str, Any]:
        return {"users": DataLoader(_users, max_batch_size=100)}


schema = strawberry.Schema(Query, extensions=[ParserCache, ValidationCache])
app = _Server(schema, graphql_ide=None)
