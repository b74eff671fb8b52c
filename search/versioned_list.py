"""A list that editors keep: a version in the database, and in every process what it read of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Generic, Self, TypeVar

from django.db import models, transaction

from search import compounds

Content = TypeVar("Content")


class ListVersion(models.Model):
    """Which state a list is in; one row for each list."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.UUIDField(default=uuid.uuid4)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.version)

    @classmethod
    def lock(cls) -> Self:
        """Hold the list until the transaction ends, so that no two changes get the same version."""
        cls._default_manager.get_or_create(pk=1)
        return cls._default_manager.select_for_update().get(pk=1)

    @classmethod
    @transaction.atomic
    def announce_change(cls) -> None:
        """Let every process read the list anew from the end of this transaction on."""
        listed = cls.lock()
        listed.version = uuid.uuid4()
        listed.save(update_fields=["version"])


class VersionedList(Generic[Content]):
    """What this process read last, by which version and which of the site's own words that was.

    The words count since a list is compared as texts are, which depends on how words are taken
    apart now.
    """

    def __init__(self, read: Callable[[], Content], empty: Content) -> None:
        self._read, self._empty = read, empty
        self._known: tuple[tuple[uuid.UUID | None, int], Content] = ((None, 0), empty)

    def at(self, version: uuid.UUID | None) -> Content:
        """The list, read anew if it is not of this version, which `generations.snapshot` gives.

        The version is read before the list: what is read in between is at worst newer than its
        name, and read once more.
        """
        state, known = (version, compounds.learned()), self._known
        if known[0] != state:
            known = self._known = (state, self._read() if version else self._empty)
        return known[1]
