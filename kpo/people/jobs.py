"""What runs by the clock: dormant accounts and retention periods."""

from importlib import import_module

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from kpo import jobs
from kpo.audit.log import record
from kpo.audit.origin import coming_from, from_job
from kpo.people import dormancy, privacy


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
