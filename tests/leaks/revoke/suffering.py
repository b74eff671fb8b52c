"""One loss, and what survives it. No job runs: access is lost before any worker comes by."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.test import Client

from tests.leaks.personas import Persona
from tests.leaks.revoke.doors import DOORS
from tests.leaks.revoke.losses import CIRCLE, Loss
from tests.leaks.revoke.scene import Scene, Things


@dataclass
class Outcome:
    """What could not be opened even before, and what could still be opened after."""

    shut_before: list[str]
    survivors: list[str]


def suffer(scene: Scene, loss: Loss) -> Outcome:
    """Come through every door, lose access, and try every door again in the same session."""
    things = scene.things[scene.held if loss.audience == CIRCLE else loss.audience]
    persona = scene.world.personas[loss.persona]
    with transaction.atomic():
        before = {name for name in loss.doors if try_door(name, persona, scene, things)}
        loss.happen(scene, things)
        after = {name for name in loss.doors if try_door(name, persona, scene, things)}
        transaction.set_rollback(True)
    return Outcome(sorted(set(loss.doors) - before), sorted(after))


def try_door(name: str, persona: Persona, scene: Scene, things: Things) -> bool:
    """In a transaction that is undone, with a copy of the cookies: the session stays as it was."""
    client = Client()
    client.cookies.load({key: morsel.value for key, morsel in persona.client.cookies.items()})
    with transaction.atomic():
        is_open = DOORS[name](client, scene, things)
        transaction.set_rollback(True)
    return is_open
