"""The page form of knowledge pages: offers the themes that the editor may meet."""

from __future__ import annotations

from typing import Any

from kpo.pages.forms import ReadablePageForm
from kpo.people.reader import cms_reader


class KnowledgePageForm(ReadablePageForm):
    """A theme that the editor does not hold is not offered, and stays chosen if it was."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "themes" not in self.fields:
            return
        every = self.fields["themes"].queryset
        offered = every.workable_by(cms_reader(self.for_user))
        self.unseen_themes: list[Any] = []
        if self.instance.pk:
            seen = set(offered.values_list("pk", flat=True))
            # A draft's themes are a list in memory, which knows no database conditions.
            chosen = self.instance.themes.all()
            self.unseen_themes = [theme for theme in chosen if theme.pk not in seen]
        self.fields["themes"].queryset = offered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "themes" in cleaned and self.unseen_themes:
            cleaned["themes"] = [*cleaned["themes"], *self.unseen_themes]
        return cleaned
