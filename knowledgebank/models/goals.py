"""How much of the knowledge about a theme the board wants to have reviewed."""

from django.core.validators import MaxValueValidator
from django.db import models

from knowledgebank.models.themes import ThemePage


class ThemeGoal(models.Model):
    """A share in percents, set by the board."""

    theme = models.OneToOneField(ThemePage, on_delete=models.CASCADE, related_name="goal")
    percent = models.PositiveSmallIntegerField("doel", validators=[MaxValueValidator(100)])

    class Meta:
        verbose_name = "doel van een thema"
        verbose_name_plural = "doelen van thema's"
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=models.Q(percent__lte=100), name="theme_goal_is_a_share"
            ),
        )

    def __str__(self) -> str:
        return f"Doel {self.pk}"
