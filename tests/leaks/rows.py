"""What the parameters of routes are filled in with: rows that are there, and one that is not.

Nothing here depends on which numbers the database gave out: every value is looked up.
"""

from __future__ import annotations

import itertools
import re
from typing import Any

from allauth.mfa.models import Authenticator
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    Page,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)

from knowledgebank.models import (
    Ambassador,
    Concern,
    ContactMessage,
    EventPage,
    MethodVersion,
    Offer,
    ReviewItem,
    ThemePage,
)
from kpo.casedata.models import Hold
from kpo.files.models import Document, Image
from kpo.inbox.models import Message, Mute, Notification
from kpo.job_failures import failed_jobs
from kpo.pages.models import ReadablePage
from kpo.people.converters import SealedIdConverter
from kpo.people.models import (
    AccessRequest,
    Block,
    EmployerChange,
    FactorReset,
    Invitation,
    InvitationList,
    Renewal,
    User,
)
from search.models import MissingReport
from tests.leaks.canaries.waiting import INVITATION, NEW_ADDRESS
from tests.leaks.routes import Route
from tests.leaks.together import PLACES, TOGETHER
from tests.leaks.world import World

# Refused to everybody: no row has it.
NO_NUMBER = "999999999"
NO_UUID = "00000000-0000-0000-0000-000000000000"
MOST = 40

# Views that are functions do not say what their number or random id stands for.
MODELS: dict[str, Any] = {
    "cms/documents/multiple/create_from_uploaded_document/<int:pk>/": Document,
    "cms/images/multiple/create_from_uploaded_image/<int:pk>/": Image,
    "casedata_decide": Hold,
    "files:find": Document,
    "files:image": Image,
    "files:preview": Document,
    "files:serve": Document,
    "files_read_again": Document,
    "files_release": Document,
    "handle_contact_message": ContactMessage,
    "inbox:block": Message,
    "inbox:handle_report": Message,
    "inbox:mark": ReadablePage,
    "inbox:message": Message,
    "inbox:mute": Notification,
    "inbox:open": Notification,
    "inbox:read": Notification,
    "inbox:report_message": Message,
    "inbox:unblock": Block,
    "inbox:unmute": Mute,
    "knowledgebank:concern": Concern,
    "knowledgebank:concern_afsluiten": Concern,
    "knowledgebank:concern_doorgeven": Concern,
    "knowledgebank:concern_oppakken": Concern,
    "knowledgebank:concern_terugnemen": Concern,
    "knowledgebank:raise_concern": ReadablePage,
    "inbox:write_message": User,
    "knowledgebank:event_file": EventPage,
    "knowledgebank:ambassador_end": Ambassador,
    "knowledgebank:method_begin": MethodVersion,
    "knowledgebank:method_draft": MethodVersion,
    "knowledgebank:method_version": MethodVersion,
    "knowledgebank:review_besluit": ReviewItem,
    **{
        f"knowledgebank:{name}": Offer
        for name in (
            "offer",
            "offer_consent",
            "offer_delete",
            "offer_draft",
            "offer_heropenen",
            "offer_intrekken",
            "offer_naam",
            "offer_preview",
            "offer_schrijven",
            "offered_afwijzen",
            "offered_akkoord-vragen",
            "offered_item",
            "offered_overnemen",
            "offered_verder",
            "offered_vragen",
        )
    },
    "knowledgebank:insight_goal": ThemePage,
    "knowledgebank:review_history": ReviewItem,
    "knowledgebank:review_history_data": ReviewItem,
    "knowledgebank:review_item": ReviewItem,
    "knowledgebank:review_oppakken": ReviewItem,
    "knowledgebank:review_preview": ReviewItem,
    "knowledgebank:review_terugnemen": ReviewItem,
    "knowledgebank:review_voorleggen": ReviewItem,
    "knowledgebank:review_vragen": ReviewItem,
    "knowledgebank:theme_sheet": ThemePage,
    "knowledgebank:theme_work": ThemePage,
    "knowledgebank:vote": ReadablePage,
    "knowledgebank:withdraw_part": ReadablePage,
    "mensen:act_on_invitation": Invitation,
    "mensen:ask_reset": User,
    "mensen:deactivate": User,
    "mensen:decide_change": EmployerChange,
    "mensen:decide_renewal": Renewal,
    "mensen:decide_request": AccessRequest,
    "mensen:decide_reset": FactorReset,
    "mensen:detail": User,
    "mensen:end_sessions": User,
    "mensen:reactivate": User,
    "pages:find": ReadablePage,
    "people:discard_invitation_list": InvitationList,
    "people:invitation_list": InvitationList,
    "people:invitation_list_csv": InvitationList,
    "people:send_invitation_list": InvitationList,
    "people:confirm_arrival": EmployerChange,
    "people:deactivate": User,
    "people:invite_again": Invitation,
    "people:person": User,
    "people:reactivate": User,
    "people:refuse_arrival": EmployerChange,
    "people:withdraw_invitation": Invitation,
    "mfa_edit_webauthn": Authenticator,
    "mfa_remove_webauthn": Authenticator,
    "search:alike": ReadablePage,
    "search:inside": ReadablePage,
    "search_handle_report": MissingReport,
    "wagtailadmin_editing_sessions:ping": Page,
    "wagtailadmin_workflows:edit_task": Task,
    "wagtailadmin_workflows:enable": Workflow,
    "wagtailadmin_workflows:enable_task": Task,
    "wagtailadmin_workflows:usage": Workflow,
    "wagtailadmin_workflows:usage_results": Workflow,
    "wagtailsettings:edit": Site,
    "wagtailsettings:preview_on_edit": Site,
}


