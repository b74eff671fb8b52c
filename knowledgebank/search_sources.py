"""What of the knowledge bank, and of the people behind it, can be found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
)

from knowledgebank.item_types import DOCUMENT, PAGE, PRACTICE, THEME
from knowledgebank.models import (
    Barrier,
    DocumentFile,
    GlossaryPage,
    GlossaryTerm,
    KnowledgeDocument,
    KnowledgePage,
    NewsPage,
    PlainPage,
    Practice,
    ThemePage,
)
from knowledgebank.page_links import links_on
from knowledgebank.passages import body_passages, file_passages, theme_passages
from knowledgebank.search_words import register_words
from kpo.files.models import Document
from kpo.files.signals import text_extracted
from kpo.pages.models import ReadablePage
from kpo.pages.signals import address_changed, audience_changed
from kpo.people import tokens
from kpo.people.item_types import PERSON
from kpo.people.models import Organisation, User
from search.linked import OPEN
from search.links import texts_to
from search.records import Passage, SearchRecord
from search.sources import Dependency, Source, register


def _page_record(
    page: ReadablePage, type_: str, passages: Iterable[Passage], **fields: Any
) -> SearchRecord | None:
    """None, so not to be found, for a draft and for a page that is for nobody."""
    if not page.live or page.audience == tokens.NOBODY:
        return None
    return SearchRecord(
        key=f"{type_}:{page.uuid}",
        type=type_,
        title=page.title,
        audience=page.audience,
        url=page.url or "",
        passages=tuple(passages),
        link_texts=texts_to(page.uuid, page.audience),
        links=links_on(page) if page.audience in OPEN else (),
        **fields,
    )


def _knowledge_fields(page: KnowledgePage) -> dict[str, Any]:
    themes = page.themes.filter(live=True, audience__in=_no_narrower(page.audience))
    return {
        "short_names": tuple(page.short_names),
        "summary": page.summary,
        "themes": tuple(sorted(theme.slug for theme in themes)),
        "regions": tuple(page.regions),
        "review_state": page.review_state,
        "is_obsolete": page.is_obsolete,
    }


def _no_narrower(audience: str) -> list[str]:
    """A theme's slug may stand in a record only if everyone who finds the record may read it."""
    fixed = [token for token in tokens.FIXED if tokens.may_stand_under(audience, token)]
    return [*fixed, audience]


def theme_record(theme: ThemePage) -> SearchRecord | None:
    fields = _knowledge_fields(theme) | {"themes": (theme.slug,)}
    return _page_record(theme, "theme", theme_passages(theme), date=_published_on(theme), **fields)


def document_record(document: KnowledgeDocument) -> SearchRecord | None:
    return _page_record(
        document,
        "document",
        [*body_passages(document.body), *file_passages(document)],
        kind=document.kind,
        organisation=document.publisher.name if document.publisher else "",
        date=document.dated_on or _published_on(document),
        language=document.language,
        **_knowledge_fields(document),
    )


def practice_record(practice: Practice) -> SearchRecord | None:
    facts = f"{practice.place} {practice.effort} {practice.outcome}".strip()
    return _page_record(
        practice,
        "practice",
        [*body_passages(practice.body), *([Passage(text=facts)] if facts else [])],
        kind="praktijk",
        organisation=practice.organisation.name if practice.organisation else "",
        date=_published_on(practice),
        **_knowledge_fields(practice),
    )


def news_record(page: NewsPage) -> SearchRecord | None:
    return _page_record(
        page, "page", body_passages(page.body), summary=page.intro, date=page.dated_on
    )


def plain_record(page: PlainPage) -> SearchRecord | None:
    return _page_record(
        page, "page", body_passages(page.body), summary=page.intro, date=_published_on(page)
    )


def glossary_record(page: GlossaryPage) -> SearchRecord | None:
    passages = [
        Passage(
            text=f"{term.term} {term.abbreviation} {term.meaning}",
            anchor=term.anchor,
            heading=term.term,
        )
        for term in GlossaryTerm.objects.all()
    ]
    return _page_record(page, "page", passages, summary=page.intro)


