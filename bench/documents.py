"""What a document costs that was never seen before (process): ours and graphql-core's, in one run.

All read the same texts and give the same verdict: graphql-core parses and validates, as any server
over it does; ours also bounds the document first, and looks for persons in literals. A third reads
what it knows the shape of: texts that differ in an alias.
"""

import argparse
import gc
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphql import FieldNode, GraphQLSchema, OperationDefinitionNode, parse, validate

from bench import figures
from bench.figures import Spread
from bench.others import Looked
from gateway.app import published
from gateway.operation.limits import Limits
from gateway.operation.prepare import Documents

DOCUMENT = Path("docs/prestaties-documenten.md")
SCREENS = Path("docs/voorbeelden")
SMALL_TEXT = "query($id: PandId!){pand(identificatie: $id){status oorspronkelijkBouwjaar}}"
WRONG_TEXT = "query($id: PandId!){pand(identificatie: $id){status verdwenen}}"
CORE, OURS, SHAPED = "graphql-core", "bronpoort", "bronpoort, bekende vorm"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int = 9
    documents: int = 40


SMALL = Size(rounds=1, documents=2)
Results = Mapping[str, Mapping[str, Sequence[float]]]


def texts() -> Mapping[str, str]:
    """What is read: the screens of the documentation, a small question, and a wrong one."""
    screens = {
        path.stem: path.read_text(encoding="utf-8") for path in sorted(SCREENS.glob("*.graphql"))
    }
    return {"één veld of twee": SMALL_TEXT, "hetzelfde, met een fout": WRONG_TEXT, **screens}


def results(size: Size) -> Results:
    """Microseconds for each document, by text and by who reads it; every text is a new one."""
    schema = published().schema
    ways = {CORE: _core(schema), OURS: _ours(), SHAPED: _shaped()}
    found: dict[str, dict[str, list[float]]] = {}
    for name, text in texts().items():
        found[name] = defaultdict(list)
        for round_ in range(size.rounds + 1):
            for who, way in ways.items():
                took = _took(way, text, size.documents)
                if round_:  # the first makes what is made once
                    found[name][who].append(took)
    return found


def _took(way: Callable[[str], object], text: str, documents: int) -> float:
    new = [aliased(text, number) for number in range(documents)]
    gc.collect()
    gc.disable()
    began = time.process_time()
    for each in new:
        way(each)
    took = time.process_time() - began
    gc.enable()
    return took / documents * 1e6


def aliased(text: str, number: int) -> str:
    """The same question under another name, of which there are as many as there are numbers."""
    operation = parse(text).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)  # noqa: S101  # ours begin with it
    first = operation.selection_set.selections[0]
    assert isinstance(first, FieldNode) and first.name.loc and first.loc  # noqa: S101  # and with a field
    return f"{text[: first.loc.start]}vraag{number}: {text[first.name.loc.start :]}"


def _core(schema: GraphQLSchema) -> Callable[[str], object]:
    return lambda text: validate(schema, parse(text))


def _ours() -> Callable[[str], object]:
    documents = Documents(published(), Limits(), introspection=False, kept=1)
    return _verdict(documents.prepare)


def _shaped() -> Callable[[str], object]:
    documents = Documents(published(), Limits(), introspection=False)
    return _verdict(documents.recognise)


def _verdict(way: Callable[[str], object]) -> Callable[[str], object]:
    def told(text: str) -> object:
        try:
            return way(text)
        except Exception as error:  # the verdict
            return error

    return told


def document(found: Results, size: Size, machine: str) -> str:
    """The page of the documentation."""
    rows = [
        [
            name,
            *(Spread.of(by[who]).written(0) for who in (CORE, OURS)),
            _ratio(by, OURS).written(1),
            Spread.of(by[SHAPED]).written(0),
            _ratio(by, SHAPED).written(1),
        ]
        for name, by in found.items()
    ]
    return f"""# Wat een nieuw document kost

Geschreven door `make bench` (`python -m bench.documents`); niet met de hand aan te passen.

{machine}

Microseconden van de processor om een document dat nog niet eerder is gestuurd te lezen en te
toetsen, {size.rounds} ronden van {size.documents} teksten met steeds een andere alias, om en om.
*{CORE}* leest en toetst zoals elke server daarop; *{OURS}* bewaakt daarbij de grenzen, en zoekt
naar personen in letterlijke waarden. *{SHAPED}*: er kwamen al twee teksten voorbij die op aliassen,
getallen en letterlijke teksten na gelijk waren. Zo'n document hoeft ook niet meer gepland te worden
en zijn antwoord wordt door vertaalde code geschreven; dat is hier niet meegeteld. De schermen zijn
die van [voorbeelden](voorbeelden/README.md). Elk getal is een mediaan, met het kleinste en het
grootste tussen haakjes; de verhouding is die per ronde met {CORE}.

{figures.table(["document", CORE, OURS, "verhouding", SHAPED, "verhouding"], rows)}

Wat niet zonder meer goed is, beslist {CORE}: dat kost dan zijn tijd erbij. Een document dat al
eens gestuurd is kost niets van dit alles.
"""


def _ratio(by: Mapping[str, Sequence[float]], who: str) -> Spread:
    return Spread.of([core / own for core, own in zip(by[CORE], by[who], strict=True)])


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="only to see that it runs")
    parser.add_argument("-o", "--output", type=Path, default=DOCUMENT)
    given = parser.parse_args()
    before = Looked.now()
    size = SMALL if given.small else Size()
    given.output.write_text(document(results(size), size, figures.where(before)), encoding="utf-8")


if __name__ == "__main__":
    main()
