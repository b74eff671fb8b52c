"""What must hold of an offer, refused by the database, and of the page that was made of it.

The trigger waits for the commit, since taking in and taking back are several statements.
"""

from django.conf import settings
from django.db import migrations, models

RULE = """
CREATE FUNCTION kpo_refuse_offer(offer bigint, reason text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'offer %: %', offer, reason
        USING ERRCODE = 'check_violation', CONSTRAINT = 'offer_in_step_with_page';
END $$;

CREATE FUNCTION kpo_guard_offer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    has_page boolean := EXISTS (
        SELECT 1 FROM knowledgebank_practice WHERE offer_id = NEW.id
    );
BEGIN
    IF has_page AND EXISTS (
        SELECT 1 FROM knowledgebank_offer WHERE id = NEW.id AND state <> 'taken_in'
    ) THEN
        PERFORM kpo_refuse_offer(NEW.id, 'has a page and was not taken in');
    ELSIF NOT has_page AND EXISTS (
        SELECT 1 FROM knowledgebank_offer WHERE id = NEW.id AND published_at IS NOT NULL
    ) THEN
        PERFORM kpo_refuse_offer(NEW.id, 'was published without a page');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION kpo_guard_page_of_offer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM knowledgebank_offer WHERE id = NEW.offer_id AND state <> 'taken_in'
    ) AND EXISTS (
        SELECT 1 FROM knowledgebank_practice WHERE offer_id = NEW.offer_id
    ) THEN
        PERFORM kpo_refuse_offer(NEW.offer_id, 'has a page and was not taken in');
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER offer_begins_in_step_with_page
AFTER INSERT ON knowledgebank_offer
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION kpo_guard_offer();

-- Only where one of the two changes: a page that was published may be deleted afterwards.
CREATE CONSTRAINT TRIGGER offer_in_step_with_page
AFTER UPDATE OF state, published_at ON knowledgebank_offer
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (
    OLD.state IS DISTINCT FROM NEW.state OR OLD.published_at IS DISTINCT FROM NEW.published_at
)
EXECUTE FUNCTION kpo_guard_offer();

CREATE CONSTRAINT TRIGGER offer_in_step_with_page
AFTER INSERT OR UPDATE OF offer_id ON knowledgebank_practice
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.offer_id IS NOT NULL)
EXECUTE FUNCTION kpo_guard_page_of_offer();
"""

UNDO = """
DROP TRIGGER offer_in_step_with_page ON knowledgebank_practice;
DROP TRIGGER offer_in_step_with_page ON knowledgebank_offer;
DROP TRIGGER offer_begins_in_step_with_page ON knowledgebank_offer;
DROP FUNCTION kpo_guard_page_of_offer();
DROP FUNCTION kpo_guard_offer();
DROP FUNCTION kpo_refuse_offer(bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("knowledgebank", "0012_revoke_releases"),
        ("people", "0006_invitation_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "sent", "taken_in", "declined", "withdrawn"])
                ),
                name="offer_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("attribution__in", ["name", "organisation"])),
                name="offer_attribution_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("contact__in", ["nobody", "me", "other"])),
                name="offer_contact_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at", None), ("state", "draft")),
                    ("state", "withdrawn"),
                    models.Q(
                        ("sent_at__isnull", False), ("state__in", ["sent", "taken_in", "declined"])
                    ),
                    _connector="OR",
                ),
                name="offer_sent_at_some_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("decided_at", None), ("state", "sent")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("state__in", ["taken_in", "declined", "withdrawn"]),
                    ),
                    _connector="OR",
                ),
                name="offer_decided_at_some_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="offer_declined_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "taken_in"),
                    models.Q(("asked_at", None), ("published_at", None)),
                    _connector="OR",
                ),
                name="offer_asked_of_a_page",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None), ("asked_at__isnull", False), _connector="OR"
                ),
                name="offer_published_after_asking",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_given", True), models.Q(("remark", ""), _negated=True), _connector="OR"
                ),
                name="offer_refusal_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_given", True), ("is_by_board", False), _connector="OR"),
                name="offer_board_only_agrees",
            ),
        ),
        migrations.RunSQL(RULE, UNDO),
    ]
