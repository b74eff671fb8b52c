"""What this app and the libraries it signs people in with hold about a person."""

from kpo.audit import retention
from kpo.people import bounces, library_data
from kpo.people.privacy import declare, excuse

YEAR = 365
library_data.declare_all()

declare(
    model="people.User",
    name="Je account en profiel",
    person="pk",
    fields={
        "uuid": "Kenmerk",
        "email": "E-mailadres",
        "first_name": "Voornaam",
        "last_name": "Achternaam",
        "organisation": "Organisatie",
        "function": "Functie",
        "expertise": "Waar je veel van weet",
        "interests": "Onderwerpen",
        "phone": "Telefoon",
        "in_directory": "Of je in de mensengids staat",
        "show_profile": "Wie je naam en organisatie ziet",
        "show_function": "Wie je functie ziet",
        "show_expertise": "Wie ziet waar je veel van weet",
        "show_interests": "Wie je onderwerpen ziet",
        "show_email": "Wie je e-mailadres ziet",
        "show_phone": "Wie je telefoonnummer ziet",
        "groups": "Rollen",
        "user_permissions": "Losse rechten",
        "date_joined": "Sinds wanneer je een account hebt",
        "last_login": "Laatst ingelogd",
        "last_active_on": "Laatst actief",
        "dormancy_warned_on": "Gewaarschuwd dat je account wordt uitgezet",
    },
    # The row itself stays, without anything of the person: see kpo.people.actions.erasure.
    on_erase="keep",
    keep_days=None,
    reason="Om je te laten inloggen en collega's te laten vinden wie ze iets kunnen vragen.",
)
declare(
    model="people.Block",
    person="person",
    fields={"blocked": "Van wie je geen berichten wilt", "since": "Sinds wanneer"},
    on_erase="delete",
    keep_days=None,
    reason="Om je geen berichten te brengen van wie jij dat niet wilt.",
)
declare(
    model="people.Block",
    person="blocked",
    # Told to nobody but the one who blocks: the other is not to notice.
    fields={},
    on_erase="delete",
    keep_days=None,
    reason="Iemand kan kiezen van wie die berichten krijgt.",
    name="Keuzes van anderen",
)
declare(
    model="people.CircleGrant",
    person="person",
    fields={"circle": "Kring waaraan je bent toegevoegd", "granted_at": "Sinds wanneer"},
    on_erase="delete",
    keep_days=None,
    reason="Om te weten wat je mag lezen.",
)
declare(
    model="people.CircleGrant",
    person="granted_by",
    fields={"circle": "Kring waaraan je iemand hebt toegevoegd", "granted_at": "Wanneer"},
    on_erase="keep",
    keep_days=None,
    reason="Om te weten wie rechten gaf.",
)
ACCESS_REQUEST = {
    "email": "E-mailadres",
    "first_name": "Voornaam",
    "last_name": "Achternaam",
    "organisation_name": "Organisatie",
    "function": "Functie",
    "motivation": "Waarom je KPO wilde gebruiken",
    "requested_at": "Wanneer",
    "status": "Besluit",
    "reason": "Reden van het besluit",
}
# By the invitation too, so before invitations go: the address may be of an earlier employer.
for person, match in (("invitation__accepted_by", ""), ("email", "email")):
    declare(
        model="people.AccessRequest",
        person=person,
        match=match,
        fields=ACCESS_REQUEST,
        on_erase="delete",
        keep_days=YEAR,
        reason="Om over je aanvraag te besluiten.",
    )
INVITATION = {
    "email": "E-mailadres",
    "first_name": "Voornaam",
    "last_name": "Achternaam",
    "organisation": "Organisatie",
    "invited_at": "Uitgenodigd",
    "accepted_at": "Gebruikt",
}
for person, match in (("accepted_by", ""), ("email", "email")):
    declare(
        model="people.Invitation",
        person=person,
        match=match,
        fields=INVITATION,
        on_erase="delete",
        keep_days=YEAR,
        reason="Om te weten hoe je account is ontstaan.",
    )
