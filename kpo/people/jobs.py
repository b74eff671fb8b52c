"""What runs by the clock: dormant accounts, retention periods, mail that came back."""

import logging
import mailbox
from importlib import import_module

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from kpo import jobs
from kpo.audit.log import record
from kpo.audit.origin import coming_from, from_job
from kpo.people import bounces, dormancy, envelopes, privacy

logger = logging.getLogger(__name__)


@jobs.periodic(cron="15 3 * * *")
@jobs.name("Mensen die lang niet inlogden waarschuwen en uitzetten")
@task()
def look_after_dormant_accounts() -> None:
    with coming_from(from_job("people.look_after_dormant_accounts")):
        today = timezone.localdate()
        dormancy.stop(today)
        dormancy.warn(today)


@jobs.periodic(cron="45 3 * * *")
@jobs.name("Gegevens verwijderen die lang genoeg zijn bewaard")
@task()
def apply_retention() -> None:
    with coming_from(from_job("people.apply_retention")):
        # A session that ran out still holds an address.
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
        done = privacy.forget_old()
        if done:
            record("people.apply_retention", actor=None, details={"rows": done})


@jobs.periodic(cron="*/5 * * * *")
@jobs.name("Teruggekomen mail lezen")
@task()
def collect_bounces() -> None:
    """A folder that cannot be read is said on the operations page, and tried again next time.

    Without an address nothing in it is a report of ours, and all of it would be thrown away.
    """
    if not (settings.KPO_BOUNCE_FOLDER and envelopes.is_in_use()):
        return
    try:
        bounces.collect()
    except (OSError, mailbox.Error) as error:
        logger.warning("The folder of returned mail cannot be read: %s", type(error).__name__)


@jobs.periodic(cron="25 3 * * *")
@jobs.name("Nagaan welke mail niet terugkwam")
@task()
def believe_delivered() -> None:
    bounces.believe_delivered()
