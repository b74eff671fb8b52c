"""The board's own: versions of the method that are written on, decisions, ambassadors by uuid."""

import uuid
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

WITH_UUID = ("Ambassador", "MethodVersion")


def give_uuids(apps: Any, schema_editor: Any) -> None:
    for name in WITH_UUID:
        # The database gave all rows of before the same one.
        for row in apps.get_model("knowledgebank", name).objects.all():
            row.uuid = uuid.uuid4()
            row.save(update_fields=["uuid"])


class Migration(migrations.Migration):
    dependencies = [
        ("knowledgebank", "0007_agenda_and_regions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=name.lower(),
                name="uuid",
                field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
            )
            for name in WITH_UUID
        ),
        migrations.AddField(
            model_name="methodversion",
            name="changed_at",
            field=models.DateTimeField(
                auto_now=True, default=django.utils.timezone.now, verbose_name="laatst veranderd"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(give_uuids, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                model_name=name.lower(),
                name="uuid",
                field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
            )
            for name in WITH_UUID
        ),
        migrations.AddConstraint(
            model_name="methodversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("in_force_since__isnull", True)),
                fields=("method",),
                name="one_draft_of_a_method",
            ),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=1000, verbose_name="besluit")),
                (
                    "decided_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="genomen op"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="knowledgebank.reviewitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "besluit van de redactieraad",
                "verbose_name_plural": "besluiten van de redactieraad",
                "ordering": ["decided_at", "pk"],
            },
        ),
    ]
