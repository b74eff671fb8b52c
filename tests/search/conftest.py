import pytest

from knowledgebank.models import HomePage
from tests.factories.pages import home_page


@pytest.fixture
def site(db: None) -> HomePage:
    return home_page()
