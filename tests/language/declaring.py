"""Declares a small schema inside a test and tells what startup finds wrong with it."""

from types import SimpleNamespace
from typing import Any

import pytest

from gateway.source.keep import DataClass, Keep
from gateway.source.read import Fields, Read, read
from gateway.source.source import Source
from schema.language.assemble import assemble
from schema.language.declare import copied, published
from schema.language.errors import DeclarationError
from schema.language.facts import Facts
from schema.language.links import Registry


def text(path: str | None = None, **options: Any) -> Any:
    """A copied field with a description: inside a function there is no string to read it from."""
    return copied(path, description="Een veld.", **options)


def root() -> type:
    """A root of one's own, so that tests do not see each other's questions."""

    @published(label="")
    class Query:
        """De vragen."""

    return Query


@read("bron", keep=Keep.request(DataClass.OPEN))
async def keyed(source: Source, key: str, fields: Fields) -> Any:
    """A read that wants a key."""


@read("bron", keep=Keep.request(DataClass.OPEN))
async def unkeyed(source: Source, fields: Fields) -> Any:
    """A read that wants none."""


def giving(held: type, **parameters: type) -> Read:
    """A keyed read that says what it gives."""

    @read("bron", keep=Keep.request(DataClass.OPEN), gives=held)
    async def given(source: Source, key: str, fields: Fields) -> Any:
        """A read."""

    return given


def assembled(query: type, *extensions: type) -> Facts:
    """The schema of these extensions."""
    module = SimpleNamespace(__name__=extensions[0].__module__)
    vars(module).update({f"e{number}": made for number, made in enumerate(extensions)})
    return assemble([Registry("toets", "Toets.", module, {})], query)


def mistakes(query: type, *extensions: type) -> list[str]:
    """What startup says is wrong."""
    with pytest.raises(DeclarationError) as caught:
        assembled(query, *extensions)
    assert str(caught.value) == "\n".join(caught.value.mistakes)
    return list(caught.value.mistakes)
