"""Profiles from before comments were on: Wagtail mails what comments say, so nobody asks for it."""

from typing import Any

from django.db import migrations


def mail_no_comments(apps: Any, schema_editor: Any) -> None:
    profiles = apps.get_model("wagtailusers", "UserProfile").objects
    profiles.update(updated_comments_notifications=False)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0002_guard_audience"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [migrations.RunPython(mail_no_comments, migrations.RunPython.noop)]
