from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("knowledgebank", "0003_explain_blocks"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="documentfile",
            name="uuid",
        ),
    ]
