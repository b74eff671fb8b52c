"""Who may do what with files; reading is `visible_to`, nothing else."""

from kpo.files.models import StoredFile
from kpo.files.states import ScanState
from kpo.people import tokens
from kpo.people.reader import Reader
from kpo.people.roles import Role


def can_read_file(reader: Reader, file: StoredFile) -> bool:
    """The predicate of `visible_to`."""
    return reader.holds(file.audience) and file.is_available


def can_give_audience(reader: Reader, audience: str) -> bool:
    """One can only hand on what one holds; to nobody is always possible."""
    return audience == tokens.NOBODY or reader.holds(audience)


def can_work_on_file(reader: Reader, file: StoredFile) -> bool:
    """The predicate of `workable_by`: for the CMS, beside Wagtail's own permissions."""
    is_own = reader.person is not None and file.uploaded_by_user_id == reader.person.pk
    return reader.holds(file.audience) or (file.audience == tokens.NOBODY and is_own)


def can_release(reader: Reader) -> bool:
    """Let files through that no scanner has seen, or refuse them."""
    return reader.has_role(Role.ADMINISTRATOR)


def can_release_file(reader: Reader, file: StoredFile) -> bool:
    """The predicate of `releasable_by`: it opens nothing, so it needs no audience."""
    return can_release(reader) and file.scan_state == ScanState.UNSCANNED


def can_decide_about_held_file(reader: Reader, file: StoredFile) -> bool:
    """Editors manage files, but only those they may read; an administrator sees what is held."""
    return reader.has_role(Role.EDITOR, Role.ADMINISTRATOR) and can_work_on_file(reader, file)


def can_see_waiting(reader: Reader) -> bool:
    """What waits is work of those who manage files; the CMS alone gives no right to it."""
    return reader.has_role(Role.EDITOR, Role.ADMINISTRATOR)


def can_see_jobs(reader: Reader) -> bool:
    return reader.has_role(Role.ADMINISTRATOR)
