"""Every action that the code records has Dutch words, found by reading the code."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.text import camel_case_to_spaces

from kpo.audit.models import Entry
from kpo.audit.words import choices, declare, declared, detail, kind, phrase, value

RECORDERS = {"record", "audit.record", "log.record"}
# What an f-string in the code can become.
MADE_UP = {"casedata.{}": {"casedata.released", "casedata.removed"}}
# Models with no row of their own in the log: bases of page classes, and what machines keep.
UNSPOKEN = {"knowledgebank.knowledgepage", "pages.readablepage", "files.filepage"}
UNSPOKEN |= {"files.rendition"}


def our_apps() -> Iterator[Path]:
    for config in apps.get_app_configs():
        home = Path(config.path)
        if home.is_relative_to(settings.BASE_DIR) and ".venv" not in home.parts:
            yield home


def recorded(source: str) -> set[str]:
    """The actions in all calls of `record`; fails on one that cannot be read from the code."""
    found: set[str] = set()
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in RECORDERS:
                    found |= actions_in(node.args[0], function)
    return found


def actions_in(value: ast.expr, function: ast.FunctionDef) -> set[str]:
    if isinstance(value, ast.Name):
        given = [node.value for node in ast.walk(function) if assigns(node, value.id)]
        return set().union(*(actions_in(one, function) for one in given))
    if isinstance(value, ast.IfExp):
        return actions_in(value.body, function) | actions_in(value.orelse, function)
    if isinstance(value, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else "{}" for p in value.values)
        return MADE_UP["".join(map(str, parts))]
    assert isinstance(value, ast.Constant), ast.unparse(value)
    return {str(value.value)}


def assigns(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Assign) and any(ast.unparse(t) == name for t in node.targets)


def particulars(source: str) -> set[str]:
    """The keys of what is recorded as `details`; fails on what cannot be read from the code."""
    tree, found = ast.parse(source), set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in RECORDERS:
            found |= {
                key for word in node.keywords if word.arg == "details" for key in keys(word, tree)
            }
    return found


def keys(given: ast.keyword, tree: ast.Module) -> set[str]:
    """Of a dict that is written there, kept under that name, or made by that function."""
    if isinstance(given.value, ast.Dict):
        return keys_of([given.value])
    if isinstance(given.value, ast.Call):
        name = ast.unparse(given.value.func)
        made = [f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) and f.name == name]
        return keys_of(node for function in made for node in ast.walk(function))
    name = ast.unparse(given.value)
    kept = [node.value for node in ast.walk(tree) if assigns(node, name)]
    later = [node for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
    return keys_of(kept) | {
        str(one.slice.value)
        for one in later
        if ast.unparse(one.value) == name and isinstance(one.slice, ast.Constant)
    }


def keys_of(nodes: Iterable[ast.AST]) -> set[str]:
    found = {
        str(key.value)
        for node in nodes
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }
    assert found, "details that cannot be read from the code"
    return found


def all_sources() -> list[str]:
    files = [file for home in our_apps() for file in home.rglob("*.py")]
    texts = [file.read_text(encoding="utf-8") for file in files]
    return [text for text in texts if "record(" in text]


def all_recorded() -> set[str]:
    return set().union(*map(recorded, all_sources()))


def test_every_particular_has_a_name() -> None:
    found = set().union(*map(particulars, all_sources()))
    assert {"before", "given", "kind_before", "asked_by", "organisation", "is_active"} <= found
    assert {key for key in found if detail(key) == key} == set()


def test_particulars_are_read_as_words() -> None:
    entry = Entry(details={"before": "public", "given": ["editor", "auditor"], "taken": []})
    assert entry.particulars == [
        ("eerst", "public"),
        ("gekregen", "editor, auditor"),
        ("afgenomen", "geen"),
    ]
    assert [value(True), value({"rows": 3}), value(None)] == ["ja", "rows: 3", "None"]


def test_every_recorded_action_has_a_phrase() -> None:
    found = all_recorded()
    assert len(found) > 50
    assert {"files.replace", "people.sign_in", "jobs.retry", "audit.export"} <= found
    assert found - declared().keys() == set()


def test_no_two_actions_read_alike() -> None:
    phrases = list(declared().values())
    assert len(set(phrases)) == len(phrases)


def test_a_call_without_words_would_be_found() -> None:
    source = "def f(x):\n    name = 'a.b' if x else 'a.c'\n    record(name)\n    log.record('a.d')"
    assert recorded(source) == {"a.b", "a.c", "a.d"}


def test_every_kind_of_thing_has_a_dutch_name() -> None:
    plain = {
        model._meta.label_lower
        for home in our_apps()
        for config in apps.get_app_configs()
        if Path(config.path) == home and config.label != "search"
        for model in config.get_models()
        if str(model._meta.verbose_name) == camel_case_to_spaces(model._meta.object_name or "")
    }
    assert plain == UNSPOKEN
    assert kind("people.user") == "persoon"


def test_what_is_gone_from_the_code_is_read_by_its_code() -> None:
    assert phrase("people.from_long_ago") == "people.from_long_ago"
    assert kind("people.gone") == "people.gone"
    assert kind("nonsense") == "nonsense"


def test_words_are_declared_once_and_offered_per_app() -> None:
    with pytest.raises(ValueError, match="declared already"):
        declare("people", label="Nog eens", actions={})
    groups = dict(choices())
    assert groups["Mensen en toegang"][0] == ("people.", "Alles: Mensen en toegang")
    assert ("people.sign_in", "Inloggen") in groups["Mensen en toegang"]
