"""What of the knowledge bank, and of the people behind it, can be found."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from knowledgebank.item_types import DOCUMENT, EVENT, PAGE, PRACTICE, REGION, THEME
from knowledgebank.models import (
    Barrier,
    DocumentFile,
    EventPage,
    GlossaryPage,
    GlossaryTerm,
    Initiative,
    KnowledgeDocument,
    KnowledgePage,
    NewsPage,
    Offer,
    PlainPage,
    Practice,
    PracticeFile,
    RegionPage,
    ThemePage,
)
from knowledgebank.page_records import (
    page_changes,
    page_record,
    published_on,
    theme_slugs,
    under_theme,
)
from knowledgebank.passages import (
    body_passages,
    file_passages,
    initiative_text,
    theme_passages,
)
from knowledgebank.search_words import register_words
from kpo.design.dutch import local_date
from kpo.files.models import Document
from kpo.files.signals import text_extracted
from kpo.people import tokens
from kpo.people.item_types import PERSON
from kpo.people.models import Organisation, User
from search.records import Passage, SearchRecord
from search.sources import Dependency, Source, register


def _knowledge_fields(page: KnowledgePage) -> dict[str, Any]:
    return {
        "short_names": tuple(page.short_names),
        "summary": page.summary,
        "themes": theme_slugs(page),
        "regions": tuple(page.regions),
        "review_state": page.review_state,
        "is_obsolete": page.is_obsolete,
    }


def theme_record(theme: ThemePage) -> SearchRecord | None:
    fields = _knowledge_fields(theme) | {"themes": (theme.slug,)}
    return page_record(theme, "theme", theme_passages(theme), date=published_on(theme), **fields)


def document_record(document: KnowledgeDocument) -> SearchRecord | None:
    return page_record(
        document,
        "document",
        [*body_passages(document.body), *file_passages(document)],
        kind=document.kind,
        organisation=document.publisher.name if document.publisher else "",
        date=document.dated_on or published_on(document),
        language=document.language,
        **_knowledge_fields(document),
    )


def practice_record(practice: Practice) -> SearchRecord | None:
    facts = f"{practice.place} {practice.effort} {practice.outcome}".strip()
    by = practice.offer.shown_name if practice.offer is not None else ""
    return page_record(
        practice,
        "practice",
        [
            *body_passages(practice.body),
            *(Passage(text=text) for text in (facts, by) if text),
            *file_passages(practice),
        ],
        kind="praktijk",
        organisation=practice.organisation.name if practice.organisation else "",
        date=published_on(practice),
        **_knowledge_fields(practice),
    )


def news_record(page: NewsPage) -> SearchRecord | None:
    return page_record(
        page, "page", body_passages(page.body), summary=page.intro, date=page.dated_on
    )


def event_record(event: EventPage) -> SearchRecord | None:
    facts = f"{event.period}. {event.where}. {event.intended_for}".strip()
    return page_record(
        event,
        "event",
        [*body_passages(event.body), Passage(text=facts)],
        summary=event.summary,
        organisation=event.organisation.name if event.organisation else "",
        date=local_date(event.starts_at),
        themes=theme_slugs(event),
        regions=tuple(event.regions),
    )


def region_record(page: RegionPage) -> SearchRecord | None:
    initiatives = [
        Passage(text=initiative_text(one), anchor=one.anchor, heading=one.title)
        for one in page.initiatives.select_related("organisation")
    ]
    return page_record(
        page,
        "region",
        [*body_passages(page.body), *initiatives],
        summary=page.summary,
        date=published_on(page),
        regions=(page.region,),
    )


def plain_record(page: PlainPage) -> SearchRecord | None:
    return page_record(
        page, "page", body_passages(page.body), summary=page.intro, date=published_on(page)
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
    return page_record(page, "page", passages, summary=page.intro)


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


# --- Which changes elsewhere concern a record ----------------------------------------------------
def _documents_of_file(file: Document) -> QuerySet[KnowledgeDocument]:
    return KnowledgeDocument.objects.filter(files__document=file).distinct()


def _practices_of_file(file: Document) -> QuerySet[Practice]:
    return Practice.objects.filter(files__document=file).distinct()


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
        (*page_changes(), Dependency(Barrier, _themes_with_barrier)),
    )
)
register(
    Source(
        DOCUMENT,
        KnowledgeDocument,
        document_record,
        (
            *page_changes(),
            *under_theme(KnowledgeDocument),
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
            *page_changes(),
            *under_theme(Practice),
            Dependency(PracticeFile, lambda row: [row.page]),
            Dependency(Document, _practices_of_file),
            Dependency(text_extracted, lambda event: _practices_of_file(event["document"])),
            Dependency(Organisation, lambda owner: Practice.objects.filter(organisation=owner)),
            # The name of who offered it: shown or not, and as long as the account works.
            Dependency(Offer, lambda offer: Practice.objects.filter(offer=offer)),
            Dependency(User, lambda person: Practice.objects.filter(offer__person=person)),
        ),
    )
)
register(
    Source(
        EVENT,
        EventPage,
        event_record,
        (
            *page_changes(),
            *under_theme(EventPage),
            Dependency(Organisation, lambda owner: EventPage.objects.filter(organisation=owner)),
        ),
    )
)
register(
    Source(
        REGION,
        RegionPage,
        region_record,
        (
            *page_changes(),
            Dependency(Initiative, lambda row: [row.page]),
            Dependency(
                Organisation,
                lambda owner: RegionPage.objects.filter(initiatives__organisation=owner).distinct(),
            ),
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
    register(Source(PAGE, model, to_record, (*page_changes(), *more)))
register(
    Source(
        PERSON,
        User,
        person_record,
        (Dependency(Organisation, lambda employer: User.objects.filter(organisation=employer)),),
    )
)

register_words()
