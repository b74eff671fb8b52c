"""The blocks of theme pages and practices; each has a stable id that others may refer to."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from knowledgebank.vocabulary import Partner, Weight

RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class ManifestationBlock(blocks.StructBlock):
    """One way in which the phenomenon shows itself."""

    title = blocks.CharBlock(
        label="Naam", max_length=80, help_text="Bijvoorbeeld: witwassen via kavels."
    )
    text = blocks.TextBlock(
        label="Uitleg", max_length=400, rows=3, help_text="Wat er gebeurt, in één of twee zinnen."
    )

    class Meta:
        icon = "view"
        label = "Verschijningsvorm"


class SignalBlock(blocks.StructBlock):
    """Something a professional can see, and where."""

    title = blocks.CharBlock(label="Signaal", max_length=120, help_text="Wat iemand ziet of hoort.")
    text = blocks.TextBlock(
        label="Toelichting", max_length=400, rows=2, required=False, help_text="Waarom het opvalt."
    )
    seen_where = blocks.CharBlock(
        label="Waar je dit ziet",
        max_length=120,
        required=False,
        help_text="Bijvoorbeeld: bij een controle, in de BRP, aan de balie.",
    )

    class Meta:
        icon = "view"
        label = "Signaal"


class InterventionBlock(blocks.StructBlock):
    """What one partner can do, on which legal basis."""

    partner = blocks.ChoiceBlock(
        label="Partner", choices=Partner.choices, help_text="Wie dit mag en kan doen."
    )
    title = blocks.CharBlock(label="Interventie", max_length=120, help_text="Wat die partner doet.")
    how = blocks.TextBlock(
        label="Hoe", max_length=600, rows=3, help_text="Hoe het gaat, in een paar zinnen."
    )
    legal_basis = blocks.CharBlock(
        label="Grondslag",
        max_length=160,
        required=False,
        help_text="De wet en het artikel, bijvoorbeeld: artikel 13b Opiumwet.",
    )
    weight = blocks.ChoiceBlock(
        label="Zwaarte",
        choices=Weight.choices,
        required=False,
        help_text="Hoe zwaar de interventie ingrijpt.",
    )
    document = blocks.PageChooserBlock(
        label="Document",
        page_type="knowledgebank.KnowledgeDocument",
        required=False,
        help_text="Een handreiking of modeldocument dat hierbij helpt.",
    )

    class Meta:
        icon = "tick"
        label = "Interventie"


class StagedBarrierBlock(blocks.StructBlock):
    """A barrier in a stage; the barrier itself is shared between themes."""

    barrier = SnippetChooserBlock(
        "knowledgebank.Barrier",
        label="Barrière",
        help_text="Kies een barrière of maak een nieuwe. Andere thema's kunnen dezelfde gebruiken.",
    )
    weakness = blocks.CharBlock(
        label="Waarom zwak",
        max_length=160,
        required=False,
        help_text="Alleen als de barrière hier niet goed werkt: de reden, in een paar woorden.",
    )

    class Meta:
        icon = "lock"
        label = "Barrière"


class StageBlock(blocks.StructBlock):
    """A step that a criminal has to take, with the barriers in its way."""

    title = blocks.CharBlock(label="Stap", max_length=60, help_text="Bijvoorbeeld: park beheren.")
    text = blocks.TextBlock(
        label="Wat er gebeurt",
        max_length=300,
        rows=3,
        help_text="Wat een crimineel hier nodig heeft.",
    )
    barriers = blocks.ListBlock(
        StagedBarrierBlock(), label="Barrières", help_text="Wat deze stap moeilijker maakt."
    )

    class Meta:
        icon = "order"
        label = "Stap"


class VideoValue(blocks.StructValue):
    @property
    def is_own(self) -> bool:
        return bool(self.get("file"))


class VideoBlock(blocks.StructBlock):
    """A video of our own, or a link to one elsewhere. Nothing is loaded from elsewhere."""

    title = blocks.CharBlock(label="Titel", max_length=120, help_text="Waar de video over gaat.")
    file = DocumentChooserBlock(
        label="Bestand", required=False, help_text="Een eigen MP4- of WebM-bestand."
    )
    captions = DocumentChooserBlock(
        label="Ondertiteling", required=False, help_text="Een VTT-bestand bij een eigen video."
    )
    link = blocks.URLBlock(
        label="Link", required=False, help_text="Of het adres van de video op een andere site."
    )
    duration = blocks.CharBlock(
        label="Duur", max_length=20, required=False, help_text="Bijvoorbeeld: 4 minuten."
    )

    class Meta:
        icon = "media"
        label = "Video"
        value_class = VideoValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("file")) == bool(cleaned.get("link")):
            raise blocks.StructBlockValidationError(
                block_errors={
                    "link": ValidationError(
                        "Kies een eigen bestand of geef een link, één van de twee."
                    )
                }
            )
        return cleaned


class BodyBlocks(blocks.StreamBlock):
    """Running text for documents, practices, plain and news pages."""

    paragraph = blocks.RichTextBlock(
        label="Tekst",
        features=RICH_TEXT,
        template="blocks/paragraph.html",
        help_text="Gewone tekst, in korte alinea's.",
    )
    heading = blocks.CharBlock(
        label="Tussenkop",
        max_length=120,
        template="blocks/heading.html",
        icon="title",
        help_text="Komt in de inhoudsopgave; zoekresultaten openen bij deze kop.",
    )
    note = blocks.TextBlock(
        label="Let op",
        rows=3,
        template="blocks/note.html",
        icon="warning",
        help_text="Eén waarschuwing of grens waar de lezer niet omheen kan.",
    )
    image = ImageBlock(
        label="Afbeelding",
        template="blocks/image.html",
        help_text="Beschrijf wat er te zien is, voor wie de afbeelding niet ziet.",
    )
    video = VideoBlock(template="blocks/video.html")

    class Meta:
        block_counts: dict[str, Any] = {}