def person_record(person: User) -> SearchRecord | None:
    """Found by what the person shows to everyone with an account, and by nothing else."""
    shown = person.shown_to(tokens.ACCOUNTS)
    if not shown:
        return None
    interests = ", ".join(slug.replace("-", " ") for slug in shown.get("interests") or ())
    facts = [str(shown.get("function") or ""), str(shown.get("expertise") or ""), interests]
    return SearchRecord(
        key=f"person:{person.uuid}",
        type="person",
        title=shown["name"],
        summary=" · ".join(fact for fact in facts if fact),
        audience=tokens.ACCOUNTS,
        url=f"/mensen/{person.uuid}/",
        organisation=shown["organisation"],
        passages=(Passage(text=" ".join([shown["organisation"], *facts])),),
    )


def _published_on(page: ReadablePage) -> Any:
    return page.first_published_at.date() if page.first_published_at else None


# --- Which changes elsewhere concern a record ----------------------------------------------------
def _itself(event: dict[str, Any]) -> list[Any]:
    return [event["page"].specific]


def _with_what_is_below(page: Any) -> Iterable[Any]:
    """A moved page takes the addresses of everything below it along."""
    return page.get_descendants(inclusive=True).specific()


def _page_changes() -> tuple[Dependency, ...]:
    return (
        Dependency(audience_changed, _itself),
        Dependency(page_published, lambda event: [event["instance"].specific]),
        Dependency(page_unpublished, lambda event: [event["instance"].specific]),
        Dependency(address_changed, lambda event: _with_what_is_below(event["page"])),
        Dependency(post_page_move, lambda event: _with_what_is_below(event["instance"])),
    )


def _under_theme(model: Any) -> tuple[Dependency, ...]:
    """A record names the themes its readers may read, so it follows what becomes of a theme."""

    def of_theme(theme: Any) -> Iterable[Any]:
        return model.objects.filter(themes__page_ptr=theme.pk)

    return (
        Dependency(ThemePage, of_theme),
        Dependency(audience_changed, lambda event: of_theme(event["page"])),
    )


def _documents_of_file(file: Document) -> QuerySet[KnowledgeDocument]:
    return KnowledgeDocument.objects.filter(files__document=file).distinct()


def _themes_with_barrier(barrier: Barrier) -> list[ThemePage]:
    return [theme for theme in ThemePage.objects.all() if barrier.pk in _barriers_of(theme)]


def _barriers_of(theme: ThemePage) -> set[int]:
    rows = (row for block in theme.stages for row in block.value["barriers"])
    return {row["barrier"].pk for row in rows if row["barrier"]}


register(
    Source(
        THEME,
        ThemePage,
        theme_record,
        (*_page_changes(), Dependency(Barrier, _themes_with_barrier)),
    )
)
register(
    Source(
        DOCUMENT,
        KnowledgeDocument,
        document_record,
        (
            *_page_changes(),
            *_under_theme(KnowledgeDocument),
            Dependency(DocumentFile, lambda row: [row.page]),
            Dependency(Document, _documents_of_file),
            Dependency(text_extracted, lambda event: _documents_of_file(event["document"])),
            Dependency(
                Organisation, lambda made_by: KnowledgeDocument.objects.filter(publisher=made_by)
            ),
        ),
    )
)
register(
    Source(
        PRACTICE,
        Practice,
        practice_record,
        (
            *_page_changes(),
            *_under_theme(Practice),
            Dependency(Organisation, lambda owner: Practice.objects.filter(organisation=owner)),
        ),
    )
)
for model, to_record, more in (
    (PlainPage, plain_record, ()),
    (NewsPage, news_record, ()),
    (
        GlossaryPage,
        glossary_record,
        (Dependency(GlossaryTerm, lambda _: GlossaryPage.objects.all()),),
    ),
):
    register(Source(PAGE, model, to_record, (*_page_changes(), *more)))
register(
    Source(
        PERSON,
        User,
        person_record,
        (Dependency(Organisation, lambda employer: User.objects.filter(organisation=employer)),),
    )
)

register_words()
