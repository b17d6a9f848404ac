"""What is published of posts and users (startup)."""

from __future__ import annotations

from schema.language.declare import published

POST = "post.basis"
USER = "user.basis"


@published(label=USER)
class User:
    """Een schrijver van berichten."""

    id: int
    """Het nummer van de schrijver."""
    name: str | None
    """De naam."""
    username: str | None
    """De naam waaronder iemand schrijft."""
    email: str | None
    """Het e-mailadres."""
    phone: str | None
    """Het telefoonnummer."""
    website: str | None
    """De website."""


@published(label=POST)
class Post:
    """Een bericht."""

    id: int
    """Het nummer van het bericht."""
    user_id: int
    """Het nummer van wie het schreef."""
    title: str | None
    """De titel."""
    body: str | None
    """De tekst."""


@published(label=POST)
class Greeting:
    """Een groet, waarvoor geen bron nodig is."""

    text: str
    """De groet."""
