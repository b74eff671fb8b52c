"""How long the log is kept, and the only way anything leaves it."""

from datetime import datetime

from django.db import connection, transaction

from kpo.audit.models import Entry

KEEP_DAYS = 5 * 365


def purge(before: datetime) -> int:
    """Remove entries older than `before`; the table refuses any younger than a year."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL kpo.audit_retention = 'on'")
        count: int = Entry.objects.filter(at__lt=before).delete()[0]
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL kpo.audit_retention = 'off'")
        return count
