"""The uploader of the CMS: several files at once, each checked and answered by itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form

from kpo.files.actions import name_as_title
from kpo.files.audience_choices import audience_choices
from kpo.files.kinds import DOCUMENT_EXTENSIONS, IMAGE_EXTENSIONS
from kpo.files.models import Document, Image
from kpo.people.reader import cms_reader


@dataclass(frozen=True)
class Answer:
    """What became of one upload. `message` says why not, or what happens next."""

    name: str
    is_stored: bool
    message: str
    title: str = ""
    url: str = ""


class UploadView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """
    One audience for what is dropped together. Without script the same form sends all files at
    once and gets this page back with the answers; with it each file is sent by itself.
    """

    template_name = "files/upload.html"
    permission_required = "add"
    model: type[Any]
    extensions: tuple[str, ...]
    list_url_name: str
    list_label: str
    edit_url_name: str

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = {"url": reverse(self.list_url_name), "label": self.list_label}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "audiences": audience_choices(cms_reader(self.request.user)),
            "collections": self._collections(),
            "accept": ",".join(f".{extension}" for extension in self.extensions),
            "extensions": ", ".join(each for each in self.extensions if each != "jpeg"),
            "most_megabytes": settings.KPO_UPLOAD_MAX_MB,
            "list_url": reverse(self.list_url_name),
        }

    def _collections(self) -> Any:
        user = self.request.user
        found = self.permission_policy.collections_user_has_permission_for(user, "add")
        return found.get_indented_choices() if found.count() > 1 else None

    def post(self, request: HttpRequest) -> HttpResponse:
        answers = [self._store(upload) for upload in request.FILES.getlist("files")]
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"files": [asdict(answer) for answer in answers]})
        error = "" if answers else "Kies eerst een of meer bestanden."
        chosen = request.POST.get("audience", "")
        context = self.get_context_data(answers=answers, error=error, chosen=chosen)
        return self.render_to_response(context)

    def _store(self, upload: UploadedFile) -> Answer:
        name = upload.name or ""
        data = {
            "title": name_as_title(name) or name,
            "audience": self.request.POST.get("audience", ""),
            "collection": self.request.POST.get("collection", ""),
        }
        form = self._form_class()(data, {"file": upload}, user=self.request.user)
        form.instance.uploaded_by_user = self.request.user
        if not form.is_valid():
            messages = dict.fromkeys(
                str(each) for errors in form.errors.values() for each in errors
            )
            return Answer(name, False, " ".join(messages))
        stored = form.save()
        message = stored.state_note or _next_step(stored)
        return Answer(
            name, True, message, stored.title, reverse(self.edit_url_name, args=[stored.pk])
        )

    def _form_class(self) -> Any:
        return get_image_form(Image) if self.model is Image else get_document_form(Document)


def _next_step(stored: Any) -> str:
    if stored.is_available:
        return "Klaar."
    if stored.scan_state in {"waiting", "unscanned"}:
        return f"{stored.get_scan_state_display()}."
    return f"{stored.get_extraction_state_display()}."


class DocumentUploadView(UploadView):
    model = Document
    page_title = "Bestanden toevoegen"
    header_icon = "doc-full-inverse"
    extensions = DOCUMENT_EXTENSIONS
    list_url_name = "wagtaildocs:index"
    list_label = "Bestanden"
    edit_url_name = "wagtaildocs:edit"


class ImageUploadView(UploadView):
    model = Image
    page_title = "Beelden toevoegen"
    header_icon = "image"
    extensions = IMAGE_EXTENSIONS
    list_url_name = "wagtailimages:index"
    list_label = "Beelden"
    edit_url_name = "wagtailimages:edit"
