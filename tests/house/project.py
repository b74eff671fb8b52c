"""The files of this project, as the house rules look at them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("kpo", "search", "knowledgebank", "communities", "academy")
NOT_OURS = {".venv", ".git", "node_modules", "var", "vendor", "__pycache__"}


def files(*suffixes: str, below: Path = ROOT) -> Iterator[Path]:
    """Files with one of these suffixes, without what was installed or generated."""
    for path in sorted(below.iterdir()):
        if path.name in NOT_OURS or path.name.endswith("_cache"):
            continue
        if path.is_dir():
            yield from files(*suffixes, below=path)
        elif path.suffix in suffixes:
            yield path


def modules() -> Iterator[Path]:
    """Our own Python outside tests, migrations included."""
    for floor in FLOORS:
        if (ROOT / floor).is_dir():
            yield from files(".py", below=ROOT / floor)


def written_modules() -> Iterator[Path]:
    """`modules` without migrations, which Django writes."""
    return (path for path in modules() if "migrations" not in path.parts)


def templates() -> Iterator[Path]:
    return (path for path in files(".html") if "templates" in path.parts)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
