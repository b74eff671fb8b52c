"""How the upper floors tell the ground floor what they add, as Wagtail does with its hooks file."""

from django.utils.module_loading import autodiscover_modules

# Files with a fixed name in an app; importing one registers what it declares.
REGISTRATIONS = (
    "audiences",
    "item_types",
    "search_sources",
    "panels",
    "notices",
    "personal_data",
    "audit_words",
    "casedata_places",
    "jobs",
    "health",
    "load_parts",
)


def autodiscover() -> None:
    """Import the registration files of all installed apps. Called once, when all are loaded."""
    autodiscover_modules(*REGISTRATIONS)
