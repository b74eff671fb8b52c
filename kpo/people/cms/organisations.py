"""Organisations in the CMS."""

from typing import Any

from wagtail.admin.panels import FieldPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from kpo.people.actions.organisations import save_organisation
from kpo.people.models import Organisation


class SaveOrganisation:
    """Both forms save through the one verb."""

    def save_instance(self) -> Organisation:
        view: Any = self
        organisation = view.form.save(commit=False)
        return save_organisation(actor=view.request.user, organisation=organisation)


class CreateOrganisation(SaveOrganisation, generic.CreateView):
    pass


class EditOrganisation(SaveOrganisation, generic.EditView):
    pass


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    name = "organisaties"
    icon = "group"
    menu_label = "Organisaties"
    add_view_class = CreateOrganisation
    edit_view_class = EditOrganisation
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ("name", "kind", "sector", "region")
    list_filter = ("kind", "sector", "region")
    search_fields = ("name", "short_name")
    list_per_page = 50
    panels = (
        FieldPanel("name"),
        FieldPanel("short_name"),
        FieldPanel("kind"),
        FieldPanel("sector"),
        FieldPanel("region"),
        FieldPanel("email_domains"),
    )
