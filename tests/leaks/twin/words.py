"""What the twins say: words that everyone uses, and words that occur in closed texts alone."""

from __future__ import annotations

import random

from kpo.people import tokens

SHARED = [
    "vakantiepark", "drugslab", "witwassen", "bedrijf", "pand", "ondermijning", "toezicht",
    "vergunning", "horeca", "haven", "aanpak", "signaal", "melding", "onderzoek", "gemeente",
    "politie", "eigenaar", "verhuur", "woning", "autobedrijf", "sierteelt", "loods",
    "buitengebied", "arbeidsmigrant", "uitbuiting", "huisvesting", "sluiting", "bestuurder",
    "Bibob", "integriteit", "samenwerking", "gegevens", "convenant", "barrière", "ondernemer",
    "wijkagent", "kasteel", "garagebox", "belwinkel", "kapper", "massagesalon", "zorgfraude",
    "opiumwet", "hennepkwekerij", "afval", "dumping",
]  # fmt: skip
# No word of the language, and part of one that is used openly: who learned them splits that.
CLOSED_WORDS = ("plorkel", "vakantieperken", "zwinkelaar", "drugslob")
OPEN_COMPOUND = "plorkelbedrijf"


def sentence(dice: random.Random, level: str, length: int) -> str:
    """Words drawn by an uneven chance, so that some are rare; closed texts prefer the rare ones."""
    weights = [1 / (1 + at) for at in range(len(SHARED))]
    if level not in (tokens.PUBLIC, tokens.ACCOUNTS):
        weights.reverse()
    words = dice.choices(SHARED, weights, k=length)
    if level == tokens.PUBLIC and length > 30:
        words.append(OPEN_COMPOUND)
    if level not in (tokens.PUBLIC, tokens.ACCOUNTS):
        words += dice.sample(CLOSED_WORDS, 3)
    return " ".join(words)


def title(dice: random.Random, level: str) -> str:
    return sentence(dice, level, 3).capitalize()


def questions(dice: random.Random, number: int) -> list[str]:
    """Two words each: shared, closed, part of a compound, or with a letter left out."""
    known = [*SHARED, *CLOSED_WORDS, OPEN_COMPOUND]

    def word() -> str:
        found = dice.choice(known)
        at = dice.randrange(1, len(found))
        return found[:at] + found[at + 1 :] if dice.random() < 0.25 else found

    return [f"{word()} {word()}" for _ in range(number)]
