"""What the CMS gains: the list of synonyms and abbreviations, kept by editors."""

from __future__ import annotations

from typing import Any

from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from search import synonym_actions
from search.models import Synonym


class SaveSynonym:
    """Both forms save through the verb."""

    def save_instance(self) -> Synonym:
        view: Any = self
        return synonym_actions.save_synonym(
            actor=view.request.user, synonym=view.form.save(commit=False)
        )


class CreateSynonym(SaveSynonym, generic.CreateView):
    pass


class EditSynonym(SaveSynonym, generic.EditView):
    pass


class DeleteSynonym(generic.DeleteView):
    def delete_action(self) -> None:
        synonym_actions.delete_synonym(actor=self.request.user, synonym=self.object)


class SynonymViewSet(ModelViewSet):
    model = Synonym
    name = "synonyms"
    url_prefix = "synoniemen"
    icon = "search"
    menu_label = "Synoniemen"
    menu_order = 360
    add_to_admin_menu = True
    add_view_class = CreateSynonym
    edit_view_class = EditSynonym
    delete_view_class = DeleteSynonym
    form_fields = (
        "kind",
        "term",
        "others",
        "is_two_way",
        "themes",
        "note",
        "is_active",
    )
    list_display = (
        "term",
        Column("others_as_text", label="Betekent ook"),
        Column("get_kind_display", label="Soort"),
        BooleanColumn("is_two_way", label="Over en weer"),
        BooleanColumn("is_active", label="Actief"),
    )
    list_filter = ("kind", "is_active")
    search_fields = ("term", "note")
    list_per_page = 100
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False


@hooks.register("register_admin_viewset")
def synonym_screens() -> SynonymViewSet:
    return SynonymViewSet()