def keys(model: Any, most: int = MOST) -> list[str]:
    """Primary keys, the oldest first."""
    rows = model._default_manager.order_by("pk")
    return [str(pk) for pk in rows.values_list("pk", flat=True)[:most]]


def uuids(model: Any, most: int = MOST) -> list[str]:
    rows = model._default_manager.order_by("pk")
    return [str(uuid) for uuid in rows.values_list("uuid", flat=True)[:most]]


# Words that a parameter may be, where the route does not say more.
WORDS: dict[str, list[str]] = {
    "action": ["publish", "unpublish", "delete", "move"],
    "action_name": ["publish", "copy", "approve"],
    "app_label": ["knowledgebank", "files", "wagtailcore"],
    "app_name": ["pages", "taggit"],
    "filter_spec": ["width-20", "original"],
    "key": ["niets"],
    "model_name": ["themepage", "document", "page", "barrier"],
    "provider_id": ["proef"],
    "slug": ["proef"],
    "sort": ["bestand", "beeld", "document", "image"],
    "token": [INVITATION, NEW_ADDRESS, NO_UUID, "niets"],
    "uidb36": [SealedIdConverter().to_url(1)],
    "uidb64": ["MQ"],
    "verb": ["volg", "bewaar", "ontvolg", "vergeet"],
}
# Numbers whose name says of which rows they are.
NUMBERS: dict[str, Any] = {
    "collection_id": Collection,
    "doc_id": Document,
    "document_id": Document,
    "image_id": Image,
    "redirect_id": Redirect,
    "session_id": EditingSession,
    "task_id": Task,
    "task_state_id": TaskState,
    "uploaded_file_id": UploadedFile,
    "workflow_pk": Workflow,
    "workflow_state_id": WorkflowState,
}
PAGES = ("page_id", "parent_page_id", "page_to_move_id", "page_pk")
# Rows that this data set has none of: the doors are tried with numbers that may be guessed.
GUESSED = ("page_view_restriction_id",)
ROW = ("pk", "id", "object_id")


class Filler:
    """Values for the parameters of a route, from the data set."""

    def __init__(self, world: World) -> None:
        self.world = world
        held = [str(page.pk) for page in world.pages]
        others = [key for key in keys(Page) if key not in held]
        self.pages = [*held, *others, NO_NUMBER]

    def addresses(self, route: Route) -> list[str]:
        """Paths of a route, one per set of values; raises KeyError for an unknown parameter."""
        if route.name in PLACES:
            return PLACES[route.name](self.world)
        sets = TOGETHER[route.name](self.world) if route.name in TOGETHER else []
        fitting = [values for values in sets if set(values) >= set(route.parameters)]
        if fitting:
            return [fill(route, values) for values in fitting]
        choices = [self.choices(route, name) for name in route.parameters]
        return [
            fill(route, dict(zip(route.parameters, values, strict=True)))
            for values in itertools.islice(itertools.product(*choices), 3 * MOST)
        ]

    def choices(self, route: Route, name: str) -> list[str]:
        """What may stand for one parameter: rows that are there first."""
        if name in PAGES:
            return self.pages
        if name in NUMBERS:
            return [*keys(NUMBERS[name]), NO_NUMBER]
        if name == "job_id":
            return [*(str(job.id) for job in failed_jobs()), NO_NUMBER]
        if name in GUESSED:
            return ["1", "2", NO_NUMBER]
        if name in WORDS:
            return WORDS[name]
        if name == "uuid":
            return [*uuids(MODELS[route.name]), NO_UUID]
        if name in ROW:
            found = keys(MODELS.get(route.name) or model_of(route))
            return [*map(seal, found)] if f"<sealed:{name}>" in route.path else [*found, NO_NUMBER]
        raise KeyError(name)


def seal(number: str) -> str:
    return SealedIdConverter().to_url(int(number))


def model_of(route: Route) -> Any:
    if route.model is None:
        raise KeyError(f"{route.name} in MODELS")
    return route.model


def fill(route: Route, values: dict[str, str]) -> str:
    """The address, with `query` of the values behind it."""
    path = route.path
    for name in route.parameters:
        path = re.sub(rf"<(?:\w+:)?{name}>", values[name], path)
    query = values.get("query", "")
    return f"/{path}?{query}" if query else f"/{path}"
