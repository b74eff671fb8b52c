"""Snippets with an audience: an editor meets and chooses only what that editor holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from kpo.pages.audience_choices import audience_choices
from kpo.people import tokens
from kpo.people.reader import cms_reader


def held_audiences(user: Any) -> frozenset[str]:
    """What a user may meet in the CMS: what that user holds, and what nobody has chosen for yet."""
    return cms_reader(user).audiences | {tokens.NOBODY}


class AudienceSnippetForm(WagtailAdminModelForm):
    """Asks for the audience by its name, among those the editor holds."""

    audience = forms.ChoiceField(
        label="Wie mag dit lezen",
        help_text="Kies de kleinste groep die er iets aan heeft.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["audience"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  told to the type checker
        field.choices = [("", "Maak een keuze"), *audience_choices(cms_reader(self.for_user))]


class HeldMixin:
    """For views that list a model with an audience."""

    request: Any
    model_class: Any

    def get_object_list(self) -> QuerySet:
        return self.model_class.objects.filter(audience__in=held_audiences(self.request.user))


class ChooseHeldView(HeldMixin, ChooseView):
    pass


class ChooseHeldResultsView(HeldMixin, ChooseResultsView):
    pass


class HeldChosenView(SnippetChosenView):
    """What was chosen, by its number: no other way to what the editor does not hold."""

    def get_object(self, pk: Any) -> Any:
        return self.model_class.objects.get(pk=pk, audience__in=held_audiences(self.request.user))


class HeldChosenMultipleView(SnippetChosenMultipleView):
    def get_objects(self, pks: list[str]) -> QuerySet:
        rows: QuerySet = super().get_objects(pks)
        return rows.filter(audience__in=held_audiences(self.request.user))


class AudienceChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ChooseHeldView
    choose_results_view_class = ChooseHeldResultsView
    chosen_view_class = HeldChosenView
    chosen_multiple_view_class = HeldChosenMultipleView


class AudienceSnippetViewSet(SnippetViewSet):
    chooser_viewset_class = AudienceChooserViewSet

    def get_queryset(self, request: Any) -> QuerySet:
        rows: QuerySet = self.model.objects.filter(audience__in=held_audiences(request.user))
        return rows
