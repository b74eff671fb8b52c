"""The CMS screens of the rules of review; both forms save through the verb."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from knowledgebank.models import ReviewRule, ThemePage
from knowledgebank.review.actions.rules import delete_rule, save_rule
from knowledgebank.review.rules import rules_for
from kpo.people.reader import cms_reader

FIELDS = ("page_type", "kind", "theme", "is_required", "interval_months", "workflow")


class RuleForm(WagtailAdminModelForm):
    """Offers only the themes that the person may meet in the CMS."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes: Any = ThemePage.objects.workable_by(cms_reader(self.for_user))
        self.fields["theme"].queryset = themes.order_by("title")


class OwnRules:
    """Rules about a theme that the person may not meet are not there."""

    def get_base_queryset(self) -> Any:
        return self._own()

    def get_queryset(self) -> Any:
        return self._own()

    def _own(self) -> Any:
        view: Any = self
        return rules_for(view.request.user).select_related("theme", "workflow")


class SaveRule:
    def save_instance(self) -> ReviewRule:
        view: Any = self
        return save_rule(actor=view.request.user, rule=view.form.save(commit=False))


class RuleIndex(OwnRules, generic.IndexView):
    pass


class CreateRule(SaveRule, generic.CreateView):
    pass


class EditRule(SaveRule, OwnRules, generic.EditView):
    pass


class DeleteRule(OwnRules, generic.DeleteView):
    def delete_action(self) -> None:
        delete_rule(actor=self.request.user, rule=self.object)


class ReviewRuleViewSet(ModelViewSet):
    model = ReviewRule
    name = "review_rules"
    url_prefix = "beoordelingsregels"
    icon = "check"
    menu_label = "Beoordelingsregels"
    menu_order = 370
    add_to_admin_menu = True
    index_view_class = RuleIndex
    add_view_class = CreateRule
    edit_view_class = EditRule
    delete_view_class = DeleteRule
    edit_handler = ObjectList([FieldPanel(name) for name in FIELDS], base_form_class=RuleForm)
    list_display = (
        "page_type",
        "kind",
        "theme",
        BooleanColumn("is_required", label="Eerst beoordelen"),
    )
    list_filter = ("page_type", "is_required")
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
