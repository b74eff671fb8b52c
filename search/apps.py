from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Zoeken"

    def ready(self) -> None:
        from search import pin_views, pin_words, synonym_views, synonym_words, weights, wiring  # noqa: F401  they register  # noqa: F401  they register

        # A weight that does not exist is told at the start, not to who searches.
        weights.weights()
        wiring.connect()
