import pytest

from knowledgebank.models import HomePage
from tests.factories.pages import make_site


@pytest.fixture
def site(db: None) -> HomePage:
    return make_site()
