"""Every address of the site. The upper floors are named as strings only."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from kpo import well_known
from kpo.pages.sitemap import PublicPages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kpo.people.urls")),
    path("", include("kpo.inbox.urls")),
    path("", include("kpo.files.urls")),
    path("", include("kpo.pages.urls")),
    path("", include("search.urls")),
    path("", include("knowledgebank.urls")),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path("robots.txt", well_known.robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PublicPages}}, name="sitemap"),
    path("cms/", include(wagtailadmin_urls)),
]
if settings.ENVIRONMENT != "production":
    urlpatterns.append(path("onderdelen/", include("kpo.design.urls")))
urlpatterns.append(path("", include(wagtail_urls)))

handler500 = "kpo.outages.server_error"
