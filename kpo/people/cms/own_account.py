"""The CMS's page about one's own account: its looks and its mails, nothing of the person.

Wagtail's own page changes name, address and picture without a verb, so without the log. Those
are changed under /mijn/ only.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.admin.views import account


class MailForm(NotificationPreferencesForm):
    """Without mails about comments, which are told of in the inbox."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("updated_comments_notifications", None)


class MailPanel(account.NotificationsSettingsPanel):
    form_class = MailForm


PREFERENCES = (
    account.NotificationsSettingsPanel,
    account.LocaleSettingsPanel,
    account.ThemeSettingsPanel,
)


class OwnAccountView(account.AccountView):
    """Wagtail's page with the panels of preferences, each kept with the profile for the CMS."""

    def get_panels(self) -> list[Any]:
        panels = [panel for panel in super().get_panels() if isinstance(panel, PREFERENCES)]
        return [self._without_comments(panel) for panel in panels]

    def _without_comments(self, panel: Any) -> Any:
        if isinstance(panel, account.NotificationsSettingsPanel):
            return MailPanel(self.request, panel.user, panel.profile)
        return panel

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save the preferences; Wagtail would note the person's name in a log of its own."""
        forms = [panel.get_form() for panel in self.get_panels()]
        if not all(form.is_valid() for form in forms):
            return self.render_to_response(self.get_context_data())
        for form in forms:
            form.save()
        messages.success(request, "Je voorkeuren zijn bewaard.")
        return redirect("wagtailadmin_account")

    def get_menu_items(self) -> list[dict[str, str]]:
        return [
            {
                "url": reverse("people:profile"),
                "label": "Mijn profiel",
                "help_text": "Je naam, je functie en wat collega's van je zien.",
            },
            {
                "url": reverse("people:employer"),
                "label": "Mijn werkgever",
                "help_text": "Een ander e-mailadres of een andere organisatie.",
            },
        ]


@never_cache
@require_admin_access
@require_http_methods(["GET", "POST"])
def own_account(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = OwnAccountView.as_view()(request)
    return response
