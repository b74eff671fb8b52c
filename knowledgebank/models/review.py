"""Review by the editorial board: what must be reviewed, who judges, and what was approved."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, Task, TaskState, Workflow, WorkflowState
from wagtail.signals import task_submitted

from knowledgebank.models.knowledge import KnowledgePage
from knowledgebank.models.method import Method
from knowledgebank.models.themes import ThemePage
from knowledgebank.querysets import ReviewItemQuerySet
from knowledgebank.review import conditions
from knowledgebank.review.locking import hold
from knowledgebank.vocabulary import DocumentKind

if TYPE_CHECKING:
    from kpo.people.models import User


# Without a rule, and what a new rule begins with.
DEFAULT_INTERVAL_MONTHS, LONGEST_INTERVAL_MONTHS = 12, 120
BOARD_WORKFLOW = "Beoordeling door de redactieraad"
ONE_STEP = (
    "Bij deze pagina hoort een werkstroom met meer stappen. Een beoordeling is de enige stap. "
    "Vraag de beheerder om de andere weg te halen."
)


class ReviewedType(models.TextChoices):
    THEME = "themepage", "Themapagina's"
    DOCUMENT = "knowledgedocument", "Documenten"
    PRACTICE = "practice", "Praktijkvoorbeelden"


class ReviewRule(models.Model):
    """Whether some kind of page is published after review only, and by which workflow.

    Of several rules that fit a page the narrowest holds. Without any rule every page that can be
    judged must be.
    """

    PageType = ReviewedType

    page_type = models.CharField(
        "soort pagina", max_length=30, choices=PageType, help_text="Waarvoor deze regel geldt."
    )
    kind = models.CharField(
        "soort document",
        max_length=20,
        choices=DocumentKind,
        blank=True,
        help_text="Leeg: elk soort. Alleen van belang bij documenten.",
    )
    theme = models.ForeignKey(
        ThemePage,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thema",
        help_text="Leeg: elk thema.",
    )
    is_required = models.BooleanField(
        "eerst beoordelen",
        default=True,
        help_text="Aan: wat niet beoordeeld is, kan niet worden gepubliceerd.",
    )
    workflow = models.ForeignKey(
        Workflow,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="werkwijze",
        help_text="Leeg: die van de plek in de site, en anders die van de redactieraad.",
    )

    interval_months = models.PositiveSmallIntegerField(
        "opnieuw nakijken na (maanden)",
        default=DEFAULT_INTERVAL_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_INTERVAL_MONTHS)],
        help_text="Zo lang na een beoordeling, of nadat iemand zei dat het nog klopt.",
    )

    class Meta:
        verbose_name = "regel voor beoordeling"
        verbose_name_plural = "regels voor beoordeling"
        ordering: ClassVar = ["page_type", "kind", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page_type", "kind", "theme"],
                nulls_distinct=False,
                name="one_review_rule",
            ),
            models.CheckConstraint(
                condition=Q(page_type__in=ReviewedType.values), name="rule_type_is_known"
            ),
            models.CheckConstraint(
                condition=Q(interval_months__gte=1, interval_months__lte=LONGEST_INTERVAL_MONTHS),
                name="rule_interval_is_at_most_ten_years",
            ),
        ]

    def __str__(self) -> str:
        # Without the title of the theme, which may be closed: the log says this of it.
        theme = "van één thema" if self.theme_id else ""
        about = [self.get_page_type_display(), self.get_kind_display(), theme]
        return ", ".join(part for part in about if part)

    @classmethod
    def for_page(cls, page: KnowledgePage) -> Self | None:
        """The narrowest rule that fits; of rules as narrow, one that demands review comes first."""
        themes = {theme.pk for theme in page.themes.all()} | {page.pk}
        fitting = [
            rule
            for rule in cls.objects.filter(page_type=page._meta.model_name)
            if rule.kind in ("", getattr(page, "kind", "")) and rule.theme_id in {None, *themes}
        ]
        return min(fitting, key=cls._breadth, default=None)

    def _breadth(self) -> tuple[bool, bool, bool]:
        return self.theme_id is None, not self.kind, not self.is_required

    @classmethod
    def is_required_for(cls, states: Iterable[KnowledgePage]) -> bool:
        """Whether one of these states of a page demands review: no change of kind or theme gets a
        page past it. So does what no rule is about."""
        return any(rule is None or rule.is_required for rule in map(cls.for_page, states))

    @classmethod
    def workflow_for(cls, page: KnowledgePage, of_place: Workflow | None) -> Workflow | None:
        """The workflow of the rule, else `of_place` in the tree, else the board's own."""
        rule = cls.for_page(page)
        if rule is not None and rule.workflow is not None and rule.workflow.active:
            return rule.workflow
        return of_place or Workflow.objects.active().filter(name=BOARD_WORKFLOW).first()


