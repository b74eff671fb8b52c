"""What the knowledge bank holds about a person."""

from kpo.people.privacy import declare, excuse

declare(
    model="knowledgebank.HelpfulVote",
    person="person",
    fields={
        "page": "Pagina waarover je iets zei",
        "is_helpful": "Of je verder kon",
        "reason": "Wat je erbij schreef",
        "voted_at": "Wanneer",
    },
    on_erase="delete",
    keep_days=730,
    reason="Om pagina's te verbeteren waar lezers niet mee verder konden.",
)
# By address too: also who was not signed in may have written.
for _person, _match in (("person", ""), ("email", "email")):
    declare(
        model="knowledgebank.ContactMessage",
        person=_person,
        match=_match,
        fields={
            "name": "Naam",
            "email": "E-mailadres",
            "subject": "Onderwerp",
            "text": "Bericht",
            "sent_at": "Wanneer",
        },
        on_erase="delete",
        keep_days=365,
        reason="Om je vraag te beantwoorden.",
    )
declare(
    model="knowledgebank.AgendaFeed",
    person="person",
    fields={"made_at": "Wanneer je een link voor je eigen agenda maakte"},
    on_erase="delete",
    keep_days=None,
    reason="Om je agenda te kunnen tonen in je eigen agendaprogramma.",
)
declare(
    model="knowledgebank.ThemeExpert",
    person="person",
    fields={"page": "Thema waarop je genoemd wordt", "role": "Je rol daar"},
    on_erase="delete",
    keep_days=None,
    reason="Om lezers te laten weten wie ze iets kunnen vragen.",
)
declare(
    model="knowledgebank.KnowledgePage",
    person="responsible",
    fields={"title": "Pagina die je bijhoudt"},
    on_erase="anonymize",
    keep_days=None,
    reason="Om te weten wie een pagina bijhoudt.",
)
# About the subject of the page, not about who keeps it.
excuse("knowledgebank.KnowledgePage", "summary")

declare(
    model="knowledgebank.Appraisal",
    person="reviewer",
    fields={
        "verdict": "Je oordeel",
        "remark": "Je toelichting",
        "given_at": "Wanneer",
        "sector": "Sector van je organisatie toen",
    },
    on_erase="anonymize",
    keep_days=None,
    reason="Lezers moeten kunnen nagaan hoe een tekst is beoordeeld.",
)
declare(
    model="knowledgebank.Assignment",
    person="person",
    fields={"item": "Tekst die je beoordeelt", "since": "Sinds wanneer"},
    on_erase="delete",
    keep_days=None,
    reason="Om te weten wie een beoordeling oppakt.",
)
declare(
    model="knowledgebank.Assignment",
    person="asked_by",
    fields={"item": "Tekst waarvoor je iemand vroeg"},
    on_erase="anonymize",
    keep_days=None,
    reason="Om te weten wie iemand vroeg om te beoordelen.",
)
declare(
    model="knowledgebank.Ambassador",
    person="person",
    fields={"theme": "Thema dat je bewaakt", "since": "Sinds wanneer"},
    on_erase="delete",
    keep_days=None,
    reason="Om te weten wie de inhoud van een thema bewaakt.",
)
declare(
    model="knowledgebank.Concern",
    person="person",
    fields={
        "page": "Pagina waaraan je twijfelde",
        "heading": "Onderdeel",
        "quote": "Wat je aanhaalde",
        "reason": "Reden",
        "text": "Wat je erbij schreef",
        "made_at": "Wanneer",
        "outcome": "Uitkomst",
        "explanation": "Uitleg die je kreeg",
        "closed_at": "Wanneer dat was",
    },
    on_erase="anonymize",
    blank={"quote": "", "text": ""},
    keep_days=None,
    reason="Om na te gaan wat er met een melding over kennis gebeurde.",
)
declare(
    model="knowledgebank.Concern",
    person="assignee",
    fields={"page": "Pagina waarover je een melding kreeg", "made_at": "Van wanneer"},
    on_erase="anonymize",
    keep_days=None,
    reason="Om te weten wie een melding afhandelt.",
)
declare(
    model="knowledgebank.Confirmation",
    person="person",
    fields={"page": "Pagina die volgens jou nog klopt", "on": "Wanneer", "reason": "Je reden"},
    on_erase="anonymize",
    keep_days=None,
    reason="Lezers moeten kunnen nagaan wanneer een tekst is nagekeken.",
)
declare(
    model="knowledgebank.LawChange",
    person="person",
    fields={
        "identifier": "Wet of uitspraak",
        "what": "Wat je erover schreef",
        "made_at": "Wanneer",
    },
    on_erase="anonymize",
    keep_days=None,
    reason="Om na te gaan waarom pagina's opnieuw zijn bekeken.",
)
declare(
    model="knowledgebank.Decision",
    person="decided_by",
    fields={"text": "Besluit dat je noteerde", "decided_at": "Wanneer"},
    on_erase="anonymize",
    keep_days=None,
    reason="Om na te gaan hoe een tekst is beoordeeld.",
)

declare(
    model="knowledgebank.Offer",
    person="person",
    fields={
        "title": "Praktijkvoorbeeld dat je schreef",
        "state": "Stand",
        "summary": "In het kort",
        "what": "Wat je deed",
        "place": "Waar",
        "region": "Regio",
        "effort": "Wat het vroeg",
        "outcome": "Wat ervan kwam",
        "contact": "Wie lezers iets mogen vragen",
        "contact_words": "Wie dat is",
        "attribution": "Wat erbij staat",
        "sent_at": "Ingestuurd op",
        "reason": "Waarom het niet werd overgenomen",
    },
    on_erase="delete",
    keep_days=None,
    reason="Om van jouw praktijk kennis te maken waar anderen iets aan hebben.",
)
declare(
    model="knowledgebank.Offer",
    person="handled_by",
    fields={"state": "Stand van een praktijkvoorbeeld dat je behandelt"},
    on_erase="anonymize",
    keep_days=None,
    reason="Om antwoorden bij je te brengen.",
    name="Praktijkvoorbeelden die je behandelt",
)
declare(
    model="knowledgebank.OfferMessage",
    person="author",
    fields={"text": "Bericht bij een praktijkvoorbeeld", "sent_at": "Wanneer"},
    on_erase="anonymize",
    keep_days=None,
    reason="Om met elkaar te spreken over een praktijkvoorbeeld.",
)
declare(
    model="knowledgebank.OfferConsent",
    person="person",
    fields={
        "is_given": "Of je akkoord was met de tekst",
        "remark": "Wat er volgens jou anders moest",
        "given_at": "Wanneer",
    },
    on_erase="anonymize",
    keep_days=None,
    reason="Om niets te publiceren waar je niet akkoord mee was.",
)
