"""The fixed choices of the knowledge bank: partners, weights, kinds of document."""

from django.db import models


class Partner(models.TextChoices):
    """Who can act. The order is that of the filter on a theme page."""

    MUNICIPALITY = "municipality", "Gemeente"
    POLICE = "police", "Politie"
    TAX = "tax", "Belastingdienst"
    PROSECUTION = "prosecution", "Openbaar Ministerie"
    FIOD = "fiod", "FIOD"
    LABOR_INSPECTORATE = "labor-inspectorate", "Arbeidsinspectie"
    CUSTOMS = "customs", "Douane"
    MILITARY_POLICE = "military-police", "Marechaussee"
    RIEC = "riec", "RIEC"
    PROVINCE = "province", "Provincie"
    WATER_AUTHORITY = "water-authority", "Waterschap"
    ENVIRONMENT = "environment", "Omgevingsdienst"
    BIBOB_BUREAU = "bibob-bureau", "Landelijk Bureau Bibob"
    HEALTH_INSURER = "health-insurer", "Zorgverzekeraar of zorgkantoor"
    HOUSING = "housing", "Woningcorporatie"
    BANK = "bank", "Bank"
    NOTARY = "notary", "Notaris"
    REAL_ESTATE = "real-estate", "Makelaar"
    LAND_REGISTRY = "land-registry", "Kadaster"
    GRID = "grid", "Netbeheerder"
    CHAMBER = "chamber", "Kamer van Koophandel"
    TRADE = "trade", "Branche of ondernemer"
    SCHOOL = "school", "School of jongerenwerk"
    OTHER = "other", "Overig"


class Weight(models.TextChoices):
    """How heavily an intervention touches the person or business concerned."""

    LIGHT = "light", "Licht"
    MEDIUM = "medium", "Middel"
    HEAVY = "heavy", "Zwaar"


class DocumentKind(models.TextChoices):
    GUIDE = "handreiking", "Handreiking"
    TOOLBOX = "toolbox", "Toolbox"
    BARRIER_MODEL = "barrieremodel", "Barrièremodel"
    FACTSHEET = "factsheet", "Factsheet"
    STRATEGIC_PICTURE = "strategisch-beeld", "Strategisch beeld"
    PHENOMENON_STUDY = "fenomeenonderzoek", "Fenomeenonderzoek"
    CRIME_SCRIPT = "crimescript", "Crimescript"
    MODEL_DOCUMENT = "model-document", "Modeldocument"
    MAGAZINE = "e-zine", "E-zine"
    VIDEO = "video", "Video"
    JURISPRUDENCE = "jurisprudentie", "Jurisprudentie"
    PRACTICE = "praktijk", "Praktijkbeschrijving"
    REPORT = "verslag", "Verslag"


class Significance(models.TextChoices):
    """How much a change matters to who knew the page already."""

    MINOR = "minor", "Klein"
    CHANGED = "changed", "Gewijzigd"
    IMPORTANT = "important", "Belangrijk"


class Language(models.TextChoices):
    DUTCH = "nl", "Nederlands"
    ENGLISH = "en", "Engels"
    PAPIAMENTO = "pap", "Papiaments"
    OTHER = "xx", "Anders"


class ReviewState(models.TextChoices):
    """What a reader is told about trust."""

    UNREVIEWED = "unreviewed", "Nog niet beoordeeld"
    REVIEWED = "reviewed", "Beoordeeld"
