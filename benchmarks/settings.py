"""The tests' settings, and a second site beside ours: the same pages on stock Wagtail."""

from kpo.settings.test import *
from kpo.settings.test import ALLOWED_HOSTS, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.stock_site", "benchmarks.memberships"]
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "stock.example"]