class ReviewTask(Task):
    """Judging by the editorial board, as a step of Wagtail's workflow.

    Wagtail's own buttons decide nothing here: votes are given with the verb
    `review.actions.appraisals.appraise`, which finishes the step when they suffice.
    """

    quorum = models.PositiveSmallIntegerField(
        "stemmen nodig",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text="Zoveel leden van de redactieraad moeten het goed vinden.",
    )
    sectors = models.PositiveSmallIntegerField(
        "uit hoeveel sectoren",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text="Uit zoveel verschillende sectoren komen de mensen die het goed vinden.",
    )
    needs_ambassador = models.BooleanField(
        "ook een ambassadeur",
        default=False,
        help_text="Aan: een ambassadeur van een thema van de pagina moet het goed vinden.",
    )
    colleagues_judge = models.BooleanField(
        "collega's van de schrijvers oordelen mee",
        default=False,
        help_text="Uit: wie bij dezelfde organisatie werkt als een schrijver, geeft geen oordeel.",
    )
    due_days = models.PositiveSmallIntegerField(
        "dagen de tijd",
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="Daarna krijgt wie het oppakte een herinnering.",
    )
    method = models.ForeignKey(
        Method,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="methode",
        help_text="Waarmee de relevantie en de betrouwbaarheid worden beoordeeld.",
    )

    admin_form_fields: ClassVar = [
        *Task.admin_form_fields,
        "quorum",
        "sectors",
        "needs_ambassador",
        "colleagues_judge",
        "due_days",
        "method",
    ]

    class Meta:
        verbose_name = "beoordeling door de redactieraad"
        verbose_name_plural = "beoordelingen door de redactieraad"

    @classmethod
    def get_description(cls) -> str:
        return "Leden van de redactieraad beoordelen relevantie en betrouwbaarheid."

    @transaction.atomic
    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """A new item, on the text as it was last written.

        Of a page that cannot be judged, such as news in a part of the site that has this workflow,
        the step is skipped. Raises ValidationError for a text that no votes would get published,
        and where the workflow has other steps: these votes publish, and wait for nobody.
        """
        # Whoever saves this page meanwhile waits, and then finds the item.
        page = hold(int(workflow_state.object_id)).specific
        if not isinstance(page, KnowledgePage):
            return self._skip(workflow_state, page)
        if workflow_state.workflow.workflow_tasks.count() > 1:
            raise ValidationError(ONE_STEP)
        conditions.check(page.get_latest_revision_as_object())
        item = ReviewItem(
            workflow_state=workflow_state,
            task=self,
            page=page.knowledgepage_ptr,
            revision=page.get_latest_revision(),
            due_on=timezone.localdate() + timedelta(days=self.due_days),
        )
        item.save()
        task_submitted.send(sender=ReviewItem, instance=item, user=user)
        return item

    def _skip(self, workflow_state: WorkflowState, page: Page) -> TaskState:
        return TaskState.objects.create(
            workflow_state=workflow_state,
            task=self,
            revision=page.get_latest_revision(),
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """Refuse: hiding a button guards nothing, and a vote comes with an appraisal."""
        raise PermissionDenied


class ReviewItem(TaskState):
    """One text before the board, from submission to outcome."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(KnowledgePage, on_delete=models.CASCADE, related_name="review_items")
    due_on = models.DateField("klaar voor")
    escalated_at = models.DateTimeField("voorgelegd aan de voorzitter", null=True, blank=True)
    escalation_reason = models.CharField("waarom", max_length=500, blank=True)

    exclude_fields_in_copy: ClassVar = ["uuid"]

    objects: ClassVar[Any] = ReviewItemQuerySet.as_manager()

    class Meta:
        verbose_name = "beoordeling"
        verbose_name_plural = "beoordelingen"

    def __str__(self) -> str:
        # Without the title, which may be closed: the log says this of it, and an export.
        return f"beoordeling {str(self.uuid)[:8]}"

    @property
    def is_open(self) -> bool:
        return bool(self.status == self.STATUS_IN_PROGRESS)

    @property
    def is_planned(self) -> bool:
        """Whether what was approved goes live at a moment that its writers chose, which is to come.

        False while nothing is decided.
        """
        approved = self.status == self.STATUS_APPROVED
        return approved and self.revision.approved_go_live_at is not None

    @property
    def is_late(self) -> bool:
        return self.due_on < timezone.localdate()


class Assignment(models.Model):
    """Somebody who took an item up, or was asked to."""

    item = models.ForeignKey(ReviewItem, on_delete=models.CASCADE, related_name="assignments")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_assignments"
    )
    # None: took it up without being asked.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    since = models.DateTimeField("sinds", auto_now_add=True)

    class Meta:
        verbose_name = "beoordelaar"
        verbose_name_plural = "beoordelaars"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "person"], name="one_assignment_per_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.person_id}"


class Decision(models.Model):
    """What the board said of an item in its meeting, besides the votes."""

    item = models.ForeignKey(ReviewItem, on_delete=models.CASCADE, related_name="decisions")
    text = models.TextField("besluit", max_length=1000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField("genomen op", auto_now_add=True)

    class Meta:
        verbose_name = "besluit van de redactieraad"
        verbose_name_plural = "besluiten van de redactieraad"
        ordering: ClassVar = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"besluit over {self.item_id}"


class Ambassador(models.Model):
    """Who guards the content of a theme."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    theme = models.ForeignKey(ThemePage, on_delete=models.CASCADE, related_name="ambassadors")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ambassadorships"
    )
    since = models.DateField("sinds", auto_now_add=True)

    class Meta:
        verbose_name = "ambassadeur"
        verbose_name_plural = "ambassadeurs"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["theme", "person"], name="one_ambassador_per_theme"),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id}: {self.person_id}"
