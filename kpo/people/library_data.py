"""What the libraries hold about a person: signing in, the CMS and its log."""

from dataclasses import dataclass

from kpo.people.privacy import OnErase, declare, excuse

SIGN_IN = "Om je te laten inloggen."
CMS_WORK = "Om te weten wie wat deed aan een pagina."
CMS_USE = "Om te onthouden hoe je het CMS gebruikt."


@dataclass(frozen=True, slots=True)
class Held:
    """One declaration: the model, the column with the person, and what becomes of it."""

    model: str
    person: str
    name: str
    fields: dict[str, str]
    on_erase: OnErase
    reason: str
    keep_days: int | None = None


HELD = (
    Held(
        "account.EmailAddress",
        "user",
        "Adressen om in te loggen",
        {"email": "E-mailadres", "verified": "Bevestigd"},
        "delete",
        SIGN_IN,
    ),
    Held(
        "mfa.Authenticator",
        "user",
        "Tweede stap",
        {"type": "Soort tweede stap", "created_at": "Sinds", "last_used_at": "Laatst gebruikt"},
        "delete",
        "Om zeker te weten dat jij het bent.",
    ),
    Held(
        "usersessions.UserSession",
        "user",
        "Sessies",
        {"ip": "IP-adres", "user_agent": "Browser", "created_at": "Ingelogd"},
        "delete",
        "Om je te laten zien waar je bent ingelogd.",
        keep_days=90,
    ),
    Held(
        "socialaccount.SocialAccount",
        "user",
        "Gekoppelde accounts",
        {"provider": "Waar", "date_joined": "Sinds"},
        "delete",
        "Om je te laten inloggen met je werkaccount.",
    ),
    Held(
        "wagtailusers.UserProfile",
        "user",
        "Voorkeuren in het CMS",
        {"preferred_language": "Taal", "theme": "Kleuren"},
        "delete",
        CMS_USE,
    ),
    Held(
        "wagtailadmin.EditingSession",
        "user",
        "Wat je nu bewerkt in het CMS",
        {"last_seen_at": "Wanneer"},
        "delete",
        "Om anderen te waarschuwen dat iemand dezelfde pagina bewerkt.",
        keep_days=90,
    ),
    Held(
        "wagtailadmin.FormState",
        "user",
        "Niet bewaarde formulieren in het CMS",
        {"last_updated_at": "Wanneer"},
        "delete",
        "Om terug te geven wat je nog niet had bewaard.",
        keep_days=90,
    ),
    Held(
        "wagtailcore.APIToken",
        "user",
        "Sleutels voor programma's",
        {"name": "Naam", "created": "Sinds", "last_used_at": "Laatst gebruikt"},
        "delete",
        SIGN_IN,
    ),
    Held(
        "wagtailcore.PageSubscription",
        "user",
        "Mail over opmerkingen in het CMS",
        {"comment_notifications": "Aan of uit"},
        "delete",
        CMS_USE,
    ),
    Held(
        "wagtailcore.Revision",
        "user",
        "Versies van pagina's",
        {"object_str": "Pagina die je veranderde", "created_at": "Wanneer"},
        "keep",
        "Om te weten wat er aan een pagina veranderde.",
    ),
    Held(
        "wagtailcore.PageLogEntry",
        "user",
        "Geschiedenis van pagina's",
        {"label": "Pagina", "action": "Handeling", "timestamp": "Wanneer"},
        "keep",
        "Om te weten wat er met een pagina gebeurde.",
    ),
    # Without names of pages and files: they may be closed to the person by now.
    Held(
        "wagtailcore.ModelLogEntry",
        "user",
        "Geschiedenis van bestanden en lijsten",
        {"action": "Handeling", "timestamp": "Wanneer"},
        "keep",
        CMS_WORK,
    ),
    Held(
        "wagtailcore.Page",
        "owner",
        "Pagina's die je maakte",
        {"first_published_at": "Eerst verschenen"},
        "keep",
        CMS_WORK,
    ),
    Held(
        "wagtailcore.Page",
        "locked_by",
        "Pagina's die je op slot zette",
        {"locked_at": "Wanneer"},
        "keep",
        CMS_WORK,
    ),
    Held(
        "wagtailcore.Comment",
        "user",
        "Opmerkingen bij pagina's",
        {"text": "Wat je schreef", "created_at": "Wanneer"},
        "keep",
        CMS_WORK,
    ),
    Held(
        "wagtailcore.Comment",
        "resolved_by",
        "Opmerkingen die je afhandelde",
        {"resolved_at": "Wanneer"},
        "keep",
        CMS_WORK,
    ),
    Held(
        "wagtailcore.CommentReply",
        "user",
        "Antwoorden op opmerkingen bij pagina's",
        {"text": "Wat je schreef", "created_at": "Wanneer"},
        "keep",
        CMS_WORK,
    ),
    Held(
        "wagtailcore.WorkflowState",
        "requested_by",
        "Pagina's die je ter beoordeling gaf",
        {"created_at": "Wanneer"},
        "keep",
        CMS_WORK,
    ),
    Held(
        "wagtailcore.TaskState",
        "finished_by",
        "Beoordelingen in het CMS",
        {"comment": "Wat je erbij schreef", "finished_at": "Wanneer"},
        "keep",
        CMS_WORK,
    ),
)


def declare_all() -> None:
    for one in HELD:
        declare(
            model=one.model,
            person=one.person,
            name=one.name,
            fields=one.fields,
            on_erase=one.on_erase,
            keep_days=one.keep_days,
            reason=one.reason,
        )
    # Tables of Wagtail that ours stand in for; the last is emptied by the upload itself.
    excuse("wagtaildocs.Document", "uploaded_by_user")
    excuse("wagtailimages.Image", "uploaded_by_user")
    excuse("wagtailcore.UploadedFile", "uploaded_by_user")
