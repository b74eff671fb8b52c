"""How an auditor reads the log: the Dutch words that each app declares for its actions.

An action that is no longer recorded keeps its words: the entries outlive the code that wrote them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps

_groups: dict[str, str] = {}
_phrases: dict[str, str] = {}
_details: dict[str, str] = {}


def declare(
    prefix: str, *, label: str, actions: Mapping[str, str], details: Mapping[str, str] | None = None
) -> None:
    """Add the actions of one app, by what follows `prefix` and a dot. Raises on a second one.

    `details` are what the app calls the particulars it records; another app may use them too.
    """
    if prefix in _groups:
        raise ValueError(f"The words for {prefix!r} are declared already.")
    _groups[prefix] = label
    _details.update(details or {})
    _phrases.update({f"{prefix}.{name}": phrase for name, phrase in actions.items()})


def phrase(action: str) -> str:
    """What an auditor reads for `action`; the code itself where nobody declared it."""
    return _phrases.get(action, action)


def detail(key: str) -> str:
    """What an auditor reads for a particular; the code itself where nobody declared it."""
    return _details.get(key, key)


def value(of: Any) -> str:
    """A particular as text: a choice as yes or no, a list with commas."""
    if isinstance(of, bool):
        return "ja" if of else "nee"
    if isinstance(of, dict):
        return ", ".join(f"{name}: {value(one)}" for name, one in of.items()) or "geen"
    if isinstance(of, list):
        return ", ".join(map(value, of)) or "geen"
    return str(of)


def declared() -> Mapping[str, str]:
    """Every action with its phrase."""
    return dict(_phrases)


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Per app, for a select: first all of it, as "people.", and then each action by its phrase."""
    return [
        (label, [(f"{prefix}.", f"Alles: {label}"), *_sorted_of(prefix)])
        for prefix, label in sorted(_groups.items(), key=lambda group: group[1])
    ]


def _sorted_of(prefix: str) -> list[tuple[str, str]]:
    own = [(action, words) for action, words in _phrases.items() if action.startswith(f"{prefix}.")]
    return sorted(own, key=lambda entry: entry[1])


def kind(object_type: str) -> str:
    """What an auditor reads for "people.user"; the code itself for a model that is gone."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type
