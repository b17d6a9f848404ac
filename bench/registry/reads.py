"""The questions that are put to the register of posts (operation); declared at startup."""

from collections.abc import Mapping, Sequence
from typing import Any

from bench.registry.published import Greeting, Post, User
from gateway.source.errors import SourceFault
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.read import About, Fields, read, whole
from gateway.source.source import Source

Wire = Mapping[str, Any]
BATCH = 100
"""As many users as one call may hold, here and at every contender."""
HOURS = Keep.shared(DataClass.OPEN, Sharing.EVERYONE, fresh=14_400)


@read("posts", keep=HOURS, about=About.OPEN, parts=whole, gives=Post)
async def posts(register: Source, fields: Fields, *, start: int, limit: int) -> Sequence[Wire]:
    """A stretch of the list of posts."""
    params = {"_start": str(start), "_limit": str(limit)}
    return _objects(register, await register.get("posts", params=params))


@read("posts", batch=BATCH, keep=HOURS, about=About.OPEN, parts=whole, gives=User)
async def user(register: Source, ids: Sequence[int], fields: Fields) -> Mapping[int, Wire]:
    """Users by number; one that there is not is left out."""
    answer = await register.get("users", params={"id": [str(each) for each in ids]})
    return {item["id"]: item for item in _objects(register, answer)}


@read("posts", keep=HOURS, about=About.OPEN, parts=whole, gives=Greeting)
async def greeting(register: Source, fields: Fields) -> Wire:
    """What needs no source."""
    return {"text": "Hello World!"}


def _objects(register: Source, answer: Any) -> Sequence[Wire]:
    if isinstance(answer, list) and all(
        [type(item) is dict and type(item.get("id")) is int for item in answer]  # noqa: C419
    ):
        return answer
    raise SourceFault(register.name, "no list of objects")
