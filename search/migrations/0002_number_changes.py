from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE search_version", reverse_sql="DROP SEQUENCE search_version"
        ),
    ]
