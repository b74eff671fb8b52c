"""The log is append-only in the database itself, whoever writes to it.

Let through are: replacing the label of an erased person (nothing else in the row changes), and
removing rows older than a year by the retention job, which announces itself. TRUNCATE is refused
too, except in a database whose settings allow it: that of the tests, which empty their tables.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION audit_guard_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before audit_entry;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        IF current_setting('kpo.audit_truncate', true) = 'on' THEN
            RETURN NULL;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF current_setting('kpo.audit_retention', true) = 'on'
           AND OLD.at < now() - interval '1 year' THEN
            RETURN OLD;
        END IF;
    ELSE
        before := OLD;
        IF NEW.actor_label LIKE 'gewist account %' THEN
            before.actor_label := NEW.actor_label;
        END IF;
        IF NEW.object_label LIKE 'gewist account %' THEN
            before.object_label := NEW.object_label;
        END IF;
        IF before IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER audit_guard_rows BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_guard_entry();
CREATE TRIGGER audit_guard_table BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_guard_entry();
"""

UNGUARD = """
DROP TRIGGER audit_guard_table ON audit_entry;
DROP TRIGGER audit_guard_rows ON audit_entry;
DROP FUNCTION audit_guard_entry();
"""


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunSQL(GUARD, UNGUARD),)
