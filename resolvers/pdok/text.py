"""What somebody typed as a question that the Locatieserver reads as plain words (operation).

Its `q` is a Solr query (Locatieserver 3.1): a colon names a field, a minus excludes, a star stands
for anything. None of that is let through, so that a text finds what it says and costs what a text
costs.
"""

import re

from gateway.source.errors import SourceRefusedQuestion
from gateway.source.source import Source

LEAST, MOST = 2, 100
TOO_SHORT = f"Typ minstens {LEAST} letters of cijfers."
TOO_LONG = f"Typ hoogstens {MOST} tekens."

_WORD = re.compile(r"[^\W_](?:[^\W_]|[.'’-](?=[^\W_]))*")


def plain(source: Source, text: str) -> str:
    """The words of a text, in lower case with a space between; SourceRefusedQuestion if they are
    too few or the text is too long.
    """
    if len(text) > MOST:
        raise SourceRefusedQuestion(source.name, "too long a text", message=TOO_LONG)
    words = " ".join(_WORD.findall(text)).lower()
    if sum(map(str.isalnum, words)) < LEAST:
        raise SourceRefusedQuestion(source.name, "too short a text", message=TOO_SHORT)
    return words
