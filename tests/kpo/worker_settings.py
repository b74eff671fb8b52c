"""Settings of a worker that a test starts as a process of its own, on that test's database."""

import os

from kpo.settings.test import *  # noqa: F403  the same but for the database

DATABASES["default"]["NAME"] = os.environ["KPO_TEST_DATABASE"]  # noqa: F405  from the line above
