"""Parameters of a route that belong together, such as a page and one of its revisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.admin.models import EditingSession
from wagtail.models import Page, Revision, Site, TaskState, WorkflowState

from knowledgebank.agenda import feeds
from knowledgebank.models import AgendaFeed, Barrier, OfferFile
from knowledgebank.notices import NEW
from kpo.files.models import Document, Image
from kpo.inbox.subscriptions import DIGEST, Subscription, address_of
from kpo.pages.models import Announcement, ReadablePage
from kpo.people.converters import SealedUidConverter
from kpo.people.models import User
from tests.leaks.canaries.waiting import reset_keys
from tests.leaks.world import World

Values = list[dict[str, str]]


def _files(world: World) -> Values:
    files = Document.objects.order_by("pk")
    right = [{"uuid": str(file.uuid), "name": file.original_name} for file in files]
    return [*right, *({"uuid": one["uuid"], "name": "proef.pdf"} for one in right)]


def _offer_files(world: World) -> Values:
    """Each file of an offer, and one under another offer."""
    rows = [(str(row.offer.uuid), str(row.uuid)) for row in OfferFile.objects.order_by("pk")]
    foreign = (rows[0][0], rows[-1][1])
    return [{"uuid": offer, "file": file} for offer, file in (*rows, foreign)]


def _images(world: World) -> Values:
    return [
        {"uuid": str(image.uuid), "spec": spec, "name": image.original_name}
        for image in Image.objects.order_by("pk")
        for spec in ("width-20", "original")
    ]


def _releases(world: World) -> Values:
    sorts = (("bestand", Document), ("beeld", Image))
    return [
        {"sort": sort, "uuid": str(uuid)}
        for sort, model in sorts
        for uuid in model.objects.order_by("-pk").values_list("uuid", flat=True)
    ]


def _subscriptions(world: World) -> Values:
    person = str(world.person("public_account").uuid)
    known = [Subscription(person, what) for what in (DIGEST, NEW.name)]
    tokens = [address_of(one).rstrip("/").rpartition("/")[2] for one in known]
    return [{"token": token} for token in (*tokens, "niets")]


def _feeds(world: World) -> Values:
    """The agenda of each persona who has one, and a link that never was."""
    secrets = [feeds.secret_of(feed) for feed in AgendaFeed.objects.order_by("pk")]
    return [{"token": secret} for secret in (*secrets, "niets")]


# --- Pages ---------------------------------------------------------------------------------------
def _revisions(world: World) -> Values:
    """Of every page its own revisions, and one of another page."""
    found = []
    for page in world.pages:
        own = Revision.objects.for_instance(page.specific).order_by("pk")
        found += [{"page_id": str(page.pk), "revision_id": str(one.pk)} for one in own]
    foreign = {"page_id": found[0]["page_id"], "revision_id": found[-1]["revision_id"]}
    return [*found, foreign]


def _comparisons(world: World) -> Values:
    pairs = [(one["page_id"], one["revision_id"]) for one in _revisions(world)]
    return [
        *({"pk": pk, "revision_id_a": key, "revision_id_b": "latest"} for pk, key in pairs),
        *({"pk": pk, "revision_id_a": "earliest", "revision_id_b": key} for pk, key in pairs),
    ]


def _moves(world: World) -> Values:
    """Every page to where it stands, and to the page of the other audience."""
    return [
        {"page_to_move_id": str(page.pk), "destination_id": str(destination)}
        for page in world.pages
        for destination in (page.get_parent().pk, world.pages[0].pk)
    ]


def _page_types(world: World) -> Values:
    """Every class of page under every page that the tree begins with."""
    parents = [str(page.pk) for page in Page.objects.filter(depth__lte=3).order_by("path")]
    return [
        {
            "content_type_app_name": page._meta.app_label,
            "content_type_model_name": str(page._meta.model_name),
            "parent_page_id": parent,
        }
        for page in {type(one): one for one in world.pages}.values()
        for parent in parents
    ]


def _types(app: str, model: str) -> Callable[[World], Values]:
    def values(world: World) -> Values:
        classes = {type(page): page for page in world.pages}
        return [{app: page._meta.app_label, model: str(page._meta.model_name)} for page in classes]

    return values


def _aliases(world: World) -> Values:
    """Aliases first: other pages have nothing to turn."""
    pages = sorted(world.pages, key=lambda page: page.alias_of_id is None)
    return [{"page_id": str(page.pk)} for page in pages]


# --- Work in the CMS -----------------------------------------------------------------------------
def _steps(world: World) -> Values:
    return [
        {
            "page_id": str(state.workflow_state.object_id),
            "action_name": action,
            "task_state_id": str(state.pk),
        }
        for state in TaskState.objects.order_by("pk")
        for action in ("approve", "reject")
    ]


def _previews(world: World) -> Values:
    return [
        {"page_id": str(state.workflow_state.object_id), "task_id": str(state.task_id)}
        for state in TaskState.objects.order_by("pk")
    ]


def _histories(world: World) -> Values:
    return [
        {"page_id": str(state.object_id), "workflow_state_id": str(state.pk)}
        for state in WorkflowState.objects.order_by("pk")
    ]


def _editing(world: World) -> Values:
    return [
        {
            "app_label": one.content_type.app_label,
            "model_name": one.content_type.model,
            "object_id": one.object_id,
            "session_id": str(one.pk),
        }
        for one in EditingSession.objects.select_related("content_type").order_by("pk")
    ]


def _bulk(world: World) -> Values:
    """One action on several rows: what is held and what is not, in one request."""
    rows: dict[tuple[str, str], tuple[list[Any], tuple[str, ...]]] = {
        ("wagtailcore", "page"): (world.pages, ("publish", "unpublish", "delete", "move")),
        ("files", "document"): (world.documents, ("delete", "add_tags", "add_to_collection")),
        ("files", "image"): (world.images, ("delete", "add_tags", "add_to_collection")),
    }
    found = []
    for (app, model), (things, actions) in rows.items():
        for action in actions:
            every = "&".join(f"id={thing.pk}" for thing in things)
            for query in (f"id={things[0].pk}", every, "id=all"):
                told = {"app_label": app, "model_name": model, "action": action}
                found.append(told | {"query": query})
    return [*found, {"app_label": "geen", "model_name": "model", "action": "delete"}]


def _settings(world: World) -> Values:
    site = str(Site.objects.get(is_default_site=True).pk)
    return [{"app_name": "pages", "model_name": "sitefurniture", "pk": site}]


def _new_password(world: World) -> Values:
    uid, key = reset_keys(world)
    sealed = SealedUidConverter().to_url(uid)
    return [{"uidb36": sealed, "key": key}, {"uidb36": sealed, "key": "niets"}]


def _chosen(model: Any) -> Callable[[World], Values]:
    def values(world: World) -> Values:
        pks = model.objects.order_by("pk").values_list("pk", flat=True)
        return [{"query": "&".join(f"id={pk}" for pk in pks)}]

    return values


def _found(model: Any) -> Callable[[World], Values]:
    def values(world: World) -> Values:
        pks = model.objects.order_by("pk").values_list("pk", flat=True)
        return [{"query": f"id={pk}"} for pk in pks]

    return values


def _colleagues(world: World) -> Values:
    """People of the organisation that has a manager, somebody who was stopped, then others."""
    ours = world.person("organisation_administrator").organisation
    own = User.objects.filter(organisation=ours)
    others = User.objects.exclude(organisation=ours)
    people = [*own.order_by("is_active", "pk"), *others.order_by("pk")]
    return [{"uuid": str(person.uuid)} for person in people]


def _followed(world: World) -> Values:
    """People in the directory, of whom each persona finds some, then others."""
    people = User.objects.order_by("-in_directory", "pk")
    return [
        {"uuid": str(person.uuid), "verb": verb}
        for person in people
        for verb in ("ontvolg", "volg")
    ]


TOGETHER: dict[str, Callable[[World], Values]] = {
    "account_reset_password_from_key": _new_password,
    "files:serve": _files,
    "files:image": _images,
    "files_release": _releases,
    "knowledgebank:offer_file": _offer_files,
    "knowledgebank:offer_remove_file": _offer_files,
    "inbox:mark_person": _followed,
    "inbox:unsubscribe": _subscriptions,
    "knowledgebank:agenda_feed": _feeds,
    "people:deactivate": _colleagues,
    "people:reactivate": _colleagues,
    "wagtail_bulk_action": _bulk,
    "wagtailadmin_api:documents:find": _found(Document),
    "wagtailadmin_api:images:find": _found(Image),
    "wagtailadmin_api:pages:find": _found(Page),
    "wagtaildocs_chooser:chosen_multiple": _chosen(Document),
    "wagtailimages_chooser:chosen_multiple": _chosen(Image),
    "wagtailsnippetchoosers_knowledgebank_barrier:chosen_multiple": _chosen(Barrier),
    "wagtailsnippetchoosers_pages_announcement:chosen_multiple": _chosen(Announcement),
    "wagtailadmin_editing_sessions:ping": _editing,
    "wagtailadmin_pages:add": _page_types,
    "wagtailadmin_pages:choose_parent": _types("app_label", "model_name"),
    "wagtailadmin_pages:collect_workflow_action_data": _steps,
    "wagtailadmin_pages:convert_alias": _aliases,
    "wagtailadmin_pages:move_confirm": _moves,
    "wagtailadmin_pages:preview_on_add": _page_types,
    "wagtailadmin_pages:revisions_compare": _comparisons,
    "wagtailadmin_pages:revisions_revert": _revisions,
    "wagtailadmin_pages:revisions_unschedule": _revisions,
    "wagtailadmin_pages:revisions_view": _revisions,
    "wagtailadmin_pages:type_use": _types("content_type_app_name", "content_type_model_name"),
    "wagtailadmin_pages:type_use_results": _types(
        "content_type_app_name", "content_type_model_name"
    ),
    "wagtailadmin_pages:workflow_action": _steps,
    "wagtailadmin_pages:workflow_history_detail": _histories,
    "wagtailadmin_pages:workflow_preview": _previews,
    "wagtailadmin_tag_model_autocomplete": lambda world: [
        {"app_name": "taggit", "model_name": "tag", "query": "term=k"}
    ],
    "wagtailadmin_workflows:add_task": lambda world: [
        {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}
    ],
    "wagtailsettings:edit": _settings,
    "wagtailsettings:preview_on_edit": _settings,
}


def _pages(world: World) -> list[str]:
    """Every page by the address that it has, or had."""
    pages = ReadablePage.objects.order_by("pk")
    return [page.get_url() or "/" for page in pages]


# Addresses that are not made of parameters.
PLACES: dict[str, Callable[[World], list[str]]] = {"wagtail_serve": _pages}
