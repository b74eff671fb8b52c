"""What an auditor reads for the actions of the log itself."""

from kpo.audit.words import declare

declare("audit", label="Logboek", actions={"export": "Logboek downloaden"})
