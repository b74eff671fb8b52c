"""The fixed lists an organisation and a profile are described with."""

from django.db import models


class Kind(models.TextChoices):
    PUBLIC = "public", "publieke partner"
    PRIVATE = "private", "private partner"


class Sector(models.TextChoices):
    MUNICIPALITY = "municipality", "gemeente"
    PROVINCE = "province", "provincie"
    MINISTRY = "ministry", "ministerie"
    WATER_AUTHORITY = "water-authority", "waterschap"
    POLICE = "police", "politie"
    MILITARY_POLICE = "military-police", "Koninklijke Marechaussee"
    PROSECUTION = "prosecution", "Openbaar Ministerie"
    TAX = "tax", "Belastingdienst"
    CUSTOMS = "customs", "Douane"
    FISCAL_INVESTIGATION = "fiscal-investigation", "FIOD"
    RIEC = "riec", "RIEC of LIEC"
    INSPECTION = "inspection", "inspectie of toezichthouder"
    BENEFITS = "benefits", "uitkeringen en sociale zekerheid"
    EDUCATION = "education", "onderwijs en onderzoek"
    BANK = "bank", "bank"
    NOTARY = "notary", "notariaat"
    REAL_ESTATE = "real-estate", "makelaardij en vastgoed"
    ACCOUNTANCY = "accountancy", "accountancy"
    INSURANCE = "insurance", "verzekeraar"
    TRADE_ASSOCIATION = "trade-association", "brancheorganisatie"
    OTHER = "other", "anders"


class Region(models.TextChoices):
    """The ten RIEC regions, Caribbean Netherlands, and the whole country."""

    AMSTERDAM_AMSTELLAND = "amsterdam-amstelland", "Amsterdam-Amstelland"
    DEN_HAAG = "den-haag", "Den Haag"
    LIMBURG = "limburg", "Limburg"
    MIDDEN_NEDERLAND = "midden-nederland", "Midden-Nederland"
    NOORD_HOLLAND = "noord-holland", "Noord-Holland"
    NOORD_NEDERLAND = "noord-nederland", "Noord-Nederland"
    OOST_BRABANT = "oost-brabant", "Oost-Brabant"
    OOST_NEDERLAND = "oost-nederland", "Oost-Nederland"
    ROTTERDAM = "rotterdam", "Rotterdam"
    ZEELAND_WEST_BRABANT = "zeeland-west-brabant", "Zeeland-West-Brabant"
    CARIBBEAN = "caribisch-nederland", "Caribisch Nederland"
    NATIONAL = "landelijk", "Landelijk"


class ShownTo(models.TextChoices):
    """To whom a person shows a part of the profile; each next value reaches further."""

    NOBODY = "nobody", "niemand"
    OWN_ORGANISATION = "own-organisation", "mijn organisatie"
    PUBLIC_SECTOR = "public-sector", "publieke partners"
    ACCOUNTS = "accounts", "iedereen met een account"
