"""Every address of the site. The upper floors are named as strings only."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap

from kpo import well_known

# Wagtail's own sign-in would accept a bare password; these addresses lead to ours instead.
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kpo.people.urls")),
    path("", include("kpo.inbox.urls")),
    path("", include("kpo.files.urls")),
    path("", include("search.urls")),
    path("", include("knowledgebank.urls")),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path("robots.txt", well_known.robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemap, name="sitemap"),
    re_path(r"^cms/(login|password_reset(/.*)?)/$", to_sign_in),
    path("_util/login/", to_sign_in),
    path("cms/", include(wagtailadmin_urls)),
]
if settings.ENVIRONMENT != "production":
    urlpatterns.append(path("onderdelen/", include("kpo.design.urls")))
urlpatterns.append(path("", include(wagtail_urls)))
