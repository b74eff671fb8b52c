"""Complete forms, by the name of the route that answers to nothing less."""

from __future__ import annotations

from urllib.parse import urlencode

from kpo.people import tokens

FORM = "application/x-www-form-urlencoded"
PASSWORD = "een-nieuwe-lange-proefzin-43"

BODIES: dict[str, dict[str, str]] = {
    "account_reset_password": {"email": "gemeente@persona.example"},
    "account_reset_password_from_key": {"password1": PASSWORD},
    "casedata_decide": {"decision": "released", "reason": "Het is een voorbeeld van de dienst."},
    "change_audience": {"audience": tokens.NOBODY},
    "files_release": {"reason": "Zelf gescand."},
    "inbox:absence": {"since": "2026-12-01", "until": "2099-12-01", "substitute": ""},
    "inbox:message": {"text": "Dank je wel."},
    "inbox:preferences": {"soort-0": "daily", "soort-1": "nothing"},
    "inbox:report_message": {"reason": "Niet voor het werk."},
    "inbox:unread_all": {"gelezen": "1795406400000000"},
    "inbox:write_message": {"text": "Mag ik je iets vragen?"},
    "knowledge_intrekken": {"reason": "Achterhaald."},
    "knowledge_verouderd": {"reason": "Achterhaald."},
    "knowledgebank:concern_afsluiten": {"outcome": "fixed", "explanation": "Aangepast."},
    "knowledgebank:concern_doorgeven": {"email": "gemeente@persona.example"},
    "knowledgebank:contact": {
        "name": "Ada",
        "email": "ada@persona.example",
        "subject": "Een vraag",
        "text": "Waar vind ik de handreiking?",
    },
    "knowledgebank:due": {"reason": "De wet is niet veranderd."},
    "knowledgebank:first_mail": {"often": "weekly"},
    "knowledgebank:first_visit": {"themes": "00000000-0000-0000-0000-000000000000"},
    "knowledgebank:laws": {
        "identifier": "BWBR0001941#13b",
        "what": "De termijn is zes weken geworden.",
        "since": "2026-11-01",
    },
    "knowledgebank:raise_concern": {"reason": "outdated", "text": "Dit is anders geworden."},
    "knowledgebank:ambassadors": {"theme": "", "person": ""},
    "knowledgebank:method_draft": {"note": "Anders.", "save": "ja"},
    "knowledgebank:review_besluit": {"text": "Eerst naar het OM."},
    "knowledgebank:offer_consent": {"seen": "niets", "answer": "nog-niet", "remark": "Anders."},
    "knowledgebank:offer_draft": {"title": "Een proef", "version": "0"},
    "knowledgebank:offer_naam": {"name": "name"},
    "knowledgebank:offer_schrijven": {"text": "Een half jaar."},
    "knowledgebank:offered_afwijzen": {"nee-reason": "Dit is al beschreven."},
    "knowledgebank:offered_overnemen": {"audience": tokens.ACCOUNTS},
    "knowledgebank:offered_vragen": {"vraag-text": "Hoe lang duurde het?"},
    "knowledgebank:insight_goal": {"percent": "80"},
    "knowledgebank:review_voorleggen": {"reason": "Het komt niet verder."},
    "knowledgebank:review_vragen": {"email": "gemeente@persona.example"},
    "knowledgebank:vote": {"is_helpful": "ja"},
    "mensen:ask_reset": {"reason": "Ik heb deze persoon gesproken."},
    "mensen:decide_change": {"reason": "Werkt hier niet."},
    "mensen:decide_request": {"reason": "Werkt bij een partner."},
    "people:accept_invitation": {
        "first_name": "Ada",
        "last_name": "Nieuw",
        "password": PASSWORD,
    },
    "people:refuse_arrival": {"reason": "Werkt hier niet."},
    "search:click": {"q": "handreiking", "gevolgd": "1"},
    "search:missing": {"text": "sierteelt", "remark": "Een handreiking over kassen."},
    "search:useful": {"q": "handreiking", "antwoord": "ja"},
    "wagtailadmin_pages:workflow_action": {"comment": "Gezien."},
}


def body_of(name: str) -> str:
    return urlencode(BODIES.get(name, {}))
