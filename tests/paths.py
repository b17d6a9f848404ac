"""Where things lie in the project, for tests that read its files."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = tuple(ROOT / name for name in ("gateway", "resolvers", "schema", "sandbox"))
