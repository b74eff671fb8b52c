"""The last door: the database itself refuses a page that is wider than the page above it.

The check waits for the commit, so that narrowing a page and closing what stands under it may
be several statements. `ReadablePage.save` and the move signal refuse earlier, with a sentence.
"""

from django.db import migrations

RULE = """
CREATE FUNCTION kpo_may_stand_under(inner_token text, outer_token text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT inner_token = outer_token
        OR inner_token = 'nobody'
        OR outer_token = 'public'
        OR (outer_token = 'accounts' AND inner_token <> 'public')
$$;

CREATE FUNCTION kpo_audience_at(tree_path text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT audience FROM pages_readablepage
    JOIN wagtailcore_page ON wagtailcore_page.id = page_ptr_id
    WHERE path = tree_path
$$;

CREATE FUNCTION kpo_check_page_audience(page_id integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    page record;
    too_wide integer;
BEGIN
    SELECT id, path, depth, numchild, audience INTO page
    FROM wagtailcore_page JOIN pages_readablepage ON page_ptr_id = id WHERE id = page_id;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF NOT coalesce(
        kpo_may_stand_under(page.audience, kpo_audience_at(left(page.path, -4))), true
    ) THEN
        too_wide := page.id;
    ELSIF page.numchild > 0 THEN
        SELECT id INTO too_wide
        FROM wagtailcore_page JOIN pages_readablepage ON page_ptr_id = id
        WHERE depth = page.depth + 1 AND starts_with(path, page.path)
          AND NOT kpo_may_stand_under(pages_readablepage.audience, page.audience)
        LIMIT 1;
    END IF;
    IF too_wide IS NOT NULL THEN
        RAISE EXCEPTION 'page % is wider than the page above it', too_wide
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pages_audience_fits_parent';
    END IF;
END $$;

CREATE FUNCTION kpo_guard_readable_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kpo_check_page_audience(NEW.page_ptr_id);
    RETURN NULL;
END $$;

CREATE FUNCTION kpo_guard_page_path() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kpo_check_page_audience(NEW.id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER pages_audience_fits_parent
AFTER INSERT OR UPDATE OF audience ON pages_readablepage
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION kpo_guard_readable_page();

CREATE CONSTRAINT TRIGGER pages_audience_fits_parent
AFTER UPDATE OF path ON wagtailcore_page
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path)
EXECUTE FUNCTION kpo_guard_page_path();
"""

UNDO = """
DROP TRIGGER pages_audience_fits_parent ON wagtailcore_page;
DROP TRIGGER pages_audience_fits_parent ON pages_readablepage;
DROP FUNCTION kpo_guard_page_path();
DROP FUNCTION kpo_guard_readable_page();
DROP FUNCTION kpo_check_page_audience(integer);
DROP FUNCTION kpo_audience_at(text);
DROP FUNCTION kpo_may_stand_under(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial")]

    operations = [migrations.RunSQL(RULE, UNDO)]
