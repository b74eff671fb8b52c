"""What an operator asks of an import."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledgebank.models import ThemePage
from knowledgebank.vocabulary import DocumentKind
from kpo.people.models import User


@dataclass(frozen=True)
class Options:
    """`audience` is a token, `kind` None lets the title decide."""

    audience: str
    kind: DocumentKind | None = None
    themes: Sequence[ThemePage] = ()
    publish: bool = False
    owner: User | None = None