declare(
    model="people.InvitationList",
    person="made_by",
    fields={
        "organisation": "Organisatie waarvoor je een lijst opgaf",
        "made_at": "Wanneer",
        "state": "Hoe ver het is",
    },
    on_erase="delete",
    keep_days=30,
    reason="Om te laten zien wie van een lijst is uitgenodigd, en wat niet klopte.",
)
declare(
    model="people.InvitationLine",
    person="email",
    match="email",
    fields={
        "email": "E-mailadres",
        "first_name": "Voornaam",
        "last_name": "Achternaam",
        "organisation_name": "Organisatie",
    },
    on_erase="delete",
    # With its list, after thirty days.
    keep_days=None,
    reason="Om mensen van een lijst uit te nodigen.",
)
declare(
    model="people.Invitation",
    person="invited_by",
    fields={"organisation": "Organisatie waarvoor je iemand uitnodigde", "invited_at": "Wanneer"},
    on_erase="keep",
    keep_days=YEAR,
    reason="Om te weten wie uitnodigde.",
)
declare(
    model="people.AccessRequest",
    person="decided_by",
    fields={"decided_at": "Wanneer je over een aanvraag besloot"},
    on_erase="keep",
    keep_days=YEAR,
    reason="Om te weten wie besloot.",
)
declare(
    model="people.EmployerChange",
    person="person",
    fields={
        "new_email": "Nieuw e-mailadres",
        "old_organisation": "Vorige organisatie",
        "new_organisation": "Nieuwe organisatie",
        "new_function": "Nieuwe functie",
        "requested_at": "Wanneer",
        "status": "Stand",
        "reason": "Reden",
    },
    on_erase="delete",
    keep_days=2 * YEAR,
    reason="Om te weten voor wie je wanneer werkte.",
)
declare(
    model="people.EmployerChange",
    person="decided_by",
    fields={"decided_at": "Wanneer je over een wisseling besloot"},
    on_erase="keep",
    keep_days=2 * YEAR,
    reason="Om te weten wie bevestigde.",
)
declare(
    model="people.FactorReset",
    person="person",
    fields={"requested_at": "Wanneer", "reason": "Reden", "status": "Stand"},
    on_erase="delete",
    keep_days=2 * YEAR,
    reason="Om te weten waarom een tweede stap is verwijderd.",
)
for person in ("requested_by", "decided_by"):
    declare(
        model="people.FactorReset",
        person=person,
        fields={"requested_at": "Wanneer je om een nieuwe tweede stap vroeg of die toestond"},
        on_erase="keep",
        keep_days=2 * YEAR,
        reason="Om te weten welke twee beheerders het deden.",
    )
declare(
    model="people.Renewal",
    person="person",
    fields={"kind": "Soort", "asked_at": "Wanneer", "status": "Stand"},
    on_erase="delete",
    keep_days=2 * YEAR,
    reason="Om te besluiten of je een rol of kring opnieuw krijgt.",
)
declare(
    model="people.Renewal",
    person="decided_by",
    fields={"decided_at": "Wanneer je over een rol of kring besloot"},
    on_erase="keep",
    keep_days=2 * YEAR,
    reason="Om te weten wie besloot.",
)
declare(
    model="people.MailRefusal",
    person="email",
    match="email",
    fields={"email": "E-mailadres", "count": "Hoe vaak mail werd geweigerd", "last_at": "Laatst"},
    on_erase="delete",
    keep_days=YEAR,
    reason="Om geen mail te blijven sturen naar een adres dat die weigert.",
)
declare(
    model="people.Envelope",
    person="email",
    match="email",
    fields={
        "email": "E-mailadres",
        "sent_at": "Wanneer een mail wegging",
        "bounced_at": "Wanneer die terugkwam",
    },
    on_erase="delete",
    keep_days=bounces.QUIET_AFTER.days,
    reason="Om te merken dat mail aan jou terugkomt.",
    purge=bounces.believe_until,
)
excuse("people.Circle", "purpose")

# --- The log, which lies a floor lower and cannot declare itself ---
declare(
    model="audit.Entry",
    person="actor_id",
    match="uuid",
    fields={
        "at": "Wanneer",
        "action": "Handeling",
        "object_label": "Waarmee",
        "address": "Netwerk",
    },
    # Its labels are replaced by kpo.audit.log.forget_person.
    on_erase="keep",
    keep_days=retention.KEEP_DAYS,
    reason="Om te kunnen nagaan wie rechten veranderde of besloten stukken las.",
    purge=retention.purge,
)
