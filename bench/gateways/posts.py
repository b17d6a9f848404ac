"""The world of posts and users (process): what the raw source gives, and what must come of it.

As in the public REST gateway benchmark: ten posts in a row are of one user. The list begins anew
after `WINDOWS` stretches of a hundred, so that every answer is made before it is asked for long.
"""

import json
from collections.abc import Mapping
from typing import Any

STRETCH = 100
WINDOWS = 1_000
LONG_WINDOWS = 8
"""Of stretches of another length there are fewer: they can be long."""
_EACH = 10
_TITLE = "sunt aut facere repellat provident occaecati excepturi optio"
_BODY = (
    "quia et suscipit\nsuscipit recusandae consequuntur expedita et cum\nreprehenderit molestiae "
    "ut ut quas totam\nnostrum rerum est autem sunt rem eveniet architecto"
)


def post(number: int) -> Mapping[str, Any]:
    """The post with this number, from 1."""
    user_id = (number - 1) // _EACH + 1
    return {"userId": user_id, "id": number, "title": f"{_TITLE} {number}", "body": _BODY}


def user(number: int) -> Mapping[str, Any]:
    """The user with this number, from 1."""
    return {
        "id": number,
        "name": f"Leanne Graham {number}",
        "username": f"Bret{number}",
        "email": f"bret{number}@example.com",
        "phone": "1-770-736-8031 x56442",
        "website": "hildegard.example",
    }


def numbers(start: int, limit: int) -> range:
    """Those of the posts from `start`, at most `limit`."""
    first = window(start, limit) * STRETCH
    return range(first + 1, first + limit + 1)


def window(start: int, limit: int) -> int:
    """Which of the stretches that is."""
    return start // STRETCH % (WINDOWS if limit == STRETCH else LONG_WINDOWS)


def listed(start: int, limit: int) -> bytes:
    """The stretch as the source gives it."""
    return _written([post(each) for each in numbers(start, limit)])


def users(asked: list[int]) -> bytes:
    """Users as the source gives them."""
    return _written([user(each) for each in asked])


def joined(start: int, limit: int) -> list[Mapping[str, Any]]:
    """What `{ id userId title user { id name email } }` gives of each post."""
    found: list[Mapping[str, Any]] = []
    for number in numbers(start, limit):
        each = post(number)
        writer = user(each["userId"])
        told = {name: writer[name] for name in ("id", "name", "email")}
        found.append(
            {"id": each["id"], "userId": each["userId"], "title": each["title"], "user": told}
        )
    return found


def titles(start: int, limit: int) -> list[Mapping[str, Any]]:
    """What `{ id title }` gives of each post."""
    return [{"id": each["id"], "title": each["title"]} for each in map(post, numbers(start, limit))]


def _written(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
