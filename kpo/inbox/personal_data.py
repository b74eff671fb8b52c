"""What this app holds about a person."""

from kpo.inbox.models import Message
from kpo.people.privacy import declare

declare(
    model="inbox.Follow",
    person="person",
    fields={
        "page": "Pagina die je volgt",
        "subject": "Wie je volgt",
        "since": "Sinds wanneer",
    },
    on_erase="delete",
    keep_days=None,
    reason="Zonder deze lijst kunnen we niet zeggen wat er nieuw is.",
)
declare(
    model="inbox.Follow",
    person="subject",
    # Told to nobody but the one who follows: the other is not to notice.
    fields={},
    on_erase="delete",
    keep_days=None,
    reason="Om anderen te laten weten wat je publiceert. Je zet het uit door de gids te verlaten.",
    name="Dat anderen jou volgen",
)
declare(
    model="inbox.Bookmark",
    person="person",
    fields={"page": "Pagina die je hebt bewaard", "since": "Sinds wanneer"},
    on_erase="delete",
    keep_days=None,
    reason="Je eigen lijst van pagina's die je wilt terugvinden.",
)
declare(
    model="inbox.Notification",
    person="person",
    fields={
        "kind": "Soort nieuws",
        "created_at": "Wanneer",
        "read_at": "Gelezen",
        "mailed_at": "Gemaild",
    },
    on_erase="delete",
    keep_days=365,
    reason="Om je te laten weten wat er nieuw is.",
)
for _person, _what in (("actor", "deed"), ("instead_of", "niet kon doen")):
    declare(
        model="inbox.Notification",
        person=_person,
        # How many hear of it, and whether anybody did, is theirs: who follows whom, keeps whom off.
        fields={},
        on_erase="anonymize",
        keep_days=365,
        reason="Om te weten wie een bericht niet hoeft te krijgen.",
        name=f"Berichten aan anderen over wat je {_what}",
    )
declare(
    model="inbox.Preference",
    person="person",
    fields={"kind": "Soort nieuws", "channel": "Hoe je het wilt horen"},
    on_erase="delete",
    keep_days=None,
    reason="Om je te mailen zoals jij dat wilt.",
)
declare(
    model="inbox.Mute",
    person="person",
    fields={"item_type": "Soort onderwerp", "since": "Sinds wanneer"},
    on_erase="delete",
    keep_days=None,
    reason="Om je niet meer te storen met iets dat je dempte.",
)
declare(
    model="inbox.Absence",
    person="person",
    fields={"since": "Eerste dag", "until": "Laatste dag", "substitute": "Vervanger"},
    on_erase="delete",
    keep_days=None,
    reason="Om je taken bij je vervanger te brengen.",
)
declare(
    model="inbox.Absence",
    person="substitute",
    fields={"since": "Eerste dag", "until": "Laatste dag"},
    on_erase="delete",
    keep_days=None,
    reason="Om te weten wie jij vervangt.",
)
declare(
    model="inbox.FirstVisit",
    person="person",
    fields={"done_at": "Wanneer je kennismaakte met KPO", "was_skipped": "Of je dat oversloeg"},
    on_erase="delete",
    keep_days=None,
    reason="Om je niet opnieuw rond te leiden.",
)
_FOR_MESSAGES = "Om jullie elkaar te laten schrijven zonder adressen te delen."
declare(
    model="inbox.Message",
    person="sender",
    # Not that it was reported, nor why: that is between who got it and the administrators.
    fields={"text": "Bericht dat je schreef", "sent_at": "Wanneer"},
    on_erase="delete",
    keep_days=365,
    reason=_FOR_MESSAGES,
    name="Berichten die je schreef",
)
declare(
    model="inbox.Message",
    person="recipient",
    fields={
        "text": "Bericht dat je kreeg",
        "sent_at": "Wanneer",
        "report_reason": "Waarom jij het meldde",
    },
    on_erase="delete",
    keep_days=365,
    reason=_FOR_MESSAGES,
    name="Berichten die je kreeg",
    # What is sent by whom they keep off did not arrive.
    shown=Message.objects.of,
)
