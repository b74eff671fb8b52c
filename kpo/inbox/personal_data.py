"""What this app holds about a person."""

from kpo.people.privacy import declare

declare(
    model="inbox.Follow",
    person="person",
    fields={"page": "Pagina die je volgt", "since": "Sinds wanneer"},
    on_erase="delete",
    keep_days=None,
    reason="Zonder deze lijst kunnen we niet zeggen wat er nieuw is.",
)
declare(
    model="inbox.Bookmark",
    person="person",
    fields={"page": "Pagina die je hebt bewaard", "since": "Sinds wanneer"},
    on_erase="delete",
    keep_days=None,
    reason="Je eigen lijst van pagina's die je wilt terugvinden.",
)
