"""Making and changing organisations."""

from django.db import transaction

from kpo.audit.log import record
from kpo.people.actions.rights import acting, require
from kpo.people.models import Organisation, User
from kpo.people.permissions import can_manage_people


@transaction.atomic
def save_organisation(*, actor: User, organisation: Organisation) -> Organisation:
    """Save a new or changed organisation; another kind changes what its people read at once."""
    require(can_manage_people(acting(actor)))
    is_new = organisation.pk is None
    before = None if is_new else Organisation.objects.select_for_update().get(pk=organisation.pk)
    organisation.save()
    details = {"new": is_new, "kind": organisation.kind}
    if before is not None and before.kind != organisation.kind:
        details["kind_before"] = before.kind
    record("people.save_organisation", actor=actor, obj=organisation, details=details)
    return organisation
