"""What people hear about upkeep: a doubt about their page, and what came of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from knowledgebank.models import Concern, KnowledgePage, Reminder, WorkList
from knowledgebank.review.notices import saying
from knowledgebank.upkeep.people import board_of, guards_of, keepers_of
from knowledgebank.upkeep.work import counts_for
from kpo.design import dutch
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import Kind, register
from kpo.inbox.models import Notification
from kpo.people.models import User
from kpo.people.reader import Reader, reader_for
from kpo.people.roles import Role

Facts = Mapping[str, Any]
Told = Sequence[Notification]


def the_keepers(concern: Concern, facts: Facts) -> QuerySet[User]:
    return keepers_of(concern.page)


def the_reminded(page: KnowledgePage, facts: Facts) -> QuerySet[User]:
    """First the owner, on the day the ambassadors too, and a month later also the board."""
    owner = User.objects.holding(page.audience).filter(pk=page.responsible_id)
    if facts["outcome"] == Reminder.Step.BEFORE and owner.exists():
        return owner
    among = Q(pk__in=keepers_of(page).values("pk"))
    if facts["outcome"] == Reminder.Step.AFTER:
        among |= Q(pk__in=board_of(page).values("pk"))
    return User.objects.filter(among)


def the_heir(page: KnowledgePage, facts: Facts) -> QuerySet[User]:
    """Who keeps the page now; of a theme that nobody guards any more, the chairs of the board."""
    if facts["outcome"] == "theme":
        return User.objects.active().with_role(Role.BOARD_CHAIR)
    return User.objects.filter(pk=page.responsible_id, uuid=facts["person"])


def the_assignee(concern: Concern, facts: Facts) -> QuerySet[User]:
    return User.objects.filter(pk=concern.assignee_id, uuid=facts["person"])


def the_reader(concern: Concern, facts: Facts) -> QuerySet[User]:
    return User.objects.filter(pk=concern.person_id)


def what_came_of_it(reader: Reader, told: Told) -> Mapping[int, str]:
    concerns = Concern.objects.visible_to(reader).filter(uuid__in={one.item_uuid for one in told})
    answers = {one.uuid: f"{one.get_outcome_display()}. {one.explanation}" for one in concerns}
    return {one.pk: answers.get(one.item_uuid, "") for one in told}


RAISED = register(
    Kind(
        name="concern.raised",
        label="Iemand meldt dat iets niet klopt",
        explanation="Voor wie de pagina bijhoudt en voor ambassadeurs van het thema.",
        heading="Meldingen over kennis",
        default=Channel.DAILY,
        receivers=the_keepers,
        sentences=saying(
            ("", "Een lezer vraagt zich af of dit nog klopt."),
            ("law", "Een wet of uitspraak waar deze pagina naar verwijst, is veranderd."),
        ),
        glyph="flag",
        is_task=True,
    )
)
HANDED = register(
    Kind(
        name="concern.handed",
        label="Iemand geeft een melding aan jou door",
        explanation="Een collega vraagt of jij een melding afhandelt.",
        heading="Aan jou doorgegeven",
        default=Channel.AT_ONCE,
        receivers=the_assignee,
        sentences=saying(("", "Je bent gevraagd om deze melding af te handelen.")),
        glyph="flag",
        is_task=True,
    )
)
ANSWERED = register(
    Kind(
        name="concern.answered",
        label="Er is iets gedaan met jouw melding",
        explanation="Je leest wat ermee gebeurde en waarom.",
        heading="Antwoord op jouw meldingen",
        default=Channel.AT_ONCE,
        receivers=the_reader,
        sentences=what_came_of_it,
        glyph="flag",
    )
)
DUE = register(
    Kind(
        name="upkeep.due",
        label="Een pagina moet opnieuw worden nagekeken",
        explanation="Een maand van tevoren aan de eigenaar, op de dag ook aan de ambassadeurs van "
        "het thema, en een maand later ook aan de redactieraad.",
        heading="Opnieuw na te kijken",
        default=Channel.DAILY,
        receivers=the_reminded,
        sentences=saying(
            (Reminder.Step.BEFORE, "Kijk deze maand na of dit nog klopt."),
            (Reminder.Step.ON_THE_DAY, "Kijk na of dit nog klopt. Lezers zien dat het tijd is."),
            (
                Reminder.Step.AFTER,
                "Nog niet nagekeken. De datum is een maand voorbij.",
            ),
        ),
        glyph="clock-alert",
        is_task=True,
    )
)
INHERITED = register(
    Kind(
        name="upkeep.inherited",
        label="Een pagina of thema komt bij jou",
        explanation="Wie een pagina of thema bijhield, is weg. Je bent nu zelf aan zet.",
        heading="Nieuw bij jou om bij te houden",
        default=Channel.DAILY,
        receivers=the_heir,
        sentences=saying(
            ("page", "Jij houdt deze pagina nu bij. Wie dat deed, is weg."),
            ("theme", "Dit thema heeft geen ambassadeur meer. Zoek een nieuwe."),
        ),
        glyph="flag",
        is_task=True,
    )
)


def the_guards(work: WorkList, facts: Facts) -> QuerySet[User]:
    """Who guards the theme, as far as there is something for them to do."""
    guards = [
        person.pk
        for person in guards_of(work)
        if counts_for(reader_for(person), [work.theme])[work.theme_id].total
    ]
    return User.objects.filter(pk__in=guards)


def what_to_do(reader: Reader, told: Told) -> Mapping[int, str]:
    lists = WorkList.objects.visible_to(reader).filter(uuid__in={one.item_uuid for one in told})
    themes = {one.uuid: one.theme for one in lists.select_related("theme")}
    counts = counts_for(reader, themes.values())
    said = {
        uuid: ", ".join(
            f"{dutch.number(number)} {what}" for number, what in counts[theme.pk] if number
        )
        for uuid, theme in themes.items()
    }
    return {one.pk: f"{said.get(one.item_uuid) or 'Kijk wat er te doen is'}." for one in told}


WEEK = register(
    Kind(
        name="upkeep.week",
        label="Wat er deze week op een thema te doen is",
        explanation="Voor ambassadeurs en de redactieraad, als er iets te doen is.",
        heading="Te doen op thema's",
        default=Channel.WEEKLY,
        receivers=the_guards,
        sentences=what_to_do,
        glyph="layers",
    )
)
