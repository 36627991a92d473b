"""The sentence of a target's version stands in the article that set it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_indicators_and_targets"), ("news", "0001_articles")]
    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE indicators_targetversion
                ADD CONSTRAINT targetversion_sentence_of_its_article
                FOREIGN KEY (passage_id, article_id) REFERENCES news_passage (id, article_id)
                DEFERRABLE INITIALLY DEFERRED;
            """,
            "ALTER TABLE indicators_targetversion "
            "DROP CONSTRAINT targetversion_sentence_of_its_article;",
        )
    ]
