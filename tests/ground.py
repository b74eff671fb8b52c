"""What every test stands on: what migrations, `create_site` and `sync_roles` put into the database.

A test with real transactions ends in a flush, which sweeps that away too. Django tells when it has
flushed, by `post_migrate`, and then it is laid again; so the order of tests does not matter.
"""

from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate
from wagtail.models import Collection, Locale, Page

from knowledgebank.models import ReviewRule
from knowledgebank.site import ensure_site


def keep_ground() -> None:
    """Lay the ground now, and again after each flush."""
    lay_ground()
    # The last app of the round: by then all content types and permissions are there.
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    post_migrate.connect(lay_ground, sender=last, dispatch_uid="tests.ground")


def lay_ground(**signal: Any) -> None:
    """Make what is missing of locale, root collection, site and roles.

    Pages need no review, unless a test takes the rules away. A page that is made asks for its
    record, so the queue is emptied last.
    """
    Locale.objects.get_or_create(language_code="nl")
    if Page.get_first_root_node() is None:
        Page.add_root(title="Root", slug="root")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    ensure_site()
    review_nothing()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def review_nothing() -> None:
    """Let pages be published as they are."""
    for page_type in ReviewRule.PageType:
        ReviewRule.objects.get_or_create(page_type=page_type, is_required=False)
