import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("knowledgebank", "0002_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="knowledgedocument",
            name="body",
            field=wagtail.fields.StreamField(
                [("paragraph", 0), ("heading", 1), ("note", 2), ("image", 3), ("video", 9)],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "h3",
                                "bold",
                                "italic",
                                "ol",
                                "ul",
                                "link",
                                "document-link",
                            ],
                            "help_text": "Gewone tekst, in korte alinea's.",
                            "label": "Tekst",
                            "template": "blocks/paragraph.html",
                        },
                    ),
                    1: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Komt in de inhoudsopgave; zoekresultaten openen bij deze kop.",
                            "icon": "title",
                            "label": "Tussenkop",
                            "max_length": 120,
                            "template": "blocks/heading.html",
                        },
                    ),
                    2: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Eén waarschuwing of grens waar de lezer niet omheen kan.",
                            "icon": "warning",
                            "label": "Let op",
                            "rows": 3,
                            "template": "blocks/note.html",
                        },
                    ),
                    3: (
                        "wagtail.images.blocks.ImageBlock",
                        [],
                        {
                            "help_text": "Beschrijf wat er te zien is, voor wie de afbeelding niet ziet.",
                            "label": "Afbeelding",
                            "template": "blocks/image.html",
                        },
                    ),
                    4: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Waar de video over gaat.",
                            "label": "Titel",
                            "max_length": 120,
                        },
                    ),
                    5: (
                        "wagtail.documents.blocks.DocumentChooserBlock",
                        (),
                        {
                            "help_text": "Een eigen MP4- of WebM-bestand.",
                            "label": "Bestand",
                            "required": False,
                        },
                    ),
                    6: (
                        "wagtail.documents.blocks.DocumentChooserBlock",
                        (),
                        {
                            "help_text": "Een VTT-bestand bij een eigen video.",
                            "label": "Ondertiteling",
                            "required": False,
                        },
                    ),
                    7: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "Of het adres van de video op een andere site.",
                            "label": "Link",
                            "required": False,
                        },
                    ),
                    8: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Bijvoorbeeld: 4 minuten.",
                            "label": "Duur",
                            "max_length": 20,
                            "required": False,
                        },
                    ),
                    9: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("title", 4),
                                ("file", 5),
                                ("captions", 6),
                                ("link", 7),
                                ("duration", 8),
                            ]
                        ],
                        {"template": "blocks/video.html"},
                    ),
                },
                help_text="Alleen als het document (ook) als webpagina te lezen is.",
                verbose_name="tekst",
            ),
        ),
        migrations.AlterField(
            model_name="newspage",
            name="body",
            field=wagtail.fields.StreamField(
                [("paragraph", 0), ("heading", 1), ("note", 2), ("image", 3), ("video", 9)],
                block_lookup={
                    0: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "h3",
                                "bold",
                                "italic",
                                "ol",
                                "ul",
                                "link",
                                "document-link",
                            ],
                            "help_text": "Gewone tekst, in korte alinea's.",
                            "label": "Tekst",
                            "template": "blocks/paragraph.html",
                        },
                    ),
                    1: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Komt in de inhoudsopgave; zoekresultaten openen bij deze kop.",
                            "icon": "title",
                            "label": "Tussenkop",
                            "max_length": 120,
                            "template": "blocks/heading.html",
                        },
                    ),
                    2: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Eén waarschuwing of grens waar de lezer niet omheen kan.",
                            "icon": "warning",
                            "label": "Let op",
                            "rows": 3,
                            "template": "blocks/note.html",
                        },
                    ),
                    3: (
                        "wagtail.images.blocks.ImageBlock",
                        [],
                        {
                            "help_text": "Beschrijf wat er te zien is, voor wie de afbeelding niet ziet.",
                            "label": "Afbeelding",
                            "template": "blocks/image.html",
                        },
                    ),
                    4: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Waar de video over gaat.",
                            "label": "Titel",
                            "max_length": 120,
                        },
                    ),
                    5: (
                        "wagtail.documents.blocks.DocumentChooserBlock",
                        (),
                        {
                            "help_text": "Een eigen MP4- of WebM-bestand.",
                            "label": "Bestand",
                            "required": False,
                        },
                    ),
                    6: (
                        "wagtail.documents.blocks.DocumentChooserBlock",
                        (),
                        {
                            "help_text": "Een VTT-bestand bij een eigen video.",
                            "label": "Ondertiteling",
                            "required": False,
                        },
                    ),
                    7: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "Of het adres van de video op een andere site.",
                            "label": "Link",
                            "required": False,
                        },
                    ),
                    8: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Bijvoorbeeld: 4 minuten.",
                            "label": "Duur",
                            "max_length": 20,
                            "required": False,
                        },
                    ),
                    9: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("title", 4),
                                ("file", 5),
                                ("captions", 6),
                                ("link", 7),
                                ("duration", 8),
                            ]
                        ],
                        {"template": "blocks/video.html"},
                    ),
                },
                help_text="Het bericht.",
                verbose_name="tekst",
            ),
        ),
        migrations.AlterField(
            model_name="plainpage",
            name="body",
            field=wagtail.fields.StreamField(
                [("paragraph", 0), ("heading", 1), ("note", 2), ("image", 3), ("video", 9)],
                block_lookup={
                    0: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "h3",
                                "bold",
                                "italic",
                                "ol",
                                "ul",
                                "link",
                                "document-link",
                            ],
                            "help_text": "Gewone tekst, in korte alinea's.",
                            "label": "Tekst",
                            "template": "blocks/paragraph.html",
                        },
                    ),
                    1: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Komt in de inhoudsopgave; zoekresultaten openen bij deze kop.",
                            "icon": "title",
                            "label": "Tussenkop",
                            "max_length": 120,
                            "template": "blocks/heading.html",
                        },
                    ),
                    2: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Eén waarschuwing of grens waar de lezer niet omheen kan.",
                            "icon": "warning",
                            "label": "Let op",
                            "rows": 3,
                            "template": "blocks/note.html",
                        },
                    ),
                    3: (
                        "wagtail.images.blocks.ImageBlock",
                        [],
                        {
                            "help_text": "Beschrijf wat er te zien is, voor wie de afbeelding niet ziet.",
                            "label": "Afbeelding",
                            "template": "blocks/image.html",
                        },
                    ),
                    4: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Waar de video over gaat.",
                            "label": "Titel",
                            "max_length": 120,
                        },
                    ),
                    5: (
                        "wagtail.documents.blocks.DocumentChooserBlock",
                        (),
                        {
                            "help_text": "Een eigen MP4- of WebM-bestand.",
                            "label": "Bestand",
                            "required": False,
                        },
                    ),
                    6: (
                        "wagtail.documents.blocks.DocumentChooserBlock",
                        (),
                        {
                            "help_text": "Een VTT-bestand bij een eigen video.",
                            "label": "Ondertiteling",
                            "required": False,
                        },
                    ),
                    7: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "Of het adres van de video op een andere site.",
                            "label": "Link",
                            "required": False,
                        },
                    ),
                    8: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Bijvoorbeeld: 4 minuten.",
                            "label": "Duur",
                            "max_length": 20,
                            "required": False,
                        },
                    ),
                    9: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("title", 4),
                                ("file", 5),
                                ("captions", 6),
                                ("link", 7),
                                ("duration", 8),
                            ]
                        ],
                        {"template": "blocks/video.html"},
                    ),
                },
                help_text="De tekst van de pagina.",
                verbose_name="tekst",
            ),
        ),
        migrations.AlterField(
            model_name="practice",
            name="body",
            field=wagtail.fields.StreamField(
                [("paragraph", 0), ("heading", 1), ("note", 2), ("image", 3), ("video", 9)],
                block_lookup={
                    0: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "h3",
                                "bold",
                                "italic",
                                "ol",
                                "ul",
                                "link",
                                "document-link",
                            ],
                            "help_text": "Gewone tekst, in korte alinea's.",
                            "label": "Tekst",
                            "template": "blocks/paragraph.html",
                        },
                    ),
                    1: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Komt in de inhoudsopgave; zoekresultaten openen bij deze kop.",
                            "icon": "title",
                            "label": "Tussenkop",
                            "max_length": 120,
                            "template": "blocks/heading.html",
                        },
                    ),
                    2: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Eén waarschuwing of grens waar de lezer niet omheen kan.",
                            "icon": "warning",
                            "label": "Let op",
                            "rows": 3,
                            "template": "blocks/note.html",
                        },
                    ),
                    3: (
                        "wagtail.images.blocks.ImageBlock",
                        [],
                        {
                            "help_text": "Beschrijf wat er te zien is, voor wie de afbeelding niet ziet.",
                            "label": "Afbeelding",
                            "template": "blocks/image.html",
                        },
                    ),
                    4: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Waar de video over gaat.",
                            "label": "Titel",
                            "max_length": 120,
                        },
                    ),
                    5: (
                        "wagtail.documents.blocks.DocumentChooserBlock",
                        (),
                        {
                            "help_text": "Een eigen MP4- of WebM-bestand.",
                            "label": "Bestand",
                            "required": False,
                        },
                    ),
                    6: (
                        "wagtail.documents.blocks.DocumentChooserBlock",
                        (),
                        {
                            "help_text": "Een VTT-bestand bij een eigen video.",
                            "label": "Ondertiteling",
                            "required": False,
                        },
                    ),
                    7: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "Of het adres van de video op een andere site.",
                            "label": "Link",
                            "required": False,
                        },
                    ),
                    8: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Bijvoorbeeld: 4 minuten.",
                            "label": "Duur",
                            "max_length": 20,
                            "required": False,
                        },
                    ),
                    9: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("title", 4),
                                ("file", 5),
                                ("captions", 6),
                                ("link", 7),
                                ("duration", 8),
                            ]
                        ],
                        {"template": "blocks/video.html"},
                    ),
                },
                help_text="Wat er gebeurde, en wat een ander ervan leert.",
                verbose_name="verhaal",
            ),
        ),
        migrations.AlterField(
            model_name="themepage",
            name="in_short",
            field=wagtail.fields.StreamField(
                [("point", 0)],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Eén zin die ook los van de rest te begrijpen is.",
                            "label": "Punt",
                            "max_length": 160,
                        },
                    )
                },
                help_text="Hooguit vier zinnen, voor wie weinig tijd heeft.",
                verbose_name="in het kort",
            ),
        ),
    ]
