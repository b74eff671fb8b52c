"""What an auditor reads for the actions of the log itself."""

from kpo.audit.words import declare

declare(
    "audit",
    label="Logboek",
    actions={"export": "Logboek downloaden"},
    # Its own, and what more than one app says.
    details={
        "after": "daarna",
        "audience": "wie mag dit lezen",
        "before": "eerst",
        "kind": "soort",
        "query": "gezocht op",
        "reason": "reden",
        "status": "besluit",
    },
)
