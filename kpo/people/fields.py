"""The one column that says who may read a row."""

from typing import Any

from django.db import models

from kpo.people.tokens import NOBODY


class AudienceField(models.CharField):
    """An audience token; a row without a choice is read by nobody, also when SQL made it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("verbose_name", "wie dit mag lezen")
        kwargs["max_length"] = 80
        kwargs["db_index"] = True
        kwargs["default"] = NOBODY
        kwargs["db_default"] = NOBODY
        super().__init__(*args, **kwargs)
