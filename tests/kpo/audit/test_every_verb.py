"""Every verb writes in the log, found by reading the code: a new one cannot forget it."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

# Verbs that change no right and nothing of anybody else's.
UNRECORDED = {
    "kpo.inbox.actions.follow": "own list of pages",
    "kpo.inbox.actions.unfollow": "own list of pages",
    "kpo.inbox.actions.follow_person": "own list of people",
    "kpo.inbox.actions.unfollow_person": "own list of people",
    "kpo.inbox.actions.keep": "own list of pages",
    "kpo.inbox.actions.discard": "own list of pages",
    "kpo.inbox.actions.mark_read": "own inbox",
    "kpo.inbox.actions.mark_all_read": "own inbox",
    "kpo.inbox.actions.mark_unread_again": "own inbox",
    "kpo.inbox.actions.mute": "own inbox",
    "kpo.inbox.actions.unmute": "own inbox",
    "kpo.inbox.actions.choose_channels": "own mail",
    "kpo.inbox.actions.stop_mail": "own mail",
    "kpo.inbox.actions.mail_again": "own mail",
    "kpo.inbox.actions.end_first_visit": "own inbox",
    "knowledgebank.actions.vote_helpful": "own opinion, kept with its date",
    "knowledgebank.actions.send_contact_message": "a letter to the editors, kept with its date",
    "kpo.files.actions.store_document": "the row itself says who and when; releases are recorded",
    "kpo.files.actions.store_image": "the row itself says who and when; releases are recorded",
}


def action_modules() -> Iterator[str]:
    """Names of all `actions` modules of our own apps."""
    for config in apps.get_app_configs():
        home = Path(config.path)
        if not home.is_relative_to(settings.BASE_DIR) or ".venv" in home.parts:
            continue
        if (home / "actions.py").exists():
            yield f"{config.name}.actions"
        elif (home / "actions").is_dir():
            package = importlib.import_module(f"{config.name}.actions")
            for one in pkgutil.iter_modules(package.__path__):
                yield f"{package.__name__}.{one.name}"


def functions_of(module: str) -> Iterator[ast.FunctionDef]:
    source = Path(str(importlib.import_module(module).__file__)).read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            yield node


def names_called(function: ast.FunctionDef) -> set[str]:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    attributes = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    return attributes | {call.id for call in calls if isinstance(call, ast.Name)}


def is_verb(function: ast.FunctionDef) -> bool:
    """Public, with keyword-only arguments, and either with an actor or in one transaction."""
    if function.name.startswith("_") or not function.args.kwonlyargs:
        return False
    names = {argument.arg for argument in function.args.kwonlyargs}
    return "actor" in names or any("atomic" in ast.dump(d) for d in function.decorator_list)


def unrecorded(modules: dict[str, list[ast.FunctionDef]]) -> set[str]:
    """Verbs from which no call leads to `record`."""
    calls: dict[str, set[str]] = {}
    for functions in modules.values():
        for function in functions:
            calls.setdefault(function.name, set()).update(names_called(function))
    recording = {"record"}
    while more := {name for name, called in calls.items() if called & recording} - recording:
        recording |= more
    return {
        f"{module}.{function.name}"
        for module, functions in modules.items()
        for function in functions
        if is_verb(function) and not names_called(function) & recording
    }


def everything() -> dict[str, list[ast.FunctionDef]]:
    return {module: list(functions_of(module)) for module in action_modules()}


def test_every_verb_writes_in_the_log_or_is_listed_with_a_reason() -> None:
    assert unrecorded(everything()) == set(UNRECORDED)
    assert all(UNRECORDED.values())


def test_the_walk_finds_the_verbs() -> None:
    modules = everything()
    verbs = [f for functions in modules.values() for f in functions if is_verb(f)]
    assert {"kpo.people.actions.roles", "kpo.files.actions", "kpo.pages.actions"} <= modules.keys()
    assert len(verbs) > 35


def test_a_verb_that_forgets_would_be_found() -> None:
    source = "def give_all(*, actor, person):\n    person.save()\n"
    (forgetful,) = ast.parse(source).body
    assert isinstance(forgetful, ast.FunctionDef)
    assert unrecorded({"x.actions": [forgetful]}) == {"x.actions.give_all"}
