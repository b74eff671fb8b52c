"""The verbs of this app, by group. Each checks the right, changes, logs and mails, all or none."""
