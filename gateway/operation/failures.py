"""Why a field has no value: what resolvers of the completion raise (operation).

FieldFailure       code, message safe to show, source, whether to try again, label
"""

from gateway.operation.plan import Refusal, Why
from gateway.source.errors import ForeignAddress, SourceError, SourceFault

TOO_MANY_PERSONS = (
    "U vroeg in korte tijd naar te veel personen. Probeer het over een minuut opnieuw."
)


class FieldFailure(Exception):  # noqa: N818  # a value that stands in lists, as a rule not raised
    """One field's error; everything in it may be shown to the client."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        source: str | None = None,
        retry: bool = False,
        label: str | None = None,
        level: str | None = None,
        partial: bool = False,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        # Not `source`: graphql-core takes that attribute of an exception for a document's text.
        self.origin = source
        self.retry = retry
        self.label = label
        self.level = level
        self.partial = partial

    def extensions(self) -> dict[str, object]:
        """The error's extensions: `code`, `opnieuw`, and where they apply `bron`, `label`,
        `betrouwbaarheid`, and `gedeeltelijk` where other sources did give what they have.
        """
        made: dict[str, object] = {"code": self.code, "opnieuw": self.retry}
        if self.origin is not None:
            made["bron"] = self.origin
        if self.label is not None:
            made["label"] = self.label
        if self.level is not None:
            made["betrouwbaarheid"] = self.level
        if self.partial:
            made["gedeeltelijk"] = True
        return made

    def of_one(self, source: str) -> "FieldFailure":
        """The same, where only this one of several sources failed."""
        return FieldFailure(
            self.code, self.message, source=self.origin or source, retry=self.retry, partial=True
        )


class Elsewhere(FieldFailure):
    """A source named an address that lies under no source that was asked about it."""


class Missing(FieldFailure):
    """A source named something that its own source does not have, or that is not shown."""


class Declined(FieldFailure):
    """A source would not be asked that: 400. Some say so of what is not there."""


def of_source(error: SourceError) -> FieldFailure:
    """A source's failure as the error of a field."""
    made: type[FieldFailure]
    match error:
        case ForeignAddress():
            made = Elsewhere
        case SourceFault(status=400):
            made = Declined
        case _:
            made = FieldFailure
    return made(error.code, error.message, source=error.source, retry=error.retry)


def missing(source: str) -> Missing:
    """A reference to something that its own source does not have."""
    return Missing(
        "NIET_GEVONDEN", "Het gegeven waarnaar wordt verwezen is niet gevonden.", source=source
    )


def not_configured(source: str) -> FieldFailure:
    """An address of a system of which the municipality's file lacks this source."""
    return FieldFailure(
        "CONFIGURATIE",
        "Er is verwezen naar een adres dat hier niet bekend is; deze bron van dat systeem is voor "
        "deze gemeente niet ingesteld.",
        source=source,
    )


def refused(label: str | None, level: str | None = None) -> FieldFailure:
    """What this caller may not see, or only when logged in at this level of assurance."""
    message = "Dit gegeven mag met deze doelbinding niet worden gezien."
    if level is not None:
        message = "Dit gegeven is te zien na inloggen met een hoger betrouwbaarheidsniveau."
    return FieldFailure("NIET_GEAUTORISEERD", message, label=label, level=level)


def of_refusal(found: Refusal, level: str | None) -> FieldFailure:
    """A field that was refused before anything was asked. It names a label only where that would
    help, and `level` where a surer login would.
    """
    match found.why:
        case Why.LABEL:
            return refused(found.label, level)
        case Why.NOT_MINE:
            message = "Vraag dit via mijn: u kunt alleen vragen naar wat van uzelf is."
        case Why.NOBODYS:
            message = (
                "Via mijn vraagt alleen een inwoner, een onderneming of een gemachtigde; noem om "
                "wie het gaat."
            )
    return FieldFailure("NIET_GEAUTORISEERD", message)


def not_yours(source: str) -> FieldFailure:
    """A question of a citizen about somebody else."""
    return FieldFailure(
        "NIET_GEAUTORISEERD", "U kunt alleen vragen stellen over uzelf.", source=source
    )


def ambiguous(source: str) -> FieldFailure:
    """One thing was asked, and several sources of the municipality have it."""
    return FieldFailure(
        "INVOER",
        "Meer dan één bron van de gemeente heeft dit; vraag het als lijst, of met het uuid.",
        source=source,
    )


def not_this_list(source: str) -> FieldFailure:
    """A cursor that does not say where every source was."""
    return FieldFailure("INVOER", "Deze cursor hoort niet bij deze lijst.", source=source)


def too_many() -> FieldFailure:
    """More calls or persons than one operation may ask for."""
    return FieldFailure("LIMIET", "De vraag werd te groot: vraag minder tegelijk.")


def over_quota() -> FieldFailure:
    """More persons in a minute than one caller may ask about."""
    return FieldFailure("QUOTA", TOO_MANY_PERSONS, retry=True)


def withheld(source: str) -> FieldFailure:
    """What the source has and keeps from us, whoever asks."""
    return FieldFailure(
        "BRON_FOUT", "De bron geeft dit gegeven niet aan deze gateway.", source=source
    )


def unfit(source: str | None) -> FieldFailure:
    """A value of a source that does not fit what is published."""
    return FieldFailure(
        "BRON_FOUT", "De bron gaf een waarde die niet bij dit veld past.", source=source
    )
