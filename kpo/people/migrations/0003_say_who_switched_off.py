from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("people", "0002_one_open_invitation_per_organisation"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="user",
            name="people_left_with_a_reason",
        ),
        migrations.AlterField(
            model_name="user",
            name="left_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("stopped", "uitgezet"),
                    ("barred", "uitgezet door een beheerder van het platform"),
                    ("dormant", "lang niet gebruikt"),
                    ("erased", "gewist"),
                ],
                editable=False,
                max_length=10,
                verbose_name="waarom gestopt",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_active", True), ("left_because", "")),
                    models.Q(
                        ("is_active", False),
                        ("left_because__in", ["stopped", "barred", "dormant", "erased"]),
                    ),
                    _connector="OR",
                ),
                name="people_left_with_a_reason",
            ),
        ),
    ]
