"""The method that a new site starts with; from then on the board keeps it, in versions."""

from __future__ import annotations

from django.utils import timezone

from knowledgebank.models import Axis, Criterion, Method, MethodVersion

NAME = "Methode van de redactieraad"
# Per axis: name of the criterion, the question, and what a score of 1 to 5 says.
CRITERIA: dict[Axis, tuple[tuple[str, str, tuple[str, str, str, str, str]], ...]] = {
    Axis.RELEVANCE: (
        (
            "Vraag uit de praktijk",
            "Helpt dit bij werk dat mensen nu doen?",
            (
                "Niemand vraagt hierom.",
                "Een enkeling heeft er iets aan.",
                "Nuttig voor een deel van de lezers.",
                "Veel mensen komen dit in hun werk tegen.",
                "Bijna iedereen in het veld heeft dit nodig.",
            ),
        ),
        (
            "Actueel",
            "Klopt het met hoe het nu is?",
            (
                "Achterhaald.",
                "Op belangrijke punten niet meer juist.",
                "In grote lijnen juist, met oude voorbeelden.",
                "Juist, op een enkel detail na.",
                "Helemaal van nu.",
            ),
        ),
        (
            "Bruikbaar in andere regio's",
            "Kan een ander hier iets mee?",
            (
                "Alleen op de plek waar het vandaan komt.",
                "Elders alleen na veel aanpassen.",
                "Elders bruikbaar met wat uitleg.",
                "In de meeste regio's zo te gebruiken.",
                "Overal zo te gebruiken.",
            ),
        ),
        (
            "Juridische basis",
            "Staat er op grond waarvan iemand dit mag doen?",
            (
                "Geen basis, of een verkeerde.",
                "Basis onduidelijk.",
                "Basis genoemd, zonder uitleg.",
                "Basis genoemd en uitgelegd.",
                "Basis uitgelegd, met de grenzen erbij.",
            ),
        ),
    ),
    Axis.RELIABILITY: (
        (
            "Bron",
            "Wie zegt dit, en kan die het weten?",
            (
                "Bron onbekend.",
                "Bron bekend, maar zonder kennis hiervan.",
                "Bron met enige ervaring.",
                "Bron met ruime ervaring.",
                "Bron die hierin gezag heeft.",
            ),
        ),
        (
            "Bewijs",
            "Waar blijkt uit dat het zo is?",
            (
                "Nergens uit.",
                "Uit één voorval.",
                "Uit een paar voorvallen of één dossier.",
                "Uit veel gevallen of een onderzoek.",
                "Uit onderzoek dat is nagegaan.",
            ),
        ),
        (
            "Bevestigd door anderen",
            "Zegt een ander het ook, los van deze bron?",
            (
                "Anderen spreken het tegen.",
                "Niemand bevestigt het.",
                "Een ander bevestigt een deel.",
                "Een ander bevestigt het.",
                "Meer anderen bevestigen het, los van elkaar.",
            ),
        ),
        (
            "Manier van werken",
            "Is te volgen hoe dit tot stand kwam?",
            (
                "Niet te volgen.",
                "Alleen de uitkomst staat er.",
                "In grote lijnen te volgen.",
                "Goed te volgen.",
                "Zo beschreven dat een ander het kan overdoen.",
            ),
        ),
    ),
}


def ensure_method() -> Method:
    """The method, made with its first version if it is not there; never changed if it is."""
    method, is_new = Method.objects.get_or_create(name=NAME)
    if is_new:
        version = MethodVersion.objects.create(
            method=method, number=1, in_force_since=timezone.now(), note="De eerste versie."
        )
        Criterion.objects.bulk_create(
            Criterion(
                version=version,
                axis=axis,
                name=name,
                question=question,
                steps=list(steps),
                position=position,
            )
            for axis, rows in CRITERIA.items()
            for position, (name, question, steps) in enumerate(rows)
        )
    return method
