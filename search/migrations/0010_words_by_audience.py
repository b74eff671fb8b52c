"""Corrections come from words of the reader's own audiences, which the list now keeps."""

from django.db import migrations, models

# As search/vocabulary.py makes the list every night.
FILL = """
INSERT INTO search_word (word, audience, count)
SELECT word, audience, least(count(*), 1000000) FROM search_row,
    unnest(string_to_array(
        CASE WHEN audience IN ('public', 'accounts') THEN vocabulary ELSE label END, ' '
    )) AS word
WHERE part = 0 AND word ~ '^[[:alpha:]]{4,60}$'
GROUP BY word, audience
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0009_forget_what_left")]

    operations = [
        migrations.RunSQL("DELETE FROM search_word", migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="word", name="search_word_once"),
        migrations.RemoveField(model_name="word", name="is_open"),
        migrations.AddField(
            model_name="word", name="audience", field=models.CharField(max_length=80)
        ),
        migrations.AddConstraint(
            model_name="word",
            constraint=models.UniqueConstraint(
                fields=("word", "audience"), name="search_word_once"
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
