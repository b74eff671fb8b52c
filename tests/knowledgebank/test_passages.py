"""What of a page search hits land on, as people read it."""

from __future__ import annotations

import pytest

from knowledgebank.passages import theme_passages
from tests.factories.pages import theme_page


@pytest.mark.django_db
def test_fields_of_one_block_read_as_sentences() -> None:
    how = {"partner": "police", "title": "Vast gezicht", "how": "Bel eerst!", "legal_basis": ""}
    sign = {"title": "Geur", "text": "Zoet", "seen_where": "Bij de deur."}
    theme = theme_page(
        interventions=[{"type": "intervention", "value": how}],
        signals=[{"type": "signal", "value": sign}],
    )
    texts = {passage.heading: passage.text for passage in theme_passages(theme)}
    assert texts["Wat kan ik doen? Vast gezicht"] == "Politie. Vast gezicht. Bel eerst!"
    assert texts["Signalen"] == "Geur. Zoet. Bij de deur."
