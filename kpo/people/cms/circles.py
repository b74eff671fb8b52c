"""Circles in the CMS: the parts are tick boxes per kind, people are added by address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from kpo.people.actions import circles as verbs
from kpo.people.circles import part_kinds
from kpo.people.models import Circle, User

PREFIX = "part_"


class CircleForm(WagtailAdminModelForm):
    """A circle with one group of tick boxes per kind of part, and its people by address."""

    people = forms.CharField(
        label="mensen op naam",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Een e-mailadres per regel. Wie van werkgever wisselt, gaat eruit.",
    )

    class Meta:
        model = Circle
        fields = ("name", "purpose")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        circle = self.instance
        chosen = list(circle.parts.values_list("kind", "value")) if circle.pk else []
        for kind in part_kinds():
            self.fields[PREFIX + kind.key] = forms.MultipleChoiceField(
                label=f"iedereen met deze {kind.label}",
                choices=list(kind.choices()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[value for key, value in chosen if key == kind.key],
            )
        if circle.pk:
            emails = circle.grants.order_by("person__email").values_list("person__email", flat=True)
            self.fields["people"].initial = "\n".join(emails)

    def clean_people(self) -> list[User]:
        wanted = {line.strip().lower() for line in self.cleaned_data["people"].splitlines()} - {""}
        found = {person.email: person for person in User.objects.active().filter(email__in=wanted)}
        missing = sorted(wanted - found.keys())
        if missing:
            raise ValidationError(f"Hier hoort geen account bij: {', '.join(missing)}.")
        return list(found.values())

    def parts(self) -> list[tuple[str, str]]:
        return [
            (kind.key, value)
            for kind in part_kinds()
            for value in self.cleaned_data[PREFIX + kind.key]
        ]


class SaveCircle:
    """Both forms save through the verbs."""

    def save_instance(self) -> Circle:
        view: Any = self
        actor, form = view.request.user, view.form
        circle = verbs.save_circle(actor=actor, circle=form.save(commit=False), parts=form.parts())
        wanted = {person.pk: person for person in form.cleaned_data["people"]}
        had = {grant.person_id: grant.person for grant in circle.grants.select_related("person")}
        for pk in wanted.keys() - had.keys():
            verbs.add_to_circle(actor=actor, circle=circle, person=wanted[pk])
        for pk in had.keys() - wanted.keys():
            verbs.remove_from_circle(actor=actor, circle=circle, person=had[pk])
        return circle


class CreateCircle(SaveCircle, generic.CreateView):
    pass


class EditCircle(SaveCircle, generic.EditView):
    pass


class DeleteCircle(generic.DeleteView):
    def delete_action(self) -> None:
        verbs.delete_circle(actor=self.request.user, circle=self.object)


class CircleViewSet(ModelViewSet):
    model = Circle
    name = "kringen"
    icon = "group"
    menu_label = "Kringen"
    form_class = CircleForm
    add_view_class = CreateCircle
    edit_view_class = EditCircle
    delete_view_class = DeleteCircle
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ("name", "purpose")
    search_fields = ("name", "purpose")
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[CircleForm]:
        return CircleForm
