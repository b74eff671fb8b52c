"""What the CMS gains: which pages stand first for a question, kept by editors."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet

from kpo.design.dutch import day
from kpo.people.reader import cms_reader
from search import pin_actions
from search.pin_forms import PinForm
from search.pinned import Pin


class Workable:
    """No screen knows of a pin that names a page this editor may not meet."""

    def get_object(self, queryset: Any = None) -> Pin:
        view: Any = self
        pins = Pin.objects.workable_by(cms_reader(view.request.user))
        return get_object_or_404(pins, pk=view.kwargs["pk"])


class SavePin:
    """Both forms save through the verb."""

    def save_instance(self) -> Pin:
        view: Any = self
        return pin_actions.save_pin(actor=view.request.user, pin=view.form.save(commit=False))


class PinIndex(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Pin]:
        return Pin.objects.workable_by(cms_reader(self.request.user))


class CreatePin(SavePin, generic.CreateView):
    def get_initial(self) -> dict[str, Any]:
        """What the screen of the order offers to pin."""
        asked = {"questions": "vraag", "pages": "adres"}
        return {name: self.request.GET.get(key, "") for name, key in asked.items()}


class EditPin(Workable, SavePin, generic.EditView):
    pass


class DeletePin(Workable, generic.DeleteView):
    def delete_action(self) -> None:
        pin_actions.delete_pin(actor=self.request.user, pin=self.object)


class HistoryOfPin(Workable, history.HistoryView):
    pass


class UsageOfPin(Workable, usage.UsageView):
    pass


def last_day(pin: Pin) -> str:
    return day(pin.until) if pin.until else "Blijft staan"


class PinViewSet(ModelViewSet):
    model = Pin
    name = "pins"
    url_prefix = "uitgelicht"
    icon = "thumbtack"
    menu_label = "Uitgelicht"
    menu_order = 365
    add_to_admin_menu = True
    index_view_class = PinIndex
    add_view_class = CreatePin
    edit_view_class = EditPin
    delete_view_class = DeletePin
    history_view_class = HistoryOfPin
    usage_view_class = UsageOfPin
    form_fields = ("questions", "pages", "until", "note")
    list_display = (
        TitleColumn("asked", label="Zoekvragen", url_name="pins:edit"),
        Column("titles", label="Pagina's"),
        Column("until", label="Tot en met", accessor=last_day),
        BooleanColumn("is_current", label="Werkt nu"),
    )
    list_per_page = 100
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False

    def get_form_class(self, for_update: bool = False) -> type[PinForm]:
        return PinForm


@hooks.register("register_admin_viewset")
def pin_screens() -> PinViewSet:
    return PinViewSet()
