"""Where a secret comes from (startup): a reference in the tenant file, never the secret itself.

`env:NAME` is a variable of the environment, `file:PATH` the content of a file (relative to the
tenant file, without its last line end). The reference is resolved while the tenant file is being
validated; the validation context says where to look:
`SourceSettings.model_validate(table, context=where(environment, directory))`.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, SecretStr, ValidationInfo

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST = 16_384


def where(environment: Mapping[str, str], directory: Path) -> dict[str, Any]:
    """The validation context: variables by name, and the folder that relative paths start from."""
    return {"environment": environment, "directory": directory}


def rooted(path: str, info: ValidationInfo) -> Path:
    """`path`, relative to the folder of the validation context."""
    context = info.context or {}
    return Path(context.get("directory", ".")) / path


def resolve(reference: object, info: ValidationInfo) -> SecretStr:
    """The secret that `reference` points to; ValueError (Dutch, without the value) if none."""
    if isinstance(reference, SecretStr):
        return reference
    kind, _, name = reference.partition(":") if isinstance(reference, str) else ("", "", "")
    match kind:
        case "env":
            return _checked(_variable(name, info))
        case "file":
            return _checked(_content(rooted(name, info), name))
        case _:
            raise ValueError("een geheim staat hier als env:NAAM of file:PAD, nooit zelf")


def _variable(name: str, info: ValidationInfo) -> str:
    if not _VARIABLE.fullmatch(name):
        raise ValueError("na env: hoort de naam van een omgevingsvariabele")
    environment: Mapping[str, str] = (info.context or {}).get("environment", {})
    if name not in environment:
        raise ValueError(f"omgevingsvariabele {name} bestaat niet")
    return environment[name]


def _content(path: Path, written: str) -> str:
    try:
        return path.read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
    except FileNotFoundError:
        raise ValueError(f"bestand {written} bestaat niet") from None
    except (OSError, ValueError):
        raise ValueError(f"bestand {written} is niet leesbaar") from None


def _checked(secret: str) -> SecretStr:
    if not secret or len(secret) > _LONGEST or not secret.isprintable():
        raise ValueError("het geheim is leeg, te lang of bevat stuurtekens")
    return SecretStr(secret)


Secret = Annotated[SecretStr, BeforeValidator(resolve)]
