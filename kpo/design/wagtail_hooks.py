"""The CMS in the colors of the site; its own layout and its dark theme stay Wagtail's."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def cms_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))
